import type { Session, Surface, User } from "@/api/types";
import { visibleLine } from "@/replay/text/visible";

/** The first lines of a long title are enough to know it by. */
const TITLE_MAX = 200;
const ID_SHOWN = 8;

export function titleOf(session: Pick<Session, "title" | "id">): { text: string; known: boolean } {
  const title = session.title === null ? "" : visibleLine(session.title, TITLE_MAX);
  return title === ""
    ? { text: `Session ${session.id.slice(0, ID_SHOWN)}`, known: false }
    : { text: title, known: true };
}

/** A model without the maker and the date: `claude-opus-4-5-20251101` is `opus-4-5`. */
export function shortModel(model: string): string {
  return visibleLine(model.replace(/^claude-/, "").replace(/-20\d{6}$/, ""), 40);
}

const SURFACE_NAMES: Partial<Record<Surface, string>> = {
  ide: "IDE",
  cowork: "Cowork",
  cowork_remote: "Cowork in the cloud",
  claude_code: "Claude Code",
  claude_ai: "claude.ai",
};

/** Where the person sat, as a label. */
export function surfaceName(surface: Surface): string {
  return SURFACE_NAMES[surface] ?? surface;
}

/** The first names, and how many more there are. */
export function shortList(names: readonly string[], shown: number): string {
  const more = names.length - shown;
  return names.slice(0, shown).join(", ") + (more > 0 ? ` +${more}` : "");
}

export function skillNames(session: Pick<Session, "skills">): string[] {
  return [...new Set(session.skills.map(({ name }) => visibleLine(name, 60)))];
}

export interface UserText {
  text: string;
  /** The whole of it. */
  full: string;
  claimed: boolean;
  why: string;
}

/** Who it was, and on whose word. */
export function userWords(user: User): UserText | undefined {
  const full = user.email ?? user.id;
  if (full === null) {
    return undefined;
  }
  const claimed = user.from !== "credential";
  return {
    // Ids are long and of no meaning; their beginning tells them apart.
    text: user.email === null ? visibleLine(full, ID_SHOWN) : visibleLine(user.email, 80),
    full: visibleLine(full),
    claimed,
    why: claimed
      ? "The client says so; no credential proves it"
      : "The credential that delivered it is this person's own",
  };
}
