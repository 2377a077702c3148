import type { Coverage } from "@/api/types";
import { GradeMark } from "@/coverage/GradeMark";
import { lossWords, processWords, seenWords } from "@/coverage/words";
import { formatCount, plural } from "@/format/count";
import { formatExact } from "@/format/time";
import { SOURCES } from "@/ui/Witnesses";
import { visibleLine } from "../text/visible";
import { Fact, Facts } from "./Facts";

const ID_SHOWN = 8;
/** Of a session with very many, those that began it. */
const PROCESSES_SHOWN = 12;

/** How much of the session was seen, and what that rests on. */
export function CoverageFacts({ coverage }: { coverage: Coverage }) {
  const { details, reasons } = coverage;
  return (
    <Facts title="Coverage">
      <Fact name="Grade">
        <GradeMark coverage={coverage} />
        <ul className="coverage-reasons">
          {reasons.map(({ code, text }) => (
            <li key={code}>{text}</li>
          ))}
        </ul>
      </Fact>
      {details && (
        <>
          {details.witnesses.map(({ source, records, first_at, last_at }) => (
            <Fact
              key={source}
              name={SOURCES[source].name}
              why={
                first_at === null || last_at === null
                  ? undefined
                  : `${formatExact(first_at)} – ${formatExact(last_at)}`
              }
            >
              {plural(records, "record")}
            </Fact>
          ))}
          <Fact name="Turns">
            {details.turns.total > 0 && `${formatCount(details.turns.total)}: ${seenWords(details.turns)}`}
          </Fact>
          <Fact name="Tool calls">
            {details.calls.total > 0 && `${formatCount(details.calls.total)}: ${seenWords(details.calls)}`}
          </Fact>
          {details.processes.slice(0, PROCESSES_SHOWN).map((process, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: processes have no names and do not move
            <Fact key={place} name={`Process ${place + 1}`} why={visibleLine(process.version ?? "", 40)}>
              {processWords(process)}
            </Fact>
          ))}
          <Fact name="More processes">
            {details.processes.length > PROCESSES_SHOWN &&
              formatCount(details.processes.length - PROCESSES_SHOWN)}
          </Fact>
          <Fact name="Last hook">{details.last_hook_at !== null && formatExact(details.last_hook_at)}</Fact>
          <Fact name="Claude Code">
            {details.client_versions.map((version) => visibleLine(version, 40)).join(", ")}
          </Fact>
          <Fact name="Capture client">
            {details.capture_versions.map((version) => visibleLine(version, 40)).join(", ")}
          </Fact>
          <Fact name="Machine">
            {details.devices.map((device) => visibleLine(device.slice(0, ID_SHOWN))).join(", ")}
          </Fact>
          {details.lost.map((loss) => (
            <Fact key={loss.reason} name="Lost">
              {visibleLine(lossWords(loss), 300)}
            </Fact>
          ))}
        </>
      )}
    </Facts>
  );
}
