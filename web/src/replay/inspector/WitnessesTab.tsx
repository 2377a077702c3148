import type { SessionHead, StepRow } from "@/api/types";
import { plural } from "@/format/count";
import { SOURCES } from "@/ui/Witnesses";
import { useReplay } from "../replay-context";
import { STEP_SOURCES } from "../wording";
import { CoverageFacts } from "./CoverageFacts";

/** Who saw it: of the chosen step, and of the session. */
export function WitnessesTab({ head, item }: { head: SessionHead; item: StepRow | undefined }) {
  return (
    <>
      <header className="panel-head">
        <h2>Witnesses</h2>
        <p className="quiet">
          {head.sources.length === 0
            ? "No source told of this session."
            : `${plural(head.sources.length, "source")} told of this session.`}
        </p>
      </header>
      {item && <StepWitnesses item={item} />}
      <CoverageFacts coverage={head.coverage} />
    </>
  );
}

function StepWitnesses({ item: { step } }: { item: StepRow }) {
  const { sources } = useReplay();
  return (
    <section className="facts">
      <h3 className="facts-title">The chosen step</h3>
      <ul className="witness-list">
        {sources
          .filter((source) => STEP_SOURCES.has(source))
          .map((source) => {
            const saw = step.witnesses.includes(source);
            return (
              <li key={source} className={saw ? undefined : "witness-absent"}>
                <span className="witness-letter">{SOURCES[source].letter}</span>
                {SOURCES[source].name} <span>{saw ? "saw it" : "has nothing of it"}</span>
              </li>
            );
          })}
      </ul>
    </section>
  );
}
