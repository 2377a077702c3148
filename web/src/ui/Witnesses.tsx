import type { Source } from "@/api/types";
import "./Witnesses.css";

export interface SourceWords {
  letter: string;
  name: string;
}

/** One letter and one name for every source, in the order in which they are always shown. */
export const SOURCES: Record<Source, SourceWords> = {
  transcript: { letter: "T", name: "transcript" },
  hook: { letter: "H", name: "hooks" },
  otel_log: { letter: "L", name: "telemetry log" },
  otel_metric: { letter: "M", name: "telemetry metrics" },
  otel_span: { letter: "S", name: "telemetry spans" },
  cowork_audit: { letter: "A", name: "Cowork audit log" },
  compliance_api: { letter: "C", name: "Compliance API" },
  inference_hook: { letter: "I", name: "inference hook" },
  capture: { letter: "K", name: "capture client" },
};

/** Always have a place, so that a missing one shows as a gap. The rarer ones come behind when they are there. */
const USUAL: readonly Source[] = ["transcript", "hook", "otel_log", "otel_metric", "otel_span"];

const ORDER = Object.keys(SOURCES) as Source[];

export function Witnesses({ sources }: { sources: readonly Source[] }) {
  const names = ORDER.filter((source) => sources.includes(source)).map((source) => SOURCES[source].name);
  const words = names.length === 0 ? "No witness" : `Witnesses: ${names.join(", ")}`;
  return (
    <span className="witnesses" title={words}>
      <span className="visually-hidden">{words}</span>
      <span aria-hidden="true">
        {runsOf(sources).map(({ place, isThere, text }) => (
          <span key={place} className={isThere ? undefined : "witness-missing"}>
            {text}
          </span>
        ))}
      </span>
    </span>
  );
}

interface Run {
  place: number;
  isThere: boolean;
  text: string;
}

/** Letters and gaps in order; lists show a great many of them, so that neighbours of one kind are one text. */
function runsOf(sources: readonly Source[]): Run[] {
  const runs: Run[] = [];
  ORDER.forEach((source, place) => {
    const isThere = sources.includes(source);
    const last = runs.at(-1);
    const text = isThere ? SOURCES[source].letter : USUAL.includes(source) ? "·" : "";
    if (last?.isThere === isThere) {
      last.text += text;
    } else if (text !== "") {
      runs.push({ place, isThere, text });
    }
  });
  return runs;
}
