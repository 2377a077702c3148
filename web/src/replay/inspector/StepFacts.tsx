import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { downloadUrl } from "@/api/sessions";
import type { ContentField, ModelRequest, Source, Step, StepRow } from "@/api/types";
import { formatBytes, formatCount } from "@/format/count";
import { formatDuration } from "@/format/duration";
import { formatMoney } from "@/format/money";
import { formatExact } from "@/format/time";
import { Skeleton } from "@/ui/Skeleton";
import { SOURCES } from "@/ui/Witnesses";
import { stepQuery } from "../data";
import { redactedKinds } from "../marked-documents";
import { RawStep } from "../records/RawDialog";
import { useReplay } from "../replay-context";
import { FingerprintButton } from "../text/RedactionChip";
import { Visible } from "../text/Visible";
import { visibleLine } from "../text/visible";
import { stepLine } from "../transcript/step-line";
import { decisionWords, STEP_KINDS, STEP_SOURCES } from "../wording";
import { Fact, Facts, Id } from "./Facts";

/** Everything that is known of one step, and who says so. */
export function StepFacts({ item, steps }: { item: StepRow; steps: number }) {
  const { step, index, turn_index } = item;
  const { agent, agents } = useReplay();
  const run = step.agent_id === null ? undefined : agents.get(step.agent_id);
  const { label, text } = stepLine(step);
  return (
    <>
      <header className="inspector-head">
        <h2>
          {label}
          {text !== "" && (
            <span className="inspector-what">
              {" "}
              <Visible text={text} />
            </span>
          )}
        </h2>
        <p className="quiet">
          Step {formatCount(index + 1)} of {formatCount(steps)}
          {agent === undefined ? ` · turn ${formatCount(turn_index + 1)}` : " of the sub-agent"}
        </p>
      </header>
      <Facts title="Details">
        <Fact name="Kind">
          {STEP_KINDS[step.kind]}
          {step.name && <span className="quiet"> {visibleLine(step.name, 80)}</span>}
        </Fact>
        <Fact name="At">{step.at !== null && formatExact(step.at)}</Fact>
        <Fact name="Took">{step.duration_us !== null && formatDuration(step.duration_us)}</Fact>
        <Fact name="Sub-agent">{step.agent_id !== null && visibleLine(run?.type ?? step.agent_id, 80)}</Fact>
        {step.tool && (
          <>
            <Fact name="Decision">{decisionWords(step.tool)}</Fact>
            <Fact name="Decided by">
              {step.tool.decision_source !== null && (
                <code>{visibleLine(step.tool.decision_source, 80)}</code>
              )}
            </Fact>
            <Fact name="MCP server">{step.tool.mcp?.server && visibleLine(step.tool.mcp.server, 80)}</Fact>
          </>
        )}
        {step.skill && (
          <>
            <Fact name="Skill">{visibleLine(step.skill.name, 80)}</Fact>
            <Fact name="Version label">{step.skill.label !== null && visibleLine(step.skill.label, 80)}</Fact>
            <Fact name={step.skill.hash_of === "tree" ? "Hash of the folder" : "Hash of the text"}>
              {step.skill.hash !== null && <Id id={step.skill.hash} />}
            </Fact>
          </>
        )}
      </Facts>
      <RedactionFacts step={step} />
      <RequestFacts step={step} />
      <Contents step={step} />
      <WitnessFacts witnesses={step.witnesses} />
      <Facts title="Ids">
        <Fact name="Step">
          <Id id={step.id} />
        </Fact>
        <Fact name="Tool use">
          {step.tool?.use_id && step.tool.use_id !== step.id && <Id id={step.tool.use_id} />}
        </Fact>
        <Fact name="Request">
          {step.request_id && step.request_id !== step.id && <Id id={step.request_id} />}
        </Fact>
        <Aliases aliases={step.aliases} />
        <Fact name="Records" why="Numbers in the workspace's ledger">
          <Records records={step.records} />
          <RawButton step={step} />
        </Fact>
      </Facts>
    </>
  );
}

/** What was replaced in it, by type; each value that can be told from others leads to its like on the page. */
function RedactionFacts({ step }: { step: Step }) {
  const { ruleTitles } = useReplay();
  const kinds = useMemo(() => redactedKinds(step), [step]);
  return (
    kinds.length > 0 && (
      <Facts title="Redacted">
        {kinds.map(({ kind, count, fingerprints }) => (
          <Fact key={kind} name={ruleTitles.get(kind) ?? kind} why={kind}>
            {formatCount(count)}
            {fingerprints.length > 0 && (
              <span className="fact-fingerprints">
                {fingerprints.slice(0, FINGERPRINTS_SHOWN).map((fingerprint) => (
                  <FingerprintButton key={fingerprint} placeholder={{ kind, fingerprint }} />
                ))}
                {fingerprints.length > FINGERPRINTS_SHOWN &&
                  `${formatCount(fingerprints.length - FINGERPRINTS_SHOWN)} more`}
              </span>
            )}
          </Fact>
        ))}
      </Facts>
    )
  );
}

const FINGERPRINTS_SHOWN = 12;

/** A text or call says nothing of its cost: the request that it came out of does. */
function RequestFacts({ step }: { step: Step }) {
  const { workspace, session } = useReplay();
  const requestId = step.model_request === undefined ? step.request_id : undefined;
  const request = useQuery({
    ...stepQuery(workspace, session, requestId ?? ""),
    enabled: requestId !== undefined,
  });
  const known = step.model_request ? step : request.data?.step;
  if (request.isLoading) {
    return <RequestSkeleton />;
  }
  if (!known?.model_request) {
    return null;
  }
  return <Request request={known.model_request} duration={known.duration_us} own={known === step} />;
}

