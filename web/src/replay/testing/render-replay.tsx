import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { Folds } from "../folds";
import { type Replay, ReplayContext } from "../replay-context";

/** Renders a part of the replay with what it needs around it. Nothing is fetched: the server is not there. */
export async function renderInReplay(part: ReactNode, replay: Partial<Replay> = {}): Promise<HTMLElement> {
  const context: Replay = {
    workspace: "default",
    session: "session",
    agent: undefined,
    agents: new Map(),
    skills: [],
    sources: ["hook", "transcript", "otel_log"],
    folds: new Folds(),
    mode: "full",
    ruleTitles: new Map([["aws-key", "AWS keys"]]),
    ...replay,
  };
  const root = createRootRoute({ component: () => <ReplayContext value={context}>{part}</ReplayContext> });
  const router = createRouter({
    routeTree: root.addChildren([createRoute({ getParentRoute: () => root, path: "$" })]),
    history: createMemoryHistory(),
  });
  await router.load();
  const queryClient = new QueryClient({ defaultOptions: { queries: { enabled: false } } });
  return render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router as never} />
    </QueryClientProvider>,
  ).container;
}
