/** What every step of a session is, without its text: what folding goes by before any step is fetched. */
import type { StepKind, StepKindsView } from "@/api/types";

const LETTERS: ReadonlyMap<string, StepKind> = new Map([
  ["p", "prompt"],
  ["t", "thinking"],
  ["x", "text"],
  ["c", "tool_call"],
  ["s", "skill"],
  ["m", "permission"],
  ["k", "compaction"],
  ["r", "model_request"],
  ["n", "notice"],
  ["e", "error"],
]);

const IS_ERROR = 1;
const IS_DENIED = 2;
const IS_OF_AGENT = 4;

export class StepKinds {
  readonly count: number;
  /** The first tool call at or after each step, by its place among the calls. */
  readonly #callsBefore: Uint32Array;

  constructor(private readonly view: StepKindsView) {
    this.count = view.kinds.length;
    this.#callsBefore = new Uint32Array(this.count + 1);
    for (let index = 0; index < this.count; index++) {
      const calls = this.#callsBefore[index] ?? 0;
      this.#callsBefore[index + 1] = calls + (view.kinds[index] === "c" ? 1 : 0);
    }
  }

  kindOf(index: number): StepKind {
    return LETTERS.get(this.view.kinds[index] ?? "") ?? "notice";
  }

  /** It failed, or was not let run. */
  isError(index: number): boolean {
    return (this.#flags(index) & (IS_ERROR | IS_DENIED)) !== 0;
  }

  isDenied(index: number): boolean {
    return (this.#flags(index) & IS_DENIED) !== 0;
  }

  /** A sub-agent's, among those of the one that called it. */
  isOfAgent(index: number): boolean {
    return (this.#flags(index) & IS_OF_AGENT) !== 0;
  }

  toolOf(index: number): string | undefined {
    return this.view.kinds[index] === "c"
      ? this.view.names[this.view.tools[this.#callsBefore[index] ?? 0] ?? -1]
      : undefined;
  }

  /** Undefined where it is not known. */
  durationOf(index: number): number | undefined {
    const us =
      this.view.kinds[index] === "c" ? this.view.durations_us[this.#callsBefore[index] ?? 0] : undefined;
    return us === undefined || us < 0 ? undefined : us;
  }

  #flags(index: number): number {
    return Number(this.view.flags[index] ?? 0);
  }
}
