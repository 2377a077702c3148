/** Rubrics, queues, and how far judgements can be trusted. */
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, dataOf, given } from "./client";
import { queryKeys } from "./keys";
import type { ScoreAnswer, VerdictWord } from "./reviews";
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Scale = Schemas["RubricScale"] & { labels: string[] };
export type RubricItem = Required<Omit<Schemas["RubricItem"], "scale">> & { scale: Scale | null };
export type RubricSection = Omit<Schemas["RubricSection"], "items"> & { items: RubricItem[] };
export type RubricDefinition = Required<Omit<Schemas["RubricDefinition"], "sections">> & {
  sections: RubricSection[];
};
export type Precedent = Schemas["Precedent"];
/** The server always tells what a rubric's author may leave out. */
export type Rubric = Omit<Schemas["Rubric"], "sections"> & { sections: RubricSection[] };
export type Arithmetic = Schemas["ScoreArithmetic"];

export type QueueRule = Schemas["QueueRule"];
export const ITEM_STATES = ["needs_review", "in_review", "needs_others", "disputed", "complete"] as const;
export type ItemState = Schemas["QueueItemState"];
export type Queue = Schemas["Queue"];
export type QueueMine = Schemas["QueueMine"];
export type MyQueue = Schemas["MyQueue"];
/** A queue as a form fills it in: nothing is left to go without saying. */
export type NewQueue = Required<Omit<Schemas["NewQueue"], "revision">>;
export type ItemPart = Schemas["QueuePart"];
export type PartOfItem = Schemas["QueueItemPart"];
export type Decision = Schemas["QueueDecision"];
export type QueueItem = Schemas["QueueItem"];
export type QueueTurn = Schemas["NextQueueItem"];
export type Gold = Schemas["Gold"];
export type NewGold = Schemas["NewGold"];
export type Interval = Schemas["Interval"];
export type AgreementFigures = Schemas["AgreementFigures"];
export type Agreement = Schemas["ReviewerAgreement"];
export type ReviewerFigures = Agreement["reviewers"][number];
export type RateEstimate = Schemas["RateEstimate"];
export type Rates = Schemas["Rates"];

const WORKSPACE = "/api/v1/workspaces/{workspace}";
const RUBRICS = `${WORKSPACE}/rubrics` as const;
const QUEUES = `${WORKSPACE}/queues` as const;
const QUEUE = `${QUEUES}/{queue}` as const;
const ITEM = `${WORKSPACE}/queue-items/{item}` as const;

/** Items of a queue that come at once. */
const ITEMS_PAGE = 50;

export const rubricsQuery = (workspace: string) =>
  queryOptions({
    queryKey: queryKeys.rubrics(workspace),
    queryFn: ({ signal }) =>
      dataOf(api.GET(RUBRICS, { params: { path: { workspace } }, signal })) as Promise<{ items: Rubric[] }>,
  });

export const rubricQuery = (workspace: string, rubric: string, version?: number) =>
  queryOptions({
    queryKey: queryKeys.rubric(workspace, rubric, version),
    queryFn: ({ signal }) => {
      const params = { path: { workspace, rubric }, query: given({ version }) };
      return dataOf(api.GET(`${RUBRICS}/{rubric}`, { params, signal })) as Promise<Rubric>;
    },
  });

export function addRubric(workspace: string, body: RubricDefinition): Promise<Rubric> {
  return dataOf(api.POST(RUBRICS, { params: { path: { workspace } }, body })) as Promise<Rubric>;
}

/** A new version; refused where somebody else was faster. */
export function changeRubric(
  workspace: string,
  rubric: string,
  version: number,
  body: RubricDefinition,
): Promise<Rubric> {
  const params = { path: { workspace, rubric }, header: { "If-Match": `"${version}"` } };
  return dataOf(api.PUT(`${RUBRICS}/{rubric}`, { params, body })) as Promise<Rubric>;
}

export async function retireRubric(workspace: string, rubric: string): Promise<void> {
  await api.POST(`${RUBRICS}/{rubric}/retire`, { params: { path: { workspace, rubric } } });
}

/** The server's own arithmetic, also for a rubric that is not saved. */
export function computeScore(
  workspace: string,
  rubric: RubricDefinition,
  answers: ScoreAnswer[],
  signal: AbortSignal,
): Promise<Arithmetic> {
  return dataOf(
    api.POST(`${RUBRICS}/compute`, {
      params: { path: { workspace } },
      body: { rubric, answers },
      signal,
    }),
  );
}

export const queuesQuery = (workspace: string) =>
  queryOptions({
    queryKey: queryKeys.queues(workspace),
    queryFn: ({ signal }) => dataOf(api.GET(QUEUES, { params: { path: { workspace } }, signal })),
  });

export const queueQuery = (workspace: string, queue: string) =>
  queryOptions({
    queryKey: queryKeys.queue(workspace, queue),
    queryFn: ({ signal }) => dataOf(api.GET(QUEUE, { params: { path: { workspace, queue } }, signal })),
  });

