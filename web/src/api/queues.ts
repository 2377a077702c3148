/** Rubrics, queues, and how far judgements can be trusted. */
import { queryOptions } from "@tanstack/react-query";
import { api, dataOf, given } from "./client";
import { queryKeys } from "./keys";
import type { Reviewer, ScoreAnswer, VerdictWord } from "./reviews";
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

export type QueueRule =
  | { kind: "new_skill_version"; skill?: string | null; sessions: number }
  | { kind: "random"; percent: number; seed: string; per: "project_week" }
  | { kind: "errors"; filter?: string | null }
  | { kind: "not_accepted"; filter?: string | null }
  | { kind: "view"; filter: string };

export const ITEM_STATES = ["needs_review", "in_review", "needs_others", "disputed", "complete"] as const;
export type ItemState = (typeof ITEM_STATES)[number];

export interface Queue {
  id: string;
  name: string;
  rubric: string | null;
  kind: "review" | "calibration";
  scope: "turn" | "session";
  reviewers_per_item: number;
  blind: boolean;
  due_days: number | null;
  reservation_minutes: number;
  /** Accounts; empty: whoever may review. */
  reviewers: string[];
  rules: QueueRule[];
  closed: boolean;
  /** About one of how many places is taken by a session with a reference; null: none is, or it is not told. */
  gold_every: number | null;
  counts: Record<ItemState, number>;
  mine: QueueMine;
  revision: number;
}

/** What the reader has to do with a queue. */
export interface QueueMine {
  /** Items that are theirs now. */
  open: number;
  done: number;
  /** Items that they could judge now, with those that are theirs. */
  available: number;
  /** When the first of those is due. */
  due_at: string | null;
}

export interface MyQueue {
  queue: string;
  name: string;
  mine: QueueMine;
  items: QueueItem[];
}

export type NewQueue = Pick<
  Queue,
  | "name"
  | "rubric"
  | "kind"
  | "scope"
  | "reviewers_per_item"
  | "blind"
  | "due_days"
  | "reservation_minutes"
  | "reviewers"
  | "rules"
  | "gold_every"
>;

export type ItemPart = "reserved" | "assigned" | "done" | "skipped" | "released";

/** Who has to do with an item, and what they said, as far as the reader may know. */
export interface PartOfItem {
  by: Reviewer;
  part: ItemPart;
  at: string;
  verdict: string | null;
  /** The score's id. */
  score: string | null;
  percent: number | null;
  passed: boolean | null;
  skip_reason: string | null;
}

export interface Decision {
  text: string | null;
  by: Reviewer;
  at: string;
  verdict: string | null;
  percent: number | null;
  passed: boolean | null;
}

export interface QueueItem {
  id: string;
  queue: string;
  session: string;
  turn: string | null;
  state: ItemState;
  /** Why it is here. */
  reason: { kind: string; text: string };
  due_at: string | null;
  reserved_until: string | null;
  mine: boolean;
  my_part: ItemPart | null;
  reviewers_needed: number;
  /** null while that is hidden. */
  reviewers_done: number | null;
  blind: boolean;
  parts: PartOfItem[];
  /** How far the scores lie apart, in percent. */
  spread: number | null;
  decision: Decision | null;
}

export interface QueueTurn {
  item: QueueItem | null;
  progress: { done: number; total: number };
}

const WORKSPACE = "/api/v1/workspaces/{workspace}";
const RUBRICS = `${WORKSPACE}/rubrics` as const;
interface Ask {
  params: { path: object; query?: object };
  body?: unknown;
  signal?: AbortSignal;
}

type Method = (path: string, ask: Ask) => Promise<{ data?: unknown }>;

/** The client without the description's types, for what the description does not tell yet. */
const plain = api as unknown as Record<"GET" | "POST" | "PUT", Method>;

const QUEUES = `${WORKSPACE}/queues`;
const ITEM = `${WORKSPACE}/queue-items/{item}`;

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
    queryFn: ({ signal }): Promise<{ items: Queue[] }> =>
      dataOf(plain.GET(QUEUES, { params: { path: { workspace } }, signal }) as never),
  });

export const queueQuery = (workspace: string, queue: string) =>
  queryOptions({
    queryKey: queryKeys.queue(workspace, queue),
    queryFn: ({ signal }): Promise<Queue> =>
      dataOf(plain.GET(`${QUEUES}/{queue}`, { params: { path: { workspace, queue } }, signal }) as never),
  });

export function addQueue(workspace: string, body: NewQueue): Promise<Queue> {
  return dataOf(plain.POST(QUEUES, { params: { path: { workspace } }, body }) as never);
}

/** Set up anew, whole; refused where somebody else was faster. */
export function changeQueue(
  workspace: string,
  queue: string,
  revision: number,
  body: NewQueue,
): Promise<Queue> {
  return dataOf(
    plain.PUT(`${QUEUES}/{queue}`, {
      params: { path: { workspace, queue } },
      body: { ...body, revision },
    }) as never,
  );
}

export async function closeQueue(workspace: string, queue: string): Promise<void> {
  await plain.POST(`${QUEUES}/{queue}/close`, { params: { path: { workspace, queue } }, body: {} });
}

