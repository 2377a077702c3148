import { afterEach, describe, expect, it, vi } from "vitest";
import { ApiError, errorOfResponse, isApiError, messageOf } from "./error";
import { apiUrl, request, workspacePath } from "./request";

const PROBLEM = {
  type: "about:blank",
  title: "Not found",
  status: 404,
  detail: "There is no such session.",
  code: "not_found",
  retryable: false,
  request_id: "r1",
};

function answer(status: number, body: unknown, headers: Record<string, string> = {}) {
  vi.stubGlobal(
    "fetch",
    vi.fn(async () => new Response(body === undefined ? null : JSON.stringify(body), { status, headers })),
  );
}

afterEach(() => vi.unstubAllGlobals());

describe("a refused request", () => {
  it("is an ApiError with the problem's details", async () => {
    answer(404, PROBLEM);
    const error = await request("/self").catch((thrown: unknown) => thrown);
    expect(isApiError(error, "not_found")).toBe(true);
    expect(error).toMatchObject({ status: 404, requestId: "r1", retryable: false });
    expect(messageOf(error)).toBe("There is no such session.");
  });

  it("is judged by its status where a proxy answered", () => {
    const error = errorOfResponse(new Response("<html>", { status: 502 }), undefined);
    expect(error).toMatchObject({ code: "unavailable", retryable: true });
    expect(error.message).toContain("502");
  });

  it("tells how long to wait", async () => {
    answer(429, { ...PROBLEM, status: 429, code: "rate_limited" }, { "retry-after": "30" });
    await expect(request("/sign-in")).rejects.toMatchObject({ code: "rate_limited", retryAfter: 30 });
  });

  it("is unavailable when nobody answers", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("network")));
    await expect(request("/self")).rejects.toMatchObject({ code: "unavailable", status: 0, retryable: true });
    await expect(request("/self")).rejects.toBeInstanceOf(ApiError);
  });
});

it("answers without a body are nothing", async () => {
  answer(204, undefined);
  await expect(request("/sign-out", { method: "POST" })).resolves.toBeUndefined();
});

it("encodes paths and leaves out what is not asked", () => {
  expect(workspacePath("a b", "sessions", "req/1")).toBe("/workspaces/a%20b/sessions/req%2F1");
  expect(apiUrl("/x", { filter: 'user:"A B"', cursor: undefined, limit: 5 })).toBe(
    "/api/v1/x?filter=user%3A%22A+B%22&limit=5",
  );
});

it("never shows the inside of an error that is no answer", () => {
  expect(messageOf(new TypeError("undefined is not a function"))).not.toContain("undefined");
});
