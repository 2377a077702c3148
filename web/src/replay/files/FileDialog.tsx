import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { messageOf } from "@/api/error";
import type { ChangedFile } from "@/api/types";
import { formatCount } from "@/format/count";
import { formatExact } from "@/format/time";
import { Dialog } from "@/ui/Dialog";
import { Skeleton } from "@/ui/Skeleton";
import { Diff } from "../diff/Diff";
import { hunksOfPatch } from "../diff/patch";
import { fileDiffQuery } from "../panels-data";
import { useReplay } from "../replay-context";
import { Visible } from "../text/Visible";
import { visibleLine } from "../text/visible";
import { clockSeconds } from "../transcript/clock";
import { basisWords, CHANGE_WORDS } from "./file-words";
import { LinesChanged } from "./LinesChanged";

const EDITS_SHOWN = 200;

/** One changed file: its edits, each a way to its turn, and its net change. */
export function FileDialog({
  file,
  onStep,
  onClose,
}: {
  file: ChangedFile;
  onStep: (index: number) => void;
  onClose: () => void;
}) {
  const { agents } = useReplay();
  const word = CHANGE_WORDS[file.change];
  return (
    <Dialog title="Changed file" wide onClose={onClose}>
      <p className="file-path">
        <code>
          <Visible text={visibleLine(file.path, 600)} />
        </code>{" "}
        {word !== "" && <span className={`files-word files-word-${file.change}`}>{word}</span>}{" "}
        {file.change !== "abandoned" && <LinesChanged lines={file.lines} />}
      </p>
      <p className="quiet">{basisWords(file)}</p>
      <h3 className="file-part">Edits</h3>
      <ol className="file-edits">
        {file.edits.slice(0, EDITS_SHOWN).map((edit) => {
          const run = edit.agent_id === null ? undefined : agents.get(edit.agent_id);
          return (
            <li key={edit.step}>
              <button type="button" onClick={() => onStep(edit.step)}>
                <span className="file-edit-turn">Turn {formatCount(edit.turn_index + 1)}</span>
                <span>
                  {visibleLine(edit.tool, 40)}
                  {edit.agent_id !== null && (
                    <span className="quiet"> by sub-agent {visibleLine(run?.type ?? edit.agent_id, 40)}</span>
                  )}
                  {edit.is_abandoned && <span className="files-word files-word-abandoned"> abandoned</span>}
                </span>
                {edit.at !== null && <time title={formatExact(edit.at)}>{clockSeconds(edit.at)}</time>}
                <LinesChanged lines={edit.lines} />
              </button>
            </li>
          );
        })}
      </ol>
      {file.edits.length > EDITS_SHOWN && (
        <p className="quiet">{formatCount(file.edits.length - EDITS_SHOWN)} more edits</p>
      )}
      {file.change !== "abandoned" && (
        <>
          <h3 className="file-part">Net change</h3>
          <NetChange path={file.path} />
        </>
      )}
    </Dialog>
  );
}

function NetChange({ path }: { path: string }) {
  const { workspace, session } = useReplay();
  const diff = useQuery(fileDiffQuery(workspace, session, path));
  const hunks = useMemo(
    () =>
      diff.data?.hunks &&
      hunksOfPatch(
        diff.data.hunks.map(({ old_start, new_start, lines }) => ({
          oldStart: old_start,
          newStart: new_start,
          lines,
        })),
      ),
    [diff.data],
  );
  if (diff.isPending) {
    return <Skeleton width="24em" />;
  }
  if (diff.isError) {
    return (
      <p role="alert">
        The change could not be fetched. {messageOf(diff.error)}{" "}
        <button type="button" className="long-text-more" onClick={() => diff.refetch()}>
          Try again
        </button>
      </p>
    );
  }
  if (!hunks) {
    return (
      <p className="quiet">
        Its first and its last state are not known, or are too long to compare. The edits above show what each
        did.
      </p>
    );
  }
  if (hunks.length === 0) {
    return <p className="quiet">The file is as it was before.</p>;
  }
  return (
    <div className="file-diff">
      <Diff hunks={hunks} open={true} onOpen={() => undefined} />
      {diff.data.is_cut && <p className="quiet">The change goes on: what is shown is its beginning.</p>}
    </div>
  );
}
