import { useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { grantOf, mayDo, selfQuery } from "@/api/self";
import type { Session, View } from "@/api/types";
import { useBoundShortcuts } from "@/keyboard/use-shortcuts";
import { visibleLine } from "@/replay/text/visible";
import { Snippet } from "@/search/Snippet";
import { titleOf } from "@/sessions/session-words";
import { settingsTabs } from "@/settings/tabs";
import { Time } from "@/ui/Time";
import { searchOf } from "@/views/shown";
import { useViews } from "@/views/use-views";
import { matches } from "./match";
import { usePaletteSessions } from "./use-sessions";

export interface PaletteItem {
  id: string;
  label: ReactNode;
  hint?: ReactNode;
  /** Keys that do the same. */
  keys?: readonly string[];
  run: () => void;
}

export interface PaletteGroup {
  name: string;
  items: PaletteItem[];
}

/** All that can be chosen for what is typed, in groups. */
export function usePaletteGroups(
  workspace: string,
  query: string,
): { groups: PaletteGroup[]; isWaiting: boolean } {
  const navigate = useNavigate();
  const views = useViews(workspace).data?.items ?? [];
  const found = usePaletteSessions(workspace, query);
  const pages = usePages(workspace);
  const actions = useActions();
  const typed = query.trim();

  const session = (each: Session): PaletteItem => ({
    id: `session ${each.id}`,
    label: <bdi>{titleOf(each).text}</bdi>,
    hint: each.started_at ? <Time at={each.started_at} /> : undefined,
    run: () =>
      void navigate({ to: "/w/$workspace/sessions/$session", params: { workspace, session: each.id } }),
  });

  // What is called so comes before what only speaks of it.
  const isCalled = ({ name }: { name: string }) => name.toLowerCase().startsWith(typed.toLowerCase());
  const isCommand = typed !== "" && [...pages, ...actions].some(isCalled);
  const commands: PaletteGroup[] = [
    { name: "Go to", items: pages.filter(({ name }) => matches(typed, name)).map(({ item }) => item) },
    {
      name: "On this page",
      items: actions.filter(({ name }) => matches(typed, name)).map(({ item }) => item),
    },
  ];
  const groups: PaletteGroup[] = [
    ...(isCommand ? commands : []),
    { name: "By id", items: found.byId.map(session) },
    {
      name: "Recent sessions",
      items: found.recent.filter((each) => matches(typed, titleOf(each).text)).map(session),
    },
    {
      name: "Views",
      items: views
        .filter(({ name }) => matches(typed, name))
        .map((view: View) => ({
          id: `view ${view.id}`,
          label: <bdi>{visibleLine(view.name, 80)}</bdi>,
          run: () =>
            void navigate({ to: "/w/$workspace/sessions", params: { workspace }, search: searchOf(view) }),
        })),
    },
    ...(isCommand ? [] : commands),
  ];
  if (typed !== "") {
    groups.push({
      name: "In the texts",
      items: [
        ...found.hits.map(
          ({ session: of, hit }): PaletteItem => ({
            id: `hit ${of.id} ${hit.step}`,
            label: <Snippet snippet={hit.snippet} />,
            hint: <bdi>{titleOf(of).text}</bdi>,
            run: () =>
              void navigate({
                to: "/w/$workspace/sessions/$session/turns/$turn/steps/$step",
                params: { workspace, session: of.id, turn: hit.turn, step: hit.step },
                search: { find: typed },
              }),
          }),
        ),
        {
          id: "search",
          label: (
            <>
              Search all texts for <bdi>{visibleLine(typed, 60)}</bdi>
            </>
          ),
          run: () =>
            void navigate({ to: "/w/$workspace/search", params: { workspace }, search: { q: typed } }),
        },
      ],
    });
  }
  return { groups: groups.filter(({ items }) => items.length > 0), isWaiting: found.isWaiting };
}

function usePages(workspace: string): { name: string; item: PaletteItem }[] {
  const navigate = useNavigate();
  const { data: self } = useSuspenseQuery(selfQuery);
  const grant = grantOf(self, workspace);
  const params = { workspace };
  const pages: [string, () => void][] = [
    ["Sessions", () => void navigate({ to: "/w/$workspace/sessions", params })],
    ["Search", () => void navigate({ to: "/w/$workspace/search", params })],
    ["Skills", () => void navigate({ to: "/w/$workspace/skills", params })],
    ...(mayDo(grant, "reviews.write")
      ? [["My queue", () => void navigate({ to: "/w/$workspace/queue", params })] as [string, () => void]]
      : []),
    ["Queues", () => void navigate({ to: "/w/$workspace/review/queues", params })],
    ["Rubrics", () => void navigate({ to: "/w/$workspace/review/rubrics", params })],
    ...(mayDo(grant, "reviews.manage")
      ? [
          ["Known answers", () => void navigate({ to: "/w/$workspace/review/known-answers", params })] as [
            string,
            () => void,
          ],
        ]
      : []),
    ["Agreement", () => void navigate({ to: "/w/$workspace/review/agreement", params })],
    ["MCP servers", () => void navigate({ to: "/w/$workspace/mcp-servers", params })],
  ];
  if (mayDo(grant, "capture.read")) {
    pages.push(["Coverage", () => void navigate({ to: "/w/$workspace/coverage", params })]);
  }
  if (mayDo(grant, "sessions.export")) {
    pages.push(["Report", () => void navigate({ to: "/w/$workspace/report", params })]);
  }
  for (const tab of settingsTabs(grant)) {
    pages.push([`Settings: ${tab.name}`, () => void navigate({ to: tab.to, params })]);
  }
  pages.push(["Account", () => void navigate({ to: "/account" })]);
  return pages.map(([name, run]) => ({ name, item: { id: `page ${name}`, label: name, run } }));
}

/** What the page that is open does on keys. */
function useActions(): { name: string; item: PaletteItem }[] {
  const seen = new Set<string>();
  return useBoundShortcuts()
    .toReversed()
    .filter(({ does }) => does !== OWN_NAME && !seen.has(does) && seen.add(does))
    .map(({ does, keys, run }) => ({
      name: does,
      item: {
        id: `action ${does}`,
        label: does,
        keys: keys.slice(0, 1),
        run: () => run(new KeyboardEvent("keydown")),
      },
    }));
}

/** The palette does not offer itself. */
export const OWN_NAME = "Find and do anything";
