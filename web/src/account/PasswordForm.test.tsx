import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { queryKeys } from "@/api/keys";
import { createQueryClient } from "@/query-client";
import { PasswordForm } from "./PasswordForm";

const SELF = { kind: "account", id: "a", name: "Owner", workspaces: [], server: { version: "0" } };

const sent: unknown[] = [];
const queryClient = createQueryClient(() => undefined);

function serve(status: number, body: unknown) {
  vi.stubGlobal("fetch", async (request: Request) => {
    sent.push([new URL(request.url).pathname, await request.json()]);
    return new Response(JSON.stringify(body), { status });
  });
}

async function change(from: string, to: string) {
  await userEvent.type(screen.getByLabelText("Old password"), from);
  await userEvent.type(screen.getByLabelText("New password"), to);
  await userEvent.click(screen.getByRole("button", { name: "Change password" }));
}

function value(label: string): string {
  return screen.getByLabelText<HTMLInputElement>(label).value;
}

beforeEach(() => {
  sent.length = 0;
  render(
    <QueryClientProvider client={queryClient}>
      <PasswordForm email="a@example.com" />
    </QueryClientProvider>,
  );
});
afterEach(() => vi.unstubAllGlobals());

it("sends both passwords, says that it is done and forgets them", async () => {
  serve(200, SELF);
  await change("the old sentence", "a sentence is good");
  await vi.waitFor(() => expect(screen.getByRole("status").textContent).toMatch(/^Changed/));
  expect(sent).toEqual([["/api/v1/self/password", { old: "the old sentence", new: "a sentence is good" }]]);
  expect([value("Old password"), value("New password")]).toEqual(["", ""]);
  expect(queryClient.getQueryData(queryKeys.self)).toEqual(SELF);
});

it("says what the server refused, and keeps what was typed", async () => {
  serve(400, { detail: "the old password is wrong", code: "invalid_request" });
  await change("not the old one", "a sentence is good");
  await vi.waitFor(() => expect(screen.getByRole("alert").textContent).toBe("The old password is wrong."));
  expect(screen.getByRole("status").textContent).toBe("");
  expect(value("New password")).toBe("a sentence is good");
});

it("asks for enough characters before anything is sent", async () => {
  serve(200, SELF);
  await change("the old sentence", "too short");
  expect(sent).toEqual([]);
  const hint = screen.getByLabelText("New password").getAttribute("aria-describedby") ?? "";
  expect(document.getElementById(hint)?.textContent).toContain("At least 12 characters");
});
