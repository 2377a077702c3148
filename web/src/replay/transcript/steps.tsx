/** The kinds of steps other than tool calls. */
import type { Step, TurnRow } from "@/api/types";
import { formatBytes, formatShort, plural } from "@/format/count";
import { formatDuration } from "@/format/duration";
import { formatMoney } from "@/format/money";
import { firstLine } from "../text/fold";
import { bytesMissing } from "../text/LongText";
import { Markdown } from "../text/Markdown";
import { StepText } from "../text/StepText";
import { Visible, VisibleLine } from "../text/Visible";
import { visibleLine } from "../text/visible";
import { toolTitle, viewOf } from "../tools/choose";
import { decisionWords, PROMPT_KINDS } from "../wording";
import { SkillFacts } from "./SkillFacts";
import type { StepProps } from "./ToolStep";
import { type TaskNotification, taskNotifications } from "./task-notifications";

const LINE_MAX = 300;
/** Of what a task tells; the whole is in the text behind it. */
const NOTIFICATION_MAX = 4_000;

function Missing({ step, what }: { step: Step; what: string }) {
  return (
    <p className="step-missing">
      {what} not captured{step.text_bytes ? ` (${formatBytes(step.text_bytes)})` : ""}
    </p>
  );
}

const FURTHER_PROMPTS = new Map([
  ["queued", "queued while the model was at work"],
  ["agent_prompt", "asked of the sub-agent"],
  ["mcp_prompt", "what the MCP prompt became"],
]);

export function PromptStep({ step, turn, open, onOpen }: StepProps & { turn: TurnRow | undefined }) {
  const kind = step.name
    ? (FURTHER_PROMPTS.get(step.name) ?? visibleLine(step.name, 80))
    : turn && PROMPT_KINDS[turn.prompt.kind];
  const command = !step.name && turn?.prompt.command !== undefined;
  const notifications = step.text ? taskNotifications(step.text) : undefined;
  return (
    <div className={`prompt ${command ? "prompt-command" : ""}`}>
      {kind && <span className="step-label">{kind}</span>}
      {step.text === null || step.text === undefined ? (
        <Missing step={step} what="Prompt" />
      ) : notifications ? (
        <TaskNotifications notifications={notifications} step={step} open={open} onOpen={onOpen} />
      ) : (
        <StepText step={step} open={open} onOpen={onOpen} />
      )}
    </div>
  );
}

/** What a background task had to tell, in words; the tags that the model was given are behind them. */
function TaskNotifications({
  notifications,
  step,
  open,
  onOpen,
}: StepProps & { notifications: TaskNotification[] }) {
  return (
    <>
      {notifications.map(({ summary, status, event, result }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: notifications do not move
        <div key={place} className="task-notification">
          <p className="task-notification-summary">
            <VisibleLine text={summary ?? "A background task"} charactersMax={LINE_MAX} />
            {status !== undefined && <span className="step-label"> {visibleLine(status, 40)}</span>}
          </p>
          {event !== undefined && (
            <p className="quiet">
              <Visible text={event.slice(0, NOTIFICATION_MAX)} />
            </p>
          )}
          {result !== undefined && <Markdown text={result.slice(0, NOTIFICATION_MAX)} />}
        </div>
      ))}
      <button type="button" className="long-text-more" aria-expanded={open} onClick={() => onOpen(!open)}>
        {open ? "Fold the text" : "As the model was told"}
      </button>
      {open && (
        <div className="task-notification-text">
          <StepText step={step} open onOpen={onOpen} />
        </div>
      )}
    </>
  );
}

export function TextStep({ step, open, onOpen }: StepProps) {
  if (step.text === null) {
    return <Missing step={step} what="Text" />;
  }
  // What came cut cannot be read as Markdown: its end is missing, and it is long.
  return bytesMissing(step.text, step.text_bytes) > 0 ? (
    <div className="answer-long">
      <StepText step={step} open={open} onOpen={onOpen} />
    </div>
  ) : (
    <Markdown text={step.text} />
  );
}

