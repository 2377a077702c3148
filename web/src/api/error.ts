/** The closed list of error codes of the API. */
export type ErrorCode =
  | "invalid_request"
  | "unauthenticated"
  | "forbidden"
  | "not_found"
  | "session_private"
  | "session_erased"
  | "method_not_allowed"
  | "timed_out"
  | "conflict"
  | "too_large"
  | "unsupported_media_type"
  | "misdirected"
  | "rate_limited"
  | "internal"
  | "unavailable";

/** What is wrong with a part of the body that was sent, and where: a JSON pointer. */
export interface FaultyPart {
  pointer: string;
  detail: string;
}

/** What stands where a session was. */
export interface SessionTombstone {
  at: string;
  /** The policy that its person's word was carried out by; null where somebody erased it. */
  policy: string | null;
}

/** A request that failed: the server's problem details (RFC 9457), or `unavailable` when nothing answered. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly parts: readonly FaultyPart[];
  readonly tombstone: SessionTombstone | undefined;

  constructor(fields: {
    message: string;
    status: number;
    code: ErrorCode;
    retryable: boolean;
    parts?: readonly FaultyPart[];
    tombstone?: SessionTombstone | undefined;
  }) {
    super(fields.message);
    this.name = "ApiError";
    this.status = fields.status;
    this.code = fields.code;
    this.retryable = fields.retryable;
    this.parts = fields.parts ?? [];
    this.tombstone = fields.tombstone;
  }
}

const CODE_BY_STATUS: Record<number, ErrorCode> = {
  400: "invalid_request",
  401: "unauthenticated",
  403: "forbidden",
  404: "not_found",
  405: "method_not_allowed",
  408: "timed_out",
  409: "conflict",
  410: "session_erased",
  413: "too_large",
  415: "unsupported_media_type",
  421: "misdirected",
  429: "rate_limited",
  500: "internal",
  503: "unavailable",
};

/** Reads a refusal. A body that is no problem details (a proxy's page, say) is judged by its status alone. */
export function errorOfResponse({ status }: Pick<Response, "status">, body: unknown): ApiError {
  const problem = isObject(body) ? body : {};
  const code = CODE_BY_STATUS[status] ?? (status >= 500 ? "unavailable" : "invalid_request");
  return new ApiError({
    message: text(problem.detail) ?? text(problem.title) ?? wordsOfStatus(status),
    status,
    code: (text(problem.code) as ErrorCode | undefined) ?? code,
    retryable: typeof problem.retryable === "boolean" ? problem.retryable : status >= 502,
    parts: partsOf(problem.errors),
    tombstone: tombstoneOf(problem.tombstone),
  });
}

function partsOf(errors: unknown): FaultyPart[] {
  return (Array.isArray(errors) ? errors : []).flatMap((each: unknown) => {
    const { pointer, detail } = isObject(each) ? each : {};
    return typeof pointer === "string" && typeof detail === "string" ? [{ pointer, detail }] : [];
  });
}

function tombstoneOf(tombstone: unknown): SessionTombstone | undefined {
  const { at, policy } = isObject(tombstone) ? tombstone : {};
  return typeof at === "string" ? { at, policy: text(policy) ?? null } : undefined;
}

function wordsOfStatus(status: number): string {
  return status >= 502 && status <= 504
    ? `The server cannot be reached: a proxy before it answered ${status}.`
    : `The server answered ${status}.`;
}

/** The server could not be reached at all. */
export function unreachable(): ApiError {
  return new ApiError({
    message: "The server cannot be reached.",
    status: 0,
    code: "unavailable",
    retryable: true,
  });
}

export function isApiError(error: unknown, code?: ErrorCode): error is ApiError {
  return error instanceof ApiError && (code === undefined || error.code === code);
}

/** A session that was there and is not any more: private, or erased. */
export function isGone(error: unknown): error is ApiError {
  return isApiError(error, "session_private") || isApiError(error, "session_erased");
}

/** What to tell a person about any error. */
export function messageOf(error: unknown): string {
  return error instanceof ApiError ? asSentence(error.message) : "Something in this page went wrong.";
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The server's words begin small and have no full stop, as they may stand within a line of a log. */
export function asSentence(message: string): string {
  return message.charAt(0).toLocaleUpperCase() + message.slice(1) + (/[.!?]$/.test(message) ? "" : ".");
}
