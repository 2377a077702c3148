import { formatCount } from "@/format/count";

/** `+3 −1`; a question mark where it is not known. */
export function LinesChanged({ lines }: { lines: { added: number; removed: number } | null }) {
  if (lines === null) {
    return (
      <span className="diff-counts quiet" title="No source tells how many lines">
        ?
      </span>
    );
  }
  return (
    <span className="diff-counts">
      {lines.added > 0 && <span className="diff-count-added">+{formatCount(lines.added)}</span>}
      {lines.removed > 0 && <span className="diff-count-removed">−{formatCount(lines.removed)}</span>}
      {lines.added === 0 && lines.removed === 0 && <span className="quiet">±0</span>}
    </span>
  );
}