export function addQueue(workspace: string, body: NewQueue): Promise<Queue> {
  return dataOf(api.POST(QUEUES, { params: { path: { workspace } }, body }));
}

/** Set up anew, whole; refused where somebody else was faster. */
export function changeQueue(
  workspace: string,
  queue: string,
  revision: number,
  body: NewQueue,
): Promise<Queue> {
  const params = { path: { workspace, queue } };
  return dataOf(api.PUT(QUEUE, { params, body: { ...body, revision } }));
}

export async function closeQueue(workspace: string, queue: string): Promise<void> {
  await api.POST(`${QUEUE}/close`, { params: { path: { workspace, queue } } });
}

export function fillQueue(workspace: string, queue: string): Promise<{ added: number }> {
  return dataOf(api.POST(`${QUEUE}/fill`, { params: { path: { workspace, queue } } }));
}

/** The items in one state, page by page. */
export const queueItemsQuery = (workspace: string, queue: string, state: ItemState) =>
  infiniteQueryOptions({
    queryKey: queryKeys.queueItems(workspace, queue, state),
    queryFn: ({ pageParam, signal }) => {
      const query = given({ state, limit: ITEMS_PAGE, cursor: pageParam });
      return dataOf(api.GET(`${QUEUE}/items`, { params: { path: { workspace, queue }, query }, signal }));
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });

export function addToQueue(
  workspace: string,
  queue: string,
  body: { sessions: string[]; reason: string } | { filter: string; reason: string },
): Promise<{ added: number }> {
  return dataOf(api.POST(`${QUEUE}/items`, { params: { path: { workspace, queue } }, body }));
}

/** Reserves the reader's next item; the one that is reserved already comes again. */
export function takeNext(workspace: string, queue: string): Promise<QueueTurn> {
  return dataOf(api.POST(`${QUEUE}/next`, { params: { path: { workspace, queue } } }));
}

export const myQueueQuery = (workspace: string) =>
  queryOptions({
    queryKey: queryKeys.myQueue(workspace),
    queryFn: ({ signal }) =>
      dataOf(api.GET(`${WORKSPACE}/my-queue`, { params: { path: { workspace } }, signal })),
  });

const ofItem = (workspace: string, item: string) => ({ params: { path: { workspace, item } } });

export async function completeItem(workspace: string, item: string): Promise<void> {
  await api.POST(`${ITEM}/complete`, ofItem(workspace, item));
}

export async function skipItem(workspace: string, item: string, reason: string): Promise<void> {
  await api.POST(`${ITEM}/skip`, { ...ofItem(workspace, item), body: { reason } });
}

export async function releaseItem(workspace: string, item: string): Promise<void> {
  await api.POST(`${ITEM}/release`, ofItem(workspace, item));
}

export async function reassignItem(workspace: string, item: string, to: string): Promise<void> {
  await api.POST(`${ITEM}/reassign`, { ...ofItem(workspace, item), body: { to } });
}

export async function adjudicateItem(
  workspace: string,
  item: string,
  body: { verdict?: VerdictWord; answers?: ScoreAnswer[]; text: string },
): Promise<void> {
  await api.POST(`${ITEM}/adjudicate`, { ...ofItem(workspace, item), body });
}

export async function revealItem(workspace: string, item: string): Promise<void> {
  await api.POST(`${ITEM}/reveal`, ofItem(workspace, item));
}

/** The judgements that reviewers are measured against: known answers. Only who manages queues may ask. */
export const goldQuery = (workspace: string) =>
  queryOptions({
    queryKey: queryKeys.gold(workspace),
    queryFn: ({ signal }) =>
      dataOf(api.GET(`${WORKSPACE}/gold`, { params: { path: { workspace } }, signal })),
  });

/** Makes the asker's judgement of a session or turn a known answer, or takes one away; all that there are then. */
export function setGold(workspace: string, body: NewGold): Promise<{ items: Gold[] }> {
  return dataOf(api.POST(`${WORKSPACE}/gold`, { params: { path: { workspace } }, body }));
}

/** What is looked at: the judgements of a rubric, or without one verdicts. */
export interface TrustQuery {
  rubric?: string | undefined;
  queue?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

export const agreementQuery = (workspace: string, query: TrustQuery) =>
  queryOptions({
    queryKey: queryKeys.agreement(workspace, query),
    queryFn: ({ signal }) =>
      dataOf(
        api.GET(`${WORKSPACE}/agreement`, { params: { path: { workspace }, query: given(query) }, signal }),
      ),
  });

export const ratesQuery = (workspace: string, query: TrustQuery) =>
  queryOptions({
    queryKey: queryKeys.rates(workspace, query),
    queryFn: ({ signal }) =>
      dataOf(api.GET(`${WORKSPACE}/rates`, { params: { path: { workspace }, query: given(query) }, signal })),
  });
