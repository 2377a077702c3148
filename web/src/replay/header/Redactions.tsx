import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from "react";
import type { SessionHead } from "@/api/types";
import { formatCount, plural } from "@/format/count";
import { usePressOutside } from "@/ui/use-press-outside";
import { useReplay } from "../replay-context";
import { visibleLine } from "../text/visible";

/** The facts of the header, with what redaction replaced in the session among them: a press shows it by type. */
export function FactsWithRedactions({
  redactions,
  children,
}: {
  redactions: SessionHead["redactions"];
  children: (button: ReactNode) => ReactNode;
}) {
  const { ruleTitles } = useReplay();
  const [open, setOpen] = useState(false);
  /** How far from the left the button stands: the list hangs below it. */
  const [left, setLeft] = useState(0);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  usePressOutside(root, open, () => setOpen(false));
  const kinds = Object.entries(redactions).sort(([one, ones], [other, others]) =>
    ones === others ? one.localeCompare(other) : others - ones,
  );
  const total = kinds.reduce((sum, [, count]) => sum + count, 0);

  function onKeyDown(event: KeyboardEvent) {
    if (open && event.key === "Escape") {
      // The page has an Escape of its own.
      event.preventDefault();
      setOpen(false);
      button.current?.focus();
    }
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes what the button within opens
    <div ref={root} className="replay-redactions" onKeyDown={onKeyDown}>
      {children(
        total > 0 && (
          <button
            ref={button}
            type="button"
            className="replay-redactions-button"
            aria-expanded={open}
            aria-controls={open ? id : undefined}
            onClick={() => {
              setLeft(button.current?.offsetLeft ?? 0);
              setOpen(!open);
            }}
          >
            {plural(total, "redaction")}
          </button>
        ),
      )}
      {open && (
        <section
          id={id}
          className="replay-redactions-list"
          aria-label="Redactions by type"
          style={{ insetInlineStart: `max(0px, min(${left}px, 100% - 26rem))` }}
        >
          <table>
            <caption className="visually-hidden">What was replaced in this session, by type</caption>
            <tbody>
              {kinds.map(([kind, count]) => (
                <tr key={kind}>
                  <th scope="row">
                    {visibleLine(ruleTitles.get(kind) ?? kind, 80)}
                    {ruleTitles.has(kind) && <code> {visibleLine(kind, 40)}</code>}
                  </th>
                  <td>{formatCount(count)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className="quiet">In its records; what several sources told counts for each of them.</p>
        </section>
      )}
    </div>
  );
}
