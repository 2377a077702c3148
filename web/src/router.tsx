import type { QueryClient } from "@tanstack/react-query";
import {
  createBrowserHistory,
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouterHistory,
  redirect,
} from "@tanstack/react-router";
import { isApiError } from "./api/error";
import { grantOf, selfQuery } from "./api/self";
import { parseSessionSearch } from "./replay/session-search";
import { parseReportSearch } from "./report/report-search";
import { parseQueueSearch } from "./review/manage/queue-search";
import { parseTrustSearch } from "./review/manage/trust-search";
import { parseTextSearch } from "./search/search-params";
import { parseSearch, stringifySearch } from "./search-params";
import { parseListSearch } from "./sessions/list-search";
import { SessionList } from "./sessions/SessionList";
import { sessionListQuery } from "./sessions/use-session-list";
import { settingsTabs } from "./settings/tabs";
import { NotFound } from "./shell/NotFound";
import { EntryError, PageError } from "./shell/PageError";
import { Root, RootNotFound } from "./shell/Root";
import { Shell } from "./shell/Shell";
import { Workspace } from "./shell/Workspace";
import { shownAt } from "./views/shown";

const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Root,
  notFoundComponent: RootNotFound,
});

/** Where to go after signing in: a path of this site, never another's address. */
function parseNext(search: Record<string, unknown>): { next?: string } {
  const { next } = search;
  return typeof next === "string" && /^\/(?![/\\])/.test(next) ? { next } : {};
}

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "sign-in",
  validateSearch: parseNext,
  component: lazyRouteComponent(() => import("./sign-in/SignInPage"), "SignInPage"),
});

const linkRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "link",
  component: lazyRouteComponent(() => import("./link/LinkPage"), "LinkPage"),
});

/** Who is signed in; whoever is not signs in first, and comes back. */
async function signedIn(queryClient: QueryClient, href: string) {
  try {
    return { self: await queryClient.ensureQueryData(selfQuery) };
  } catch (error) {
    if (isApiError(error, "unauthenticated")) {
      throw redirect({ to: "/sign-in", search: parseNext({ next: href }), replace: true });
    }
    throw error;
  }
}

const deviceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "device",
  validateSearch: ({ code }: Record<string, unknown>): { code?: string } =>
    typeof code === "string" && code !== "" ? { code } : {},
  component: lazyRouteComponent(() => import("./device/DevicePage"), "DevicePage"),
  errorComponent: EntryError,
  beforeLoad: ({ context, location }) => signedIn(context.queryClient, location.href),
});

const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "signed-in",
  component: Shell,
  errorComponent: EntryError,
  beforeLoad: ({ context, location }) => signedIn(context.queryClient, location.href),
});

const indexRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "/",
  beforeLoad: ({ context }) => {
    const first = context.self.workspaces[0];
    throw first
      ? redirect({ to: "/w/$workspace/sessions", params: { workspace: first.name }, replace: true })
      : redirect({ to: "/account", replace: true });
  },
});

const accountRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "account",
  component: lazyRouteComponent(() => import("./account/AccountPage"), "AccountPage"),
});

const workspaceRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: "w/$workspace",
  component: Workspace,
});

const workspaceIndexRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/",
  beforeLoad: ({ params }) => {
    throw redirect({ to: "/w/$workspace/sessions", params, replace: true });
  },
});

const sessionsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "sessions",
  validateSearch: parseListSearch,
  loaderDeps: ({ search }) => search,
  // Asked for while the page is built, not after it. What a saved view shows is not known before it is fetched.
  loader: ({ context, params, deps }) => {
    if (deps.view === undefined) {
      const { filter, sort, fold } = shownAt(deps, undefined);
      void context.queryClient.prefetchInfiniteQuery(sessionListQuery(params.workspace, filter, sort, fold));
    }
  },
  component: SessionList,
});

const searchRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "search",
  validateSearch: parseTextSearch,
  component: lazyRouteComponent(() => import("./search/SearchPage"), "SearchPage"),
});

/** One screen for a session and for places in it, so that moving between steps does not build it anew. */
const sessionRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "sessions/$session",
  validateSearch: parseSessionSearch,
  component: lazyRouteComponent(() => import("./shell/SessionScreen"), "SessionScreen"),
});

const sessionPlaceRoutes = [
  createRoute({ getParentRoute: () => sessionRoute, path: "/" }),
  createRoute({
    getParentRoute: () => sessionRoute,
    path: "turns/$turn",
    // A link to several turns: it opens at the first.
    validateSearch: ({ turns }: Record<string, unknown>): { turns?: string } =>
      typeof turns === "string" ? { turns } : {},
  }),
  createRoute({ getParentRoute: () => sessionRoute, path: "turns/$turn/steps/$step" }),
  createRoute({ getParentRoute: () => sessionRoute, path: "agents/$agent" }),
] as const;

const settingsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "settings",
  component: lazyRouteComponent(() => import("./settings/Settings"), "Settings"),
});

const settingsIndexRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/",
  beforeLoad: ({ context, params }) => {
    const [first] = settingsTabs(grantOf(context.self, params.workspace));
    if (first) {
      throw redirect({ to: first.to, params, replace: true });
    }
  },
});

const membersRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "members",
  component: lazyRouteComponent(() => import("./settings/MembersPage"), "MembersPage"),
});

const keysRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "keys",
  component: lazyRouteComponent(() => import("./settings/KeysPage"), "KeysPage"),
});

const installRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "install",
  component: lazyRouteComponent(() => import("./settings/install/InstallPage"), "InstallPage"),
});

const redactionRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "redaction",
  component: lazyRouteComponent(() => import("./settings/redaction/RedactionPage"), "RedactionPage"),
});

const devicesRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "devices",
  component: lazyRouteComponent(() => import("./settings/DevicesPage"), "DevicesPage"),
});

const privacyRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "privacy",
  component: lazyRouteComponent(() => import("./settings/capture/PrivacyPage"), "PrivacyPage"),
});

const sharesRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "shares",
  component: lazyRouteComponent(() => import("./share/SharesPage"), "SharesPage"),
});

const skillsRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "skills",
  component: lazyRouteComponent(() => import("./inventory/SkillsPage"), "SkillsPage"),
});

const skillVersionRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "skills/$skill/$hash",
  validateSearch: ({ file }: Record<string, unknown>): { file?: string } =>
    typeof file === "string" ? { file } : {},
  component: lazyRouteComponent(() => import("./inventory/SkillVersionPage"), "SkillVersionPage"),
});

const mcpServersRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "mcp-servers",
  component: lazyRouteComponent(() => import("./inventory/McpServersPage"), "McpServersPage"),
});

const coverageRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "coverage",
  component: lazyRouteComponent(() => import("./coverage/CoveragePage"), "CoveragePage"),
});

const reviewPagesRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  id: "reviewing",
  component: lazyRouteComponent(() => import("./review/ReviewPages"), "ReviewPages"),
});

const myQueueRoute = createRoute({
  getParentRoute: () => reviewPagesRoute,
  path: "queue",
  validateSearch: ({ cleared }: Record<string, unknown>): { cleared?: string } =>
    typeof cleared === "string" && cleared !== "" ? { cleared } : {},
  component: lazyRouteComponent(() => import("./review/MyQueuePage"), "MyQueuePage"),
});

const queueStartRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "queue/$queue",
  component: lazyRouteComponent(() => import("./review/QueueStart"), "QueueStart"),
});

const queuesRoute = createRoute({
  getParentRoute: () => reviewPagesRoute,
  path: "review/queues",
  component: lazyRouteComponent(() => import("./review/manage/QueuesPage"), "QueuesPage"),
});

const queueRoute = createRoute({
  getParentRoute: () => reviewPagesRoute,
  path: "review/queues/$queue",
  validateSearch: parseQueueSearch,
  component: lazyRouteComponent(() => import("./review/manage/QueuePage"), "QueuePage"),
});

const rubricsRoute = createRoute({
  getParentRoute: () => reviewPagesRoute,
  path: "review/rubrics",
  component: lazyRouteComponent(() => import("./review/manage/RubricsPage"), "RubricsPage"),
});

const rubricRoute = createRoute({
  getParentRoute: () => reviewPagesRoute,
  path: "review/rubrics/$rubric",
  validateSearch: ({ version, from }: Record<string, unknown>): { version?: string; from?: string } => ({
    ...(typeof version === "string" && /^\d{1,9}$/.test(version) && { version }),
    ...(typeof from === "string" && from !== "" && { from }),
  }),
  component: lazyRouteComponent(() => import("./review/manage/RubricPage"), "RubricPage"),
});

const knownAnswersRoute = createRoute({
  getParentRoute: () => reviewPagesRoute,
  path: "review/known-answers",
  component: lazyRouteComponent(() => import("./review/manage/KnownAnswersPage"), "KnownAnswersPage"),
});

const agreementRoute = createRoute({
  getParentRoute: () => reviewPagesRoute,
  path: "review/agreement",
  validateSearch: parseTrustSearch,
  component: lazyRouteComponent(() => import("./review/manage/AgreementPage"), "AgreementPage"),
});

const reportRoute = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "report",
  validateSearch: parseReportSearch,
  component: lazyRouteComponent(() => import("./report/ReportPage"), "ReportPage"),
});

const routeTree = rootRoute.addChildren([
  signInRoute,
  linkRoute,
  deviceRoute,
  signedInRoute.addChildren([
    indexRoute,
    accountRoute,
    workspaceRoute.addChildren([
      workspaceIndexRoute,
      sessionsRoute,
      searchRoute,
      sessionRoute.addChildren(sessionPlaceRoutes),
      settingsRoute.addChildren([
        settingsIndexRoute,
        membersRoute,
        keysRoute,
        installRoute,
        devicesRoute,
        privacyRoute,
        sharesRoute,
        redactionRoute,
      ]),
      skillsRoute,
      skillVersionRoute,
      mcpServersRoute,
      coverageRoute,
      queueStartRoute,
      reviewPagesRoute.addChildren([
        myQueueRoute,
        queuesRoute,
        queueRoute,
        rubricsRoute,
        rubricRoute,
        knownAnswersRoute,
        agreementRoute,
      ]),
      reportRoute,
    ]),
  ]),
]);

export function createAppRouter(queryClient: QueryClient, history: RouterHistory = createBrowserHistory()) {
  return createRouter({
    history,
    routeTree,
    context: { queryClient },
    parseSearch,
    stringifySearch,
    defaultPreload: "intent",
    defaultPreloadStaleTime: 0,
    defaultNotFoundComponent: NotFound,
    defaultErrorComponent: PageError,
    scrollRestoration: true,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
