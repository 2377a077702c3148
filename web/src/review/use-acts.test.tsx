import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, it, vi } from "vitest";
import { queryKeys } from "@/api/keys";
import type { Reviewer, Verdict } from "@/api/reviews";
import { useActs } from "./use-acts";

const stored = vi.hoisted(() => vi.fn<() => Promise<Verdict>>());
vi.mock("@/api/reviews", async (actual) => ({ ...(await actual<object>()), giveVerdict: stored }));

const me: Reviewer = { kind: "account", id: "1", name: "Owner", me: true };

it("whoever waits right after a verdict waits until it is stored", async () => {
  const queryClient = new QueryClient();
  // The page is still fetching what was judged when the key is pressed.
  const fetching = queryClient.fetchQuery({
    queryKey: queryKeys.reviews("default", "session"),
    queryFn: () => new Promise(() => undefined),
  });
  fetching.catch(() => undefined);
  let store: (verdict: Verdict) => void = () => undefined;
  stored.mockReturnValue(
    new Promise((done) => {
      store = done;
    }),
  );
  const { result } = renderHook(
    () =>
      useActs(
        "default",
        "session",
        me,
        undefined,
        () => undefined,
        () => "the session",
      ),
    {
      wrapper: ({ children }: { children: ReactNode }) => (
        <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
      ),
    },
  );

  const order: string[] = [];
  await act(async () => {
    const given = result.current.verdict(undefined, "good");
    const waited = result.current.settled().then(() => order.push("settled"));
    await vi.waitFor(() => expect(stored).toHaveBeenCalled());
    order.push("sent");
    store({} as Verdict);
    await Promise.all([given, waited]);
  });
  expect(order).toEqual(["sent", "settled"]);
});
