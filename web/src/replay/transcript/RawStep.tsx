import { useQuery } from "@tanstack/react-query";
import { memo } from "react";
import { messageOf } from "@/api/error";
import type { Json, Step, StepRow } from "@/api/types";
import { formatCount, plural } from "@/format/count";
import { Skeleton } from "@/ui/Skeleton";
import { useFold } from "../folds";
import { stepRecordsQuery } from "../panels-data";
import { RecordCard } from "../records/RecordCard";
import { useReplay } from "../replay-context";
import { LongText } from "../text/LongText";
import { Visible } from "../text/Visible";
import { STEP_KINDS } from "../wording";
import { clockSeconds } from "./clock";

/** A step as its document has it. */
export const RawStep = memo(function RawStep({ item }: { item: StepRow }) {
  const { step } = item;
  return (
    <div className="step raw-step">
      <span className="step-time">{step.at !== null && clockSeconds(step.at)}</span>
      <div className="step-body">
        <p className="raw-head">
          <span className="raw-kind">{STEP_KINDS[step.kind]}</span>
          <code className="raw-id">
            <Visible text={step.id.slice(0, 200)} />
          </code>
        </p>
        <RawJson name="document" step={step.id} value={step as unknown as Json} />
        <RawRecords step={step} />
      </div>
    </div>
  );
});

/** The records that the step rests on, each with its proof, once they are asked for. */
function RawRecords({ step }: { step: Step }) {
  const { workspace, session, folds } = useReplay();
  const [open, setOpen] = useFold(folds, `raw:records:${step.id}`, false);
  const records = useQuery({ ...stepRecordsQuery(workspace, session, step.id), enabled: open });
  return (
    <div className="raw-records">
      <button type="button" className="long-text-more" aria-expanded={open} onClick={() => setOpen(!open)}>
        {plural(step.records.length, "record")} with{" "}
        {step.records.length === 1 ? "its proof" : "their proofs"}
      </button>
      {open &&
        (records.data ? (
          <>
            {records.data.items.map((record) => (
              <RecordCard key={record.id} record={record} />
            ))}
            {records.data.more > 0 && (
              <p className="quiet">{formatCount(records.data.more)} further records are not shown.</p>
            )}
          </>
        ) : records.isError ? (
          <p role="alert">The records could not be fetched. {messageOf(records.error)}</p>
        ) : (
          <div className="tool-waiting">
            <Skeleton width="60%" />
          </div>
        ))}
    </div>
  );
}

/** JSON as text, folded while it is long. */
export function RawJson({ name, step, value }: { name: string; step: string; value: Json }) {
  const { folds } = useReplay();
  const [open, setOpen] = useFold(folds, `raw:${name}:${step}`, false);
  return (
    <div className="raw-json">
      <LongText text={JSON.stringify(value, null, 2)} step={step} field="text" open={open} onOpen={setOpen} />
    </div>
  );
}
