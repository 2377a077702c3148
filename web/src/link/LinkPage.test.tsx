import { QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, RouterProvider } from "@tanstack/react-router";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import type { AccountLink } from "@/api/types";
import { createQueryClient } from "@/query-client";
import { createAppRouter } from "@/router";

const SELF = { kind: "account", id: "a", name: "Owner", workspaces: [], server: { version: "0" } };

const requests: { path: string; body: unknown }[] = [];

function serve(link: Partial<AccountLink> | undefined) {
  requests.length = 0;
  vi.stubGlobal("fetch", async (request: Request) => {
    const path = new URL(request.url).pathname;
    const text = await request.text();
    requests.push({ path, body: text && JSON.parse(text) });
    if (path.endsWith("/links/inspect") && !link) {
      return new Response(JSON.stringify({ detail: "This link was used already.", code: "not_found" }), {
        status: 404,
      });
    }
    if (path.endsWith("/links/inspect")) {
      return new Response(JSON.stringify({ expires_at: "2026-12-01T00:00:00Z", ...link }));
    }
    return new Response(JSON.stringify(path.endsWith("/links/accept") ? SELF : { items: [] }));
  });
}

function open(hash: string) {
  window.history.replaceState(null, "", `/link${hash}`);
  const queryClient = createQueryClient(() => undefined);
  const router = createAppRouter(queryClient, createMemoryHistory({ initialEntries: ["/link"] }));
  render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
}

function accepted(): unknown {
  return requests.find(({ path }) => path.endsWith("/links/accept"))?.body;
}

afterEach(() => vi.unstubAllGlobals());

it("takes the token out of the address, and says when a link no longer holds", async () => {
  serve(undefined);
  open("#used-token");
  expect(await screen.findByText("This link was used already.")).toBeDefined();
  expect(window.location.hash).toBe("");
  expect(requests[0]?.body).toEqual({ token: "used-token" });
});

it("asks for a name and a password long enough to accept an invitation", async () => {
  serve({ kind: "invitation", workspace: "w", email: "a@example.com", has_account: false });
  open("#token");
  const user = userEvent.setup();
  await user.type(await screen.findByLabelText("Your name"), "A B");
  const password = screen.getByLabelText("Password");
  expect(password.getAttribute("autocomplete")).toBe("new-password");
  await user.type(password, "too short");
  await user.click(screen.getByRole("button", { name: "Accept" }));
  expect(accepted()).toBeUndefined();
  await user.clear(password);
  await user.type(password, "a sentence is good");
  await user.click(screen.getByRole("button", { name: "Accept" }));
  expect(accepted()).toEqual({ token: "token", name: "A B", password: "a sentence is good" });
});

it("asks who has an account for its password only", async () => {
  serve({ kind: "invitation", workspace: "w", email: "a@example.com", has_account: true });
  open("#token");
  const password = await screen.findByLabelText("Password");
  expect(password.getAttribute("autocomplete")).toBe("current-password");
  expect(screen.queryByLabelText("Your name")).toBeNull();
});

it("signs in at once, and once, where nothing is asked", async () => {
  serve({ kind: "sign_in", has_account: true });
  open("#token");
  await vi.waitFor(() => expect(accepted()).toEqual({ token: "token" }));
  expect(requests.filter(({ path }) => path.endsWith("/links/accept"))).toHaveLength(1);
});

it("says what is missing without a token", async () => {
  serve({ kind: "sign_in" });
  open("");
  expect(await screen.findByText("Open the whole link")).toBeDefined();
  expect(requests).toEqual([]);
});
