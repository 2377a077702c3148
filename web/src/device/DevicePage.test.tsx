import { QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, RouterProvider } from "@tanstack/react-router";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { createQueryClient } from "@/query-client";
import { createAppRouter } from "@/router";

const SELF = { kind: "account", id: "a", name: "Ada", workspaces: [], server: { version: "0" } };
const REQUEST = {
  device_name: "laptop\u202e7",
  device_id: null,
  workspace: "default",
  projects: ["acme"],
  asked_at: "2026-11-20T08:00:00Z",
  expires_at: "2026-11-20T08:15:00Z",
  person: "ada@example.org",
};

const decisions: unknown[] = [];

function open(address: string, waits: boolean) {
  decisions.length = 0;
  vi.stubGlobal("fetch", async (request: Request) => {
    const path = new URL(request.url).pathname;
    if (path.endsWith("/device/inspect") && !waits) {
      const problem = { detail: "no device waits with this code", code: "not_found" };
      return new Response(JSON.stringify(problem), { status: 404 });
    }
    if (path.endsWith("/device/decide")) {
      decisions.push(await request.json());
      return new Response(null, { status: 204 });
    }
    return new Response(JSON.stringify(path.endsWith("/self") ? SELF : REQUEST));
  });
  const queryClient = createQueryClient(() => undefined);
  const router = createAppRouter(queryClient, createMemoryHistory({ initialEntries: [address] }));
  render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
}

afterEach(() => vi.unstubAllGlobals());

it("shows what asks in whose name, and lets it in by a press", async () => {
  open("/device?code=bcdf-ghjk", true);
  expect(await screen.findByText("BCDF-GHJK")).toBeDefined();
  // What a device calls itself cannot turn the line around.
  expect(screen.queryByText(/\u202e/)).toBeNull();
  expect(screen.getByText("Ada, ada@example.org")).toBeDefined();
  await userEvent.click(screen.getByRole("button", { name: "Approve" }));
  expect(await screen.findByText("The device is signed in")).toBeDefined();
  expect(decisions).toEqual([{ code: "bcdf-ghjk", approve: true }]);
});

it("denies by a press, and says so", async () => {
  open("/device?code=BCDF-GHJK", true);
  await userEvent.click(await screen.findByRole("button", { name: "Deny" }));
  expect(await screen.findByText("The device was not let in")).toBeDefined();
  expect(decisions).toEqual([{ code: "BCDF-GHJK", approve: false }]);
});

it("asks for the code, and for another where no device waits with it", async () => {
  open("/device", false);
  await userEvent.type(await screen.findByLabelText("Code"), "bbbb-bbbb{Enter}");
  expect(await screen.findByText("No device waits with this code.")).toBeDefined();
  expect(screen.getByLabelText("Code")).toBeDefined();
});