export function fillQueue(workspace: string, queue: string): Promise<{ added: number }> {
  return dataOf(
    plain.POST(`${QUEUES}/{queue}/fill`, { params: { path: { workspace, queue } }, body: {} }) as never,
  );
}

export const queueItemsQuery = (workspace: string, queue: string, state: ItemState) =>
  queryOptions({
    queryKey: queryKeys.queueItems(workspace, queue, state),
    queryFn: ({ signal }): Promise<{ items: QueueItem[]; next: string | null }> =>
      dataOf(
        plain.GET(`${QUEUES}/{queue}/items`, {
          params: { path: { workspace, queue }, query: { state } },
          signal,
        }) as never,
      ),
  });

export function addToQueue(
  workspace: string,
  queue: string,
  body: { sessions: string[]; reason: string } | { filter: string; reason: string },
): Promise<{ added: number }> {
  return dataOf(
    plain.POST(`${QUEUES}/{queue}/items`, { params: { path: { workspace, queue } }, body }) as never,
  );
}

/** Reserves the reader's next item; the one that is reserved already comes again. */
export function takeNext(workspace: string, queue: string): Promise<QueueTurn> {
  return dataOf(
    plain.POST(`${QUEUES}/{queue}/next`, { params: { path: { workspace, queue } }, body: {} }) as never,
  );
}

export const myQueueQuery = (workspace: string) =>
  queryOptions({
    queryKey: queryKeys.myQueue(workspace),
    queryFn: ({ signal }): Promise<{ items: MyQueue[] }> =>
      dataOf(plain.GET(`${WORKSPACE}/my-queue`, { params: { path: { workspace } }, signal }) as never),
  });

async function onItem(workspace: string, item: string, act: string, body: object): Promise<void> {
  await plain.POST(`${ITEM}/${act}`, { params: { path: { workspace, item } }, body });
}

export const completeItem = (workspace: string, item: string) => onItem(workspace, item, "complete", {});

export const skipItem = (workspace: string, item: string, reason: string) =>
  onItem(workspace, item, "skip", { reason });

export const releaseItem = (workspace: string, item: string) => onItem(workspace, item, "release", {});

export const reassignItem = (workspace: string, item: string, to: string) =>
  onItem(workspace, item, "reassign", { to });

export const adjudicateItem = (
  workspace: string,
  item: string,
  body: { verdict?: VerdictWord; answers?: ScoreAnswer[]; text: string },
) => onItem(workspace, item, "adjudicate", body);

export const revealItem = (workspace: string, item: string) => onItem(workspace, item, "reveal", {});

/** Makes the asker's judgement of a session or turn the one that reviewers are measured against. */
export async function setGold(
  workspace: string,
  body: {
    session: string;
    turn: string | null;
    verdict?: VerdictWord;
    rubric?: string;
    answers?: ScoreAnswer[];
  },
): Promise<void> {
  await plain.POST(`${WORKSPACE}/gold`, { params: { path: { workspace } }, body });
}

export interface Interval {
  low: number;
  high: number;
}

/** Figures over items that two or more judged. One that is null has its reason beside it. */
export interface AgreementFigures {
  n: number;
  raw: number | null;
  /** Krippendorff's. */
  alpha: number | null;
  alpha_interval: Interval | null;
  /** Gwet's. */
  ac1: number | null;
  reason: string | null;
}

export interface ReviewerFigures {
  reviewer: Reviewer;
  judged: number;
  leniency: { n: number; difference: number; interval: Interval } | null;
  leniency_reason: string | null;
  gold: { n: number; right: number; interval: Interval; difference: number | null } | null;
}

export interface Agreement {
  rubric: string | null;
  items: number;
  needed: number;
  criteria: {
    id: string;
    title: string;
    level: string;
    all: AgreementFigures;
    pairs: { one: Reviewer; other: Reviewer; figures: AgreementFigures }[];
  }[];
  reviewers: ReviewerFigures[];
}

export interface RateEstimate {
  value: number;
  interval: Interval;
  n: number;
  n_effective: number;
  population: number;
  strata: number;
  strata_without: number;
}

export interface Rates {
  rate: RateEstimate | null;
  mean_percent: RateEstimate | null;
  reason: string | null;
  strata: {
    project: string;
    week: string;
    population: number;
    drawn: number;
    judged: number;
    weight: number | null;
    rate: number | null;
  }[];
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
    queryFn: ({ signal }): Promise<Agreement> =>
      dataOf(
        plain.GET(`${WORKSPACE}/agreement`, {
          params: { path: { workspace }, query: given(query) },
          signal,
        }) as never,
      ),
  });

export const ratesQuery = (workspace: string, query: TrustQuery) =>
  queryOptions({
    queryKey: queryKeys.rates(workspace, query),
    queryFn: ({ signal }): Promise<Rates> =>
      dataOf(
        plain.GET(`${WORKSPACE}/rates`, {
          params: { path: { workspace }, query: given(query) },
          signal,
        }) as never,
      ),
  });
