import { plural } from "@/format/count";
import { CopyButton } from "@/ui/CopyButton";
import { rescanCommand } from "./words";

/** Rules hold for what comes; what is stored is looked through again by hand. */
export function RescanNotice({ workspace, behind }: { workspace: string; behind: number }) {
  if (behind === 0) {
    return null;
  }
  const command = rescanCommand(workspace);
  return (
    <aside className="redaction-behind" aria-label="Older rules">
      <p>
        {plural(behind, "record")} {behind === 1 ? "stands" : "stand"} under older rules. This looks through
        what is stored with those of today:
      </p>
      <p className="redaction-command">
        <code>{command}</code>
        <CopyButton text={command} />
      </p>
    </aside>
  );
}
