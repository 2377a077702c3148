/** What stands in a timeline, in words: for its list of marks, for what is under the pointer, for who does not see it. */
import type { AgentRun, TimelineMark, TimelineSpan } from "@/api/types";
import { plural } from "@/format/count";
import { formatDuration } from "@/format/duration";
import { visibleLine } from "../text/visible";
import type { LaneName } from "./picture";

const NAME_MAX = 60;

export function spanWords(lane: LaneName, span: TimelineSpan, agents: ReadonlyMap<string, AgentRun>): string {
  const { count, errors, name, turn } = span;
  const took = formatDuration(span.to - span.from);
  const failed = errors > 0 ? `, ${plural(errors, lane === "turns" ? "error" : "failure")}` : "";
  switch (lane) {
    case "turns":
      return count > 1
        ? `${plural(count, "turn")} from turn ${turn + 1} on, ${took}${failed}`
        : `Turn ${turn + 1}, ${took}${failed}`;
    case "model_requests":
      return `${count > 1 ? plural(count, "model request") : "Model request"}, ${took}${failed}`;
    case "tools": {
      const of = name === null ? "call" : `${visibleLine(name, NAME_MAX)} call`;
      return `${count > 1 ? plural(count, of) : upper(of)}, ${took}${failed}`;
    }
    case "sub_agents": {
      const type = name === null ? undefined : agents.get(name)?.type;
      return count > 1
        ? `${plural(count, "sub-agent")}, ${took}${failed}`
        : `Sub-agent ${visibleLine(type ?? name ?? "", NAME_MAX)}, ${took}${failed}`.replace("  ", " ");
    }
  }
}

export function markWords({ kind, count, name }: TimelineMark): string {
  const of = name === null ? "" : ` ${visibleLine(name, NAME_MAX)}`;
  switch (kind) {
    case "error":
      return count > 1
        ? `${plural(count, "error")}, the first:${of || " not a tool's"}`
        : `Error${of && `:${of}`}`;
    case "skill":
      return count > 1 ? `${plural(count, "skill")}, the first:${of}` : `Skill:${of}`;
    case "compaction":
      return count > 1 ? plural(count, "compaction") : "Context compacted";
  }
}

const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
