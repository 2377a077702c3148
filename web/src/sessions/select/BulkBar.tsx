import { useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { messageOf } from "@/api/error";
import { changeTag } from "@/api/reviews";
import { grantOf, mayDo, selfQuery } from "@/api/self";
import { EXPORTS, exportPath } from "@/api/sharing";
import { writeTerm } from "@/filter/terms";
import { formatCount, plural } from "@/format/count";
import { useShortcuts } from "@/keyboard/use-shortcuts";
import { CompletedText } from "@/review/CompletedText";
import { isTag, TAG_MAX, TAG_RULE, writtenTag } from "@/review/tag";
import { useTagNames } from "@/review/use-tag-names";
import { save } from "@/share/save";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { FormError } from "@/ui/Field";
import { Menu } from "@/ui/Menu";
import { onSubmit } from "@/ui/on-submit";
import "./BulkBar.css";
import { eachOf } from "./each-of";
import { QueueDialog } from "./QueueDialog";
import { SELECTED_MAX } from "./selection";

/** What can be done with the selected sessions, at the foot of the window. */
export function BulkBar({
  workspace,
  ids,
  onClear,
  onDone,
}: {
  workspace: string;
  ids: ReadonlySet<string>;
  onClear: () => void;
  onDone: () => void;
}) {
  const { data: self } = useSuspenseQuery(selfQuery);
  const grant = grantOf(self, workspace);
  const [open, setOpen] = useState<"tag" | "queue">();
  const mayTag = mayDo(grant, "reviews.write");
  useShortcuts({
    "sessions.select_none": onClear,
    "sessions.tag": mayTag ? () => setOpen("tag") : undefined,
  });

  return (
    <section className="bulk-bar" aria-label="Selected sessions">
      <p className="bulk-count" role="status">
        {plural(ids.size, "session")} selected{ids.size >= SELECTED_MAX && ", the most at once"}
      </p>
      {mayTag && <Button onClick={() => setOpen("tag")}>Tag …</Button>}
      {mayDo(grant, "reviews.manage") && <Button onClick={() => setOpen("queue")}>Add to a queue …</Button>}
      {mayDo(grant, "sessions.export") && (
        <Menu
          label="Export the selected sessions"
          align="start"
          sections={[
            {
              items: EXPORTS.map((each) => ({
                label: "ofMany" in each ? each.ofMany : each.name,
                onSelect: () => save(exportPath(workspace, { filter: filterOf(ids) }, each)),
              })),
            },
          ]}
        >
          Export
        </Menu>
      )}
      <Button look="quiet" onClick={onClear}>
        Select none
      </Button>
      {open === "tag" && (
        <TagDialog workspace={workspace} ids={[...ids]} onClose={() => setOpen(undefined)} onDone={onDone} />
      )}
      {open === "queue" && (
        <QueueDialog
          workspace={workspace}
          ids={[...ids]}
          onClose={() => setOpen(undefined)}
          onDone={onDone}
        />
      )}
    </section>
  );
}

function TagDialog({
  workspace,
  ids,
  onClose,
  onDone,
}: {
  workspace: string;
  ids: string[];
  onClose: () => void;
  onDone: () => void;
}) {
  const [text, setText] = useState("");
  const [word, setWord] = useState<string>();
  const names = useTagNames(workspace, word);
  const [done, setDone] = useState<number>();
  const [error, setError] = useState<string>();
  const isRunning = done !== undefined;

  async function run(written: string) {
    const tag = writtenTag(written);
    if (!isTag(tag)) {
      setError(TAG_RULE);
      return;
    }
    setError(undefined);
    setDone(0);
    const { failed, reason } = await eachOf(ids, (id) => changeTag(workspace, id, { tag }), setDone);
    setDone(undefined);
    if (failed.length > 0) {
      setError(`${plural(failed.length, "session")} not tagged: ${messageOf(reason)}`);
      return;
    }
    onClose();
    onDone();
  }

  return (
    <Dialog title={`Tag ${plural(ids.length, "session")}`} onClose={onClose}>
      <form className="bulk-form" onSubmit={onSubmit(() => void run(text))}>
        <div className="field">
          <CompletedText
            label="Tag"
            required
            maxLength={TAG_MAX}
            placeholder="made-up-number"
            value={text}
            wordAt={() => 0}
            suggestions={names}
            onChange={setText}
            onWord={setWord}
          />
        </div>
        <FormError message={error} />
        <div className="bulk-form-end">
          <span role="status" className="quiet">
            {isRunning && `${formatCount(done)} of ${formatCount(ids.length)}`}
          </span>
          <Button type="submit" look="primary" disabled={isRunning || text.trim() === ""}>
            Tag
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** The filter that finds these sessions. */
function filterOf(ids: ReadonlySet<string>): string {
  return writeTerm({ key: "id", operator: ":", values: [...ids], negated: false });
}
