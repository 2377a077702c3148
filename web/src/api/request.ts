import { errorOfResponse, unreachable } from "./error";

export interface RequestOptions {
  method?: "GET" | "POST" | "PATCH" | "DELETE";
  query?: Record<string, string | number | undefined>;
  body?: unknown;
  signal?: AbortSignal | undefined;
}

/** One request to the API. `path` starts below `/api/v1`; every failure is an `ApiError`. */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const response = await send(path, options);
  if (response.status === 204) {
    return undefined as T;
  }
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) {
    throw errorOfResponse(response, body);
  }
  return body as T;
}

async function send(path: string, { method = "GET", query, body, signal }: RequestOptions) {
  const init: RequestInit = { method, headers: { accept: "application/json" } };
  if (signal) {
    init.signal = signal;
  }
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { ...init.headers, "content-type": "application/json" };
  }
  try {
    return await fetch(apiUrl(path, query), init);
  } catch (error) {
    if (signal?.aborted) {
      throw error;
    }
    throw unreachable();
  }
}

/** The address of something in the API; parameters that are undefined are left out. */
export function apiUrl(path: string, query: RequestOptions["query"] = {}): string {
  const pairs = Object.entries(query).flatMap(([key, value]) =>
    value === undefined || value === "" ? [] : [[key, String(value)]],
  );
  const search = new URLSearchParams(pairs).toString();
  return `/api/v1${path}${search && `?${search}`}`;
}

/** `/workspaces/{workspace}` and what is below it, each part encoded. */
export function workspacePath(workspace: string, ...parts: string[]): string {
  return ["/workspaces", workspace, ...parts]
    .map((part, place) => (place === 0 ? part : encodeURIComponent(part)))
    .join("/");
}