function Request({
  request,
  duration,
  own,
}: {
  request: ModelRequest;
  duration: number | null;
  own: boolean;
}) {
  const tokens = (count: number | null) => count !== null && formatCount(count);
  return (
    <Facts title={own ? "Model request" : "The request that it came out of"}>
      <Fact name="Model">{request.model !== null && visibleLine(request.model, 80)}</Fact>
      <Fact name="Cost" why={request.cost_nanousd === null ? "No source told what it cost" : undefined}>
        {request.cost_nanousd === null ? "unknown" : formatMoney(request.cost_nanousd)}
      </Fact>
      <Fact name="Tokens in">{tokens(request.input_tokens)}</Fact>
      <Fact name="From cache">{tokens(request.cache_read_tokens)}</Fact>
      <Fact name="Into cache">{tokens(request.cache_creation_tokens)}</Fact>
      <Fact name="Tokens out">{tokens(request.output_tokens)}</Fact>
      <Fact name="Latency">{duration !== null && formatDuration(duration)}</Fact>
      <Fact name="First token after">{request.ttft_us !== null && formatDuration(request.ttft_us)}</Fact>
      <Fact name="Attempts">{request.attempts}</Fact>
      <Fact name="Stopped by">
        {request.stop_reason !== null && <code>{visibleLine(request.stop_reason, 80)}</code>}
      </Fact>
      <Fact name="Asked by">
        {request.query_source !== null && <code>{visibleLine(request.query_source, 80)}</code>}
      </Fact>
    </Facts>
  );
}

const REQUEST_FACTS = [
  "Model",
  "Cost",
  "Tokens in",
  "From cache",
  "Into cache",
  "Tokens out",
  "Latency",
  "First token after",
  "Attempts",
  "Stopped by",
  "Asked by",
];

/** As tall as the facts will be, which come a moment after those of the step. */
function RequestSkeleton() {
  return (
    <Facts title="The request that it came out of">
      {REQUEST_FACTS.map((name) => (
        <Fact key={name} name={name}>
          <Skeleton width="5em" />
        </Fact>
      ))}
    </Facts>
  );
}

function Contents({ step }: { step: Step }) {
  const { workspace, session } = useReplay();
  const fields: [ContentField, string, number | undefined, unknown][] = [
    ["text", "Text", step.text_bytes, step.text],
    ["input", "Input", step.tool?.input_bytes, step.tool?.input ?? step.tool?.input_ref],
    ["output", "Output", step.tool?.output_bytes, step.tool?.output ?? step.tool?.output_ref],
    ["result", "Structured result", step.tool?.result_bytes, step.tool?.result ?? step.tool?.result_ref],
    ["error", "Error", step.tool?.error_bytes, step.tool?.error],
  ];
  const known = fields.filter(([, , bytes]) => bytes);
  if (known.length === 0) {
    return null;
  }
  return (
    <Facts title="Contents">
      {known.map(([field, name, bytes, value]) => (
        <Fact key={field} name={name}>
          {formatBytes(bytes ?? 0)}
          {value !== null && value !== undefined ? (
            <>
              {" "}
              <a href={downloadUrl(workspace, session, step.id, field)} download>
                Download
              </a>
            </>
          ) : (
            <span className="quiet"> not captured</span>
          )}
        </Fact>
      ))}
    </Facts>
  );
}

/** Who attests the step, and which of the session's sources could have but do not. */
function WitnessFacts({ witnesses }: { witnesses: readonly Source[] }) {
  const { sources } = useReplay();
  const others = sources.filter((source) => STEP_SOURCES.has(source) && !witnesses.includes(source));
  return (
    <section className="facts">
      <h3 className="facts-title">Witnesses</h3>
      <ul className="witness-list">
        {witnesses.map((source) => (
          <li key={source}>
            <span className="witness-letter">{SOURCES[source].letter}</span>
            {SOURCES[source].name}
          </li>
        ))}
        {others.map((source) => (
          <li key={source} className="witness-absent">
            <span className="witness-letter">{SOURCES[source].letter}</span>
            {SOURCES[source].name} <span>has nothing of it</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const ALIASES_SHOWN = 4;

function Aliases({ aliases }: { aliases: readonly string[] }) {
  const ids = (shown: readonly string[]) => shown.map((alias) => <Id key={alias} id={alias} />);
  return (
    <Fact
      name={aliases.length === 1 ? "Alias" : "Aliases"}
      why="Other ids that this step has or had; each finds it"
    >
      {aliases.length > 0 && (
        <>
          {ids(aliases.slice(0, ALIASES_SHOWN))}
          {aliases.length > ALIASES_SHOWN && (
            <details>
              <summary>{aliases.length - ALIASES_SHOWN} more</summary>
              {ids(aliases.slice(ALIASES_SHOWN))}
            </details>
          )}
        </>
      )}
    </Fact>
  );
}

function RawButton({ step }: { step: Step }) {
  const [shown, setShown] = useState(false);
  return (
    step.records.length > 0 && (
      <>
        {" "}
        <button type="button" className="fact-raw" onClick={() => setShown(true)}>
          Raw, with proof
        </button>
        {shown && <RawStep step={step} onClose={() => setShown(false)} />}
      </>
    )
  );
}

const RECORDS_SHOWN = 12;

function Records({ records }: { records: readonly number[] }) {
  if (records.length === 0) {
    return null;
  }
  const shown = records.slice(0, RECORDS_SHOWN).join(", ");
  return (
    <span className="mono">
      {shown}
      {records.length > RECORDS_SHOWN && (
        <details>
          <summary>{records.length - RECORDS_SHOWN} more</summary>
          {records.slice(RECORDS_SHOWN).join(", ")}
        </details>
      )}
    </span>
  );
}
