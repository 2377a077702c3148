import type { NewQueue, Queue, QueueRule } from "@/api/queues";

export const totalOf = (counts: Queue["counts"]) =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

export const NEW_QUEUE: NewQueue = {
  name: "",
  rubric: null,
  kind: "review",
  scope: "session",
  reviewers_per_item: 2,
  blind: true,
  due_days: 7,
  reservation_minutes: 60,
  reviewers: [],
  rules: [],
  gold_every: null,
};

export const RULE_NAMES: Record<QueueRule["kind"], string> = {
  new_skill_version: "each new skill version",
  random: "at random",
  errors: "sessions with errors",
  not_accepted: "sessions not accepted",
  view: "a saved view or a filter",
};

/** How many sessions of each new version, where a rule does not say. */
export const NEW_VERSION_SESSIONS = 20;

/** A rule as it begins. `seed` is what a random one draws by; whoever has it draws the same. */
export function newRule(kind: QueueRule["kind"], seed: string): QueueRule {
  switch (kind) {
    case "new_skill_version":
      return { kind, skill: null, sessions: NEW_VERSION_SESSIONS };
    case "random":
      return { kind, percent: 2, seed, per: "project_week" };
    case "errors":
    case "not_accepted":
      return { kind, filter: null };
    case "view":
      return { kind, filter: "" };
  }
}

/** A rule in a sentence. */
export function ruleWords(rule: QueueRule): string {
  switch (rule.kind) {
    case "new_skill_version":
      return `${rule.sessions ?? NEW_VERSION_SESSIONS} sessions of each new version of ${rule.skill ? rule.skill : "any skill"}`;
    case "random":
      return `${rule.percent} % of each project's sessions of a week, at random by the seed ${rule.seed}`;
    case "errors":
      return `sessions in which something failed${among(rule.filter)}`;
    case "not_accepted":
      return `sessions that were not accepted as they were${among(rule.filter)}`;
    case "view":
      return `what the filter finds: ${rule.filter}`;
  }
}

const among = (filter: string | null | undefined) => (filter ? `, among ${filter}` : "");

/** What keeps a queue from being saved, in words. */
export function queueFault(queue: NewQueue): string | undefined {
  if (queue.name.trim() === "") {
    return "It needs a name.";
  }
  if (queue.reviewers.length > 0 && queue.reviewers.length < queue.reviewers_per_item) {
    return `Each item asks for ${queue.reviewers_per_item} reviewers, and ${queue.reviewers.length} may review.`;
  }
  const view = queue.rules.find((rule) => rule.kind === "view" && rule.filter.trim() === "");
  return view && "A filter without words would take every session: write what it is to find.";
}
