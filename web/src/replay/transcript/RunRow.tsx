import { formatCount, plural } from "@/format/count";
import { formatDuration } from "@/format/duration";
import type { RunSummary } from "../layout/fold-rule";
import { summaryOf } from "../layout/fold-rule";
import type { StepKinds } from "../layout/step-kinds";
import { Visible } from "../text/Visible";
import { toolTitle } from "../tools/choose";

const TOOLS_MAX = 6;
const NAME_MAX = 40;

/** Steps that are folded into one line: `7 calls: Read ×4, Bash ×3 · 12s`. */
export function RunRow({
  from,
  to,
  open,
  kinds,
  onOpen,
}: {
  from: number;
  to: number;
  open: boolean;
  kinds: StepKinds | undefined;
  onOpen: (from: number, open: boolean) => void;
}) {
  const summary = kinds && summaryOf(from, to, kinds);
  return (
    <div className="step step-run">
      <span className="step-time" />
      <div className="step-body">
        <button type="button" className="run-line" aria-expanded={open} onClick={() => onOpen(from, !open)}>
          <span className="run-mark" aria-hidden="true">
            {open ? "▾" : "▸"}
          </span>
          {summary ? <Words summary={summary} /> : plural(to - from, "step")}
        </button>
      </div>
    </div>
  );
}

function Words({ summary }: { summary: RunSummary }) {
  const { calls, tools, thoughts, texts, skills, notices, permissions, ofAgents, us } = summary;
  const more = [
    texts > 0 && plural(texts, "text"),
    thoughts > 0 && plural(thoughts, "thought"),
    skills > 0 && plural(skills, "skill"),
    permissions > 0 && `${plural(permissions, "permission")} asked`,
    notices > 0 && plural(notices, "notice"),
    ofAgents > 0 && `${plural(ofAgents, "step")} of sub-agents`,
  ].filter((words) => words !== false);
  return (
    <>
      {calls > 0 && (
        <span>
          {plural(calls, "call")}
          {": "}
          <span className="run-tools">
            {tools.slice(0, TOOLS_MAX).map(([name, times], place) => (
              <span key={name}>
                {place > 0 && ", "}
                <Visible text={toolTitle({ name, mcp: null }).name.slice(0, NAME_MAX)} />
                {times > 1 && ` ×${formatCount(times)}`}
              </span>
            ))}
            {tools.length > TOOLS_MAX && `, ${tools.length - TOOLS_MAX} other tools`}
          </span>
        </span>
      )}
      {more.length > 0 && <span className="run-more">{more.join(", ")}</span>}
      {us > 0 && <span className="run-more">{formatDuration(us)}</span>}
    </>
  );
}