export function ThinkingStep({ step, open, onOpen }: StepProps) {
  if (step.text === null || step.text === "") {
    return <Missing step={step} what="Thinking" />;
  }
  const first = firstLine(step.text);
  const more = step.text.trim() !== first;
  return (
    <div className="thinking">
      <button type="button" className="thinking-head" aria-expanded={open} onClick={() => onOpen(!open)}>
        <span className="step-label">Thinking</span>
        {!open && (
          <span className="thinking-first">
            <VisibleLine text={first} charactersMax={LINE_MAX} />
            {more && " …"}
          </span>
        )}
      </button>
      {open && (
        <div className="thinking-text">
          <StepText step={step} open onOpen={onOpen} />
        </div>
      )}
    </div>
  );
}

export function SkillStep({ step, open, onOpen }: StepProps) {
  return (
    <div className="tool">
      <header className="tool-head">
        <span className="tool-name">Skill</span>
        <span className="tool-summary">
          <VisibleLine text={step.skill?.name ?? ""} charactersMax={LINE_MAX} />
        </span>
      </header>
      {step.skill && <SkillFacts skill={step.skill} />}
      {step.text !== null && (
        <div className="tool-output">
          <StepText step={step} open={open} onOpen={onOpen} />
        </div>
      )}
    </div>
  );
}

export function PermissionStep({ step }: StepProps) {
  const { tool } = step;
  if (!tool) {
    return <p className="permission">Permission asked</p>;
  }
  const decided = decisionWords(tool);
  return (
    <p className={`permission ${tool.decision === "reject" ? "permission-denied" : ""}`}>
      Permission asked for {visibleLine(toolTitle(tool).name, 80)}
      <span className="permission-what">
        {" "}
        <VisibleLine text={viewOf(tool).summary(tool) ?? ""} charactersMax={LINE_MAX} />
      </span>
      <span className="permission-decision"> {decided ?? "No decision seen"}</span>
    </p>
  );
}

export function CompactionStep({ step, open, onOpen }: StepProps) {
  return (
    <div className="compaction">
      <button type="button" className="compaction-rule" aria-expanded={open} onClick={() => onOpen(!open)}>
        <span>
          Context compacted{step.name === "auto" ? " by itself" : step.name === "manual" ? " on command" : ""}
          {step.duration_us !== null && ` · ${formatDuration(step.duration_us)}`} ·{" "}
          {open ? "fold the summary" : "show the summary"}
        </span>
      </button>
      {open &&
        (step.text === null ? (
          <Missing step={step} what="Summary" />
        ) : (
          <div className="compaction-summary">
            <StepText step={step} open onOpen={onOpen} />
          </div>
        ))}
    </div>
  );
}

/** A request to the model in one quiet line: what came out of it follows as steps of their own. */
export function RequestStep({ step }: StepProps) {
  const request = step.model_request;
  if (!request) {
    return null;
  }
  const { input_tokens, cache_read_tokens, output_tokens } = request;
  return (
    <p className="request">
      <span className="request-model">
        <Visible text={(request.model ?? "model request").slice(0, 60)} />
      </span>
      {input_tokens !== null && <span>{formatShort(input_tokens)} in</span>}
      {cache_read_tokens ? <span>{formatShort(cache_read_tokens)} cached</span> : null}
      {output_tokens !== null && <span>{formatShort(output_tokens)} out</span>}
      {request.cost_nanousd !== null && <span>{formatMoney(request.cost_nanousd)}</span>}
      {step.duration_us !== null && <span>{formatDuration(step.duration_us)}</span>}
      {(request.attempts ?? 1) > 1 && (
        <span className="request-attempts">{plural(request.attempts ?? 1, "attempt")}</span>
      )}
      {request.stop_reason === "refusal" && <span className="request-attempts">refused</span>}
      {request.stop_reason === "max_tokens" && (
        <span className="request-attempts">cut at the token limit</span>
      )}
    </p>
  );
}

export function NoticeStep({ step, open, onOpen }: StepProps) {
  return (
    <div className="notice-step">
      {step.name && <span className="step-label">{visibleLine(step.name, 80).replaceAll("_", " ")}</span>}
      {step.text !== null && <StepText step={step} open={open} onOpen={onOpen} />}
    </div>
  );
}

export function ErrorStep({ step, open, onOpen }: StepProps) {
  return (
    <div className="tool-error error-step" role="note">
      <span className="tool-exit">
        <Visible text={(step.name ?? "error").slice(0, 80).replaceAll("_", " ")} />
      </span>
      {step.text === null ? (
        <Missing step={step} what="Message" />
      ) : (
        <StepText step={step} open={open} onOpen={onOpen} />
      )}
    </div>
  );
}
