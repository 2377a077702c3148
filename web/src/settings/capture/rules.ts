/** The rules of a capture policy, as the page lists and changes them. */
import type { CaptureSettings, NewCapturePolicy, OptOut, Tombstone } from "@/api/types";

export const OPT_OUTS: readonly { value: OptOut; name: string; does: string }[] = [
  {
    value: "allowed",
    name: "Private",
    does: "It is erased, and nothing more of it is taken. A content-free tombstone stays.",
  },
  {
    value: "content_off",
    name: "Content off",
    does: "Texts, inputs and outputs are erased and not taken any more; that it was, when and how often stays.",
  },
  {
    value: "forbidden",
    name: "Forbidden",
    does: "Nothing changes, and the person is told so.",
  },
];

export function optOutWords(optOut: OptOut): string {
  return OPT_OUTS.find(({ value }) => value === optOut)?.name ?? optOut;
}

/** A rule; without a project, the one of every project that has none of its own. */
export interface Rule {
  project: string | undefined;
  opt_out: OptOut;
  notice: string | null;
}

/** Of which projects a rule is. */
export function projectWords({ project }: Pick<Rule, "project">, isOnly: boolean): string {
  return project ?? (isOnly ? "Every project" : "Every other project");
}

/** Every rule, the general one first. */
export function rulesOf({ policy }: Pick<CaptureSettings, "policy">): Rule[] {
  return [{ project: undefined, ...policy.workspace }, ...policy.projects];
}

/** The policy with a rule in the place of the one for the same projects, or beside the others. */
export function withRule({ policy }: Pick<CaptureSettings, "policy">, rule: Rule): NewCapturePolicy {
  const { project, ...made } = rule;
  if (project === undefined) {
    return { ...policy, workspace: made };
  }
  const others = policy.projects.filter((other) => other.project !== project);
  return { ...policy, projects: [...others, { project, ...made }] };
}

export function withoutProject(
  { policy }: Pick<CaptureSettings, "policy">,
  project: string,
): NewCapturePolicy {
  return { ...policy, projects: policy.projects.filter((other) => other.project !== project) };
}

const KINDS: Record<Tombstone["kind"], string> = {
  private: "made private",
  erased: "erased",
  content_off: "content off",
};

export function kindWords(kind: Tombstone["kind"]): string {
  return KINDS[kind];
}

/** Who did it: the person where one is known, else the account or the key. */
export function whoWords({ by, by_key, person }: Pick<Tombstone, "by" | "by_key" | "person">): string {
  if (person !== null) {
    return person;
  }
  if (by === null) {
    return "not noted";
  }
  return by_key ? `the key ${by}` : by;
}
