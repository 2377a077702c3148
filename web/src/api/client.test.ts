import { afterEach, describe, expect, it, vi } from "vitest";
import { ApiError, errorOfResponse, isApiError, messageOf } from "./error";
import { signIn, signOut } from "./self";
import { getStep, listSessions } from "./sessions";
import { pathOf } from "./urls";

const PROBLEM = {
  type: "about:blank",
  title: "Not found",
  status: 404,
  detail: "There is no such session.",
  code: "not_found",
  retryable: false,
};

/** Some request, for its answer. */
const request = () => signIn({ email: "a@example.com", password: "x" });

function answer(status: number, body: unknown) {
  vi.stubGlobal(
    "fetch",
    vi.fn(async () => new Response(body === undefined ? null : JSON.stringify(body), { status })),
  );
}

afterEach(() => vi.unstubAllGlobals());

describe("a refused request", () => {
  it("is an ApiError with the problem's details", async () => {
    answer(404, PROBLEM);
    const error = await request().catch((thrown: unknown) => thrown);
    expect(isApiError(error, "not_found")).toBe(true);
    expect(error).toMatchObject({ status: 404, retryable: false });
    expect(messageOf(error)).toBe("There is no such session.");
  });

  it("is judged by its status where a proxy answered", () => {
    const error = errorOfResponse(new Response("<html>", { status: 502 }), undefined);
    expect(error).toMatchObject({ code: "unavailable", retryable: true });
    expect(error.message).toContain("502");
  });

  it("says which parts of what was sent are wrong", () => {
    const errors = [{ pointer: "/policy/off", detail: "there is no such rule" }, { pointer: 1 }, null];
    const error = errorOfResponse(new Response(null, { status: 409 }), { errors });
    expect(error).toMatchObject({ code: "conflict", parts: [errors[0]] });
  });

  it("is unavailable when nobody answers", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("network")));
    await expect(request()).rejects.toMatchObject({ code: "unavailable", status: 0, retryable: true });
    await expect(request()).rejects.toBeInstanceOf(ApiError);
  });
});

it("answers without a body are nothing", async () => {
  answer(204, undefined);
  await expect(signOut()).resolves.toBeUndefined();
});

it("encodes paths and leaves out what is not asked", async () => {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async ({ url }: Request) => {
    asked.push(url.slice(window.location.origin.length));
    return new Response("{}");
  });
  await getStep("a b", "s", "req/1");
  await listSessions("w", { filter: 'user:"A B"', cursor: undefined, limit: 5 });
  expect(asked).toEqual([
    "/api/v1/workspaces/a%20b/sessions/s/steps/req%2F1",
    "/api/v1/workspaces/w/sessions?filter=user%3A%22A%20B%22&limit=5",
  ]);
  const events = pathOf("/api/v1/workspaces/{workspace}/events", { workspace: "a/b" }, { session: "x y" });
  expect(events).toBe("/api/v1/workspaces/a%2Fb/events?session=x+y");
});

it("what the page calls off is no failure of the server", async () => {
  const abort = new AbortController();
  vi.stubGlobal("fetch", () => Promise.reject(new DOMException("called off", "AbortError")));
  abort.abort();
  await expect(listSessions("w", {}, abort.signal)).rejects.not.toBeInstanceOf(ApiError);
});

it("never shows the inside of an error that is no answer", () => {
  expect(messageOf(new TypeError("undefined is not a function"))).not.toContain("undefined");
});
