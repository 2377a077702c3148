import createClient, { type Middleware } from "openapi-fetch";
import { errorOfResponse, unreachable } from "./error";
import type { paths } from "./schema";

/** Every failure is an `ApiError`, but for what the page itself called off. */
const failures: Middleware = {
  async onResponse({ response }) {
    if (!response.ok) {
      throw errorOfResponse(response, await response.json().catch(() => undefined));
    }
  },
  onError({ error, request }) {
    return request.signal.aborted ? undefined : error instanceof Error ? unreachable() : undefined;
  },
};

/** The API, typed by its description. */
export const api = createClient<paths>({
  baseUrl: window.location.origin,
  // Looked up at each request, so that tests can put another in its place.
  fetch: (request) => globalThis.fetch(request),
});
api.use(failures);

/** What an answer holds. A refusal never gets here: the client throws it. */
export async function dataOf<T>(answer: Promise<{ data?: T }>): Promise<T> {
  return (await answer).data as T;
}

/** A query without the parameters that are not known. */
export function given<T extends object>(query: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const known = Object.entries(query).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as { [K in keyof T]: Exclude<T[K], undefined> };
}
