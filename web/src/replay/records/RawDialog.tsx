import { useQuery } from "@tanstack/react-query";
import { messageOf } from "@/api/error";
import type { Step } from "@/api/types";
import { formatCount, plural } from "@/format/count";
import { Dialog } from "@/ui/Dialog";
import { Skeleton } from "@/ui/Skeleton";
import { recordQuery, stepRecordsQuery } from "../panels-data";
import { useReplay } from "../replay-context";
import { RecordCard } from "./RecordCard";

/** The records that a step rests on, each with its proof. */
export function RawStep({ step, onClose }: { step: Step; onClose: () => void }) {
  const { workspace, session } = useReplay();
  const records = useQuery(stepRecordsQuery(workspace, session, step.id));
  return (
    <Dialog title="Raw: records and proof" wide onClose={onClose}>
      {records.data ? (
        <>
          <p className="record-intro quiet">
            This step rests on {plural(step.records.length, "record")}
            {records.data.items.length > step.records.length &&
              `; ${formatCount(records.data.items.length - step.records.length)} more are other contents of the same items`}
            .{records.data.more > 0 && ` ${formatCount(records.data.more)} are not shown.`}
          </p>
          {records.data.items.map((record) => (
            <RecordCard key={record.id} record={record} />
          ))}
        </>
      ) : (
        <Waiting error={records.error} onRetry={() => records.refetch()} />
      )}
    </Dialog>
  );
}

/** One record with its proof. */
export function RawRecord({ record, onClose }: { record: number; onClose: () => void }) {
  const { workspace, session } = useReplay();
  const found = useQuery(recordQuery(workspace, session, record));
  return (
    <Dialog title="Raw: record and proof" wide onClose={onClose}>
      {found.data ? (
        <RecordCard record={found.data} />
      ) : (
        <Waiting error={found.error} onRetry={() => found.refetch()} />
      )}
    </Dialog>
  );
}

function Waiting({ error, onRetry }: { error: Error | null; onRetry: () => void }) {
  return error ? (
    <p role="alert">
      The records could not be fetched. {messageOf(error)}{" "}
      <button type="button" className="long-text-more" onClick={onRetry}>
        Try again
      </button>
    </p>
  ) : (
    <div className="record-waiting">
      <Skeleton width="18em" />
      <Skeleton width="30em" />
      <Skeleton width="26em" />
    </div>
  );
}
