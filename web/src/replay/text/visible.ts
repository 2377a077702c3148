/**
 * Makes characters visible that would otherwise be unseen or move their neighbours: controls, bidi controls,
 * zero-width and tag characters. A replay must show what the model saw, also what was hidden from people.
 */
import { type Placeholder, pieces, placeholderText } from "./redactions";

export interface TextPart {
  kind: "text" | "mark" | "redaction";
  /** What is shown: the text itself, the label of the mark, or the placeholder. */
  text: string;
  /** What a mark stands for, in words. */
  title?: string;
  /** What the placeholder says. */
  placeholder?: Placeholder;
}

const UNSEEN = String.raw`[\0-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}\p{Cs}]`;
const EMOJI = String.raw`\p{Extended_Pictographic}[\u{1f3fb}-\u{1f3ff}]?\ufe0f?(?:\u200d\p{Extended_Pictographic}[\u{1f3fb}-\u{1f3ff}]?\ufe0f?)*|[#*0-9]\ufe0f?\u20e3`;

/** More combining marks than this on one letter run over the lines around them. */
const COMBINING_MAX = 8;
const COMBINING = String.raw`\p{M}{${COMBINING_MAX + 1},}`;

const SUSPICIOUS = new RegExp(`${UNSEEN}|${COMBINING}`, "u");
// Joiners within an emoji are how it is written, so emoji are matched first and kept.
const PIECES = new RegExp(`(${EMOJI})|((?:${UNSEEN})+)|(${COMBINING})`, "gu");

/** Splits a text into what can be shown as it is, marks for what cannot, and what was redacted. */
export function visibleParts(text: string): TextPart[] {
  return pieces(text).flatMap((piece): TextPart[] =>
    typeof piece === "string"
      ? seenParts(piece)
      : [{ kind: "redaction", text: placeholderText(piece), placeholder: piece }],
  );
}

function seenParts(text: string): TextPart[] {
  const source = text.includes("\r\n") ? text.replaceAll("\r\n", "\n") : text;
  if (!SUSPICIOUS.test(source)) {
    return source === "" ? [] : [{ kind: "text", text: source }];
  }
  const parts: TextPart[] = [];
  let shownTo = 0;
  let plain = "";
  const flush = () => {
    if (plain !== "") {
      parts.push({ kind: "text", text: plain });
      plain = "";
    }
  };
  for (const match of source.matchAll(PIECES)) {
    const [whole, emoji, unseen] = match;
    plain += source.slice(shownTo, match.index);
    shownTo = match.index + whole.length;
    if (emoji !== undefined) {
      plain += emoji;
    } else if (unseen !== undefined) {
      flush();
      parts.push(...marksOf(unseen));
    } else {
      const points = Array.from(whole);
      plain += points.slice(0, COMBINING_MAX).join("");
      flush();
      const more = points.length - COMBINING_MAX;
      parts.push(mark(`+${more} combining`, `${more} more combining marks on the letter before`));
    }
  }
  plain += source.slice(shownTo);
  flush();
  return parts;
}

/** The same on one line, for titles, tooltips and file names, where elements have no place. */
export function visibleLine(text: string, charactersMax = 300): string {
  return visibleParts(oneLine(text, charactersMax))
    .map((part) => part.text)
    .join("");
}

export function oneLine(text: string, charactersMax = 300): string {
  const cut = text.length > charactersMax ? `${text.slice(0, charactersMax)}…` : text;
  return cut.replace(/(?:\r?\n|[ \t])+/g, " ").replace(/^ | $/g, "");
}

function marksOf(run: string): TextPart[] {
  const marks: TextPart[] = [];
  const points = Array.from(run);
  for (let at = 0; at < points.length; ) {
    const point = points[at] ?? "";
    let end = at + 1;
    if (isTag(point)) {
      while (end < points.length && isTag(points[end] ?? "")) {
        end++;
      }
      marks.push(tagMark(points.slice(at, end)));
    } else {
      while (end < points.length && points[end] === point) {
        end++;
      }
      const times = end - at > 1 ? `×${end - at}` : "";
      marks.push(mark(`${labelOf(point)}${times}`, nameOf(point)));
    }
    at = end;
  }
  return marks;
}

const isTag = (point: string) => point >= "\u{e0000}" && point <= "\u{e007f}";

/** Tag characters spell ASCII that no one sees: the mark spells it out. */
function tagMark(points: string[]): TextPart {
  const spelt = points
    .map((point) => (point.codePointAt(0) ?? 0) - 0xe0000)
    .map((code) => (code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : "·"))
    .join("");
  const first = points[0] ?? "";
  return mark(`tags: ${spelt}`, `${points.length} invisible tag characters from ${codeOf(first)}`);
}

const mark = (label: string, title: string): TextPart => ({ kind: "mark", text: `⟨${label}⟩`, title });

const codeOf = (point: string) =>
  `U+${(point.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

const ASCII_NAMES =
  "NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US".split(
    " ",
  );

function labelOf(point: string): string {
  const code = point.codePointAt(0) ?? 0;
  return code === 0x7f ? "DEL" : (ASCII_NAMES[code] ?? codeOf(point));
}

const NAMES = new Map([
  ["\r", "carriage return: a terminal would write over the line"],
  ["\b", "backspace: a terminal would write over the letter before"],
  ["\u00ad", "soft hyphen"],
  ["\u061c", "Arabic letter mark"],
  ["\u200b", "zero-width space"],
  ["\u200c", "zero-width non-joiner"],
  ["\u200d", "zero-width joiner"],
  ["\u200e", "left-to-right mark"],
  ["\u200f", "right-to-left mark"],
  ["\u2028", "line separator"],
  ["\u2029", "paragraph separator"],
  ["\u202a", "left-to-right embedding"],
  ["\u202b", "right-to-left embedding"],
  ["\u202c", "end of a direction change"],
  ["\u202d", "left-to-right override"],
  ["\u202e", "right-to-left override: what follows would read backwards"],
  ["\u2060", "word joiner"],
  ["\u2066", "left-to-right isolate"],
  ["\u2067", "right-to-left isolate"],
  ["\u2068", "first strong isolate"],
  ["\u2069", "end of an isolate"],
  ["\u3164", "Hangul filler"],
  ["\ufeff", "byte order mark"],
]);

function nameOf(point: string): string {
  const code = point.codePointAt(0) ?? 0;
  const known = NAMES.get(point);
  if (known) {
    return `${codeOf(point)} ${known}`;
  }
  return code < 0x20 || (code >= 0x7f && code < 0xa0)
    ? `${codeOf(point)} control character`
    : `${codeOf(point)} invisible character`;
}
