import { visibleParts } from "@/replay/text/visible";
import "./Snippet.css";

/** Words around what was found. Marks are places in the text: nothing of it is ever markup. */
export function Snippet({ snippet }: { snippet: { text: string; marks: readonly (readonly number[])[] } }) {
  return (
    <bdi className="snippet">
      {piecesOf(snippet.text, snippet.marks).map(({ text, found, at }) => {
        const shown = visibleParts(text)
          .map((part) => part.text)
          .join("");
        return found ? <mark key={at}>{shown}</mark> : <span key={at}>{shown}</span>;
      })}
    </bdi>
  );
}

/** The text in pieces, by marks in characters (not UTF-16 units). Marks that are none change nothing. */
export function piecesOf(
  text: string,
  marks: readonly (readonly number[])[],
): { text: string; found: boolean; at: number }[] {
  const characters = Array.from(text);
  const pieces: { text: string; found: boolean; at: number }[] = [];
  let at = 0;
  const take = (to: number, found: boolean) => {
    if (to > at) {
      pieces.push({ text: characters.slice(at, to).join(""), found, at });
      at = to;
    }
  };
  for (const [start = 0, end = 0] of marks) {
    if (start >= at && end <= characters.length) {
      take(start, false);
      take(end, true);
    }
  }
  take(characters.length, false);
  return pieces;
}
