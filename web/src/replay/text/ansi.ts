/**
 * Reads terminal output. Colours and styles become class names; every other control sequence becomes a mark,
 * so that nothing is written over, erased, moved or coloured out of sight.
 */
import { type TextPart, visibleParts } from "./visible";

export interface TerminalPart extends TextPart {
  /** Class names of colours and styles, "" for none. */
  style: string;
}

interface Style {
  flags: Set<string>;
  foreground: string;
  background: string;
}

/** A label says no more of a sequence than this. */
const LABEL_MAX = 80;

// C1 forms of these are left to `visibleParts`: terminals in UTF-8 differ on them, so they change no colour.
const SEQUENCE = new RegExp(
  [
    String.raw`\x1b\[([0-?]*)([ -/]*)([@-~])`, // control sequence: parameters, intermediates, final
    String.raw`\x1b([\]PX^_])`, // start of a string sequence
    String.raw`\x1b([ -/]*[0-~])`, // everything short
  ].join("|"),
  "g",
);

export function terminalParts(text: string): TerminalPart[] {
  const source = text.replaceAll("\r\n", "\n");
  if (!source.includes("\x1b")) {
    return withStyle(source, "");
  }
  const parts: TerminalPart[] = [];
  const style: Style = { flags: new Set(), foreground: "", background: "" };
  const ends = new StringEnds(source);
  let at = 0;
  SEQUENCE.lastIndex = 0;
  for (let match = SEQUENCE.exec(source); match !== null; match = SEQUENCE.exec(source)) {
    parts.push(...withStyle(source.slice(at, match.index), classesOf(style)));
    at = match.index + match[0].length;
    const [whole, parameters, intermediates, final, opener] = match;
    if (final === "m" && intermediates === "" && /^[0-9:;]*$/.test(parameters ?? "")) {
      applySgr(style, parameters ?? "");
    } else if (opener !== undefined) {
      const end = ends.after(at);
      if (end) {
        parts.push(sequenceMark(source.slice(match.index, end.at), STRING_NAMES.get(opener)));
        at = end.next;
      } else {
        // It never ends: only its opening is a mark, or the rest of the text would be lost.
        parts.push(sequenceMark(whole, `unended ${STRING_NAMES.get(opener)}`));
      }
    } else {
      parts.push(sequenceMark(whole, final === undefined ? undefined : FINAL_NAMES.get(final)));
    }
    SEQUENCE.lastIndex = at;
  }
  parts.push(...withStyle(source.slice(at), classesOf(style)));
  return parts;
}

/** The text without escape sequences, for one-line summaries. */
export function plainOfTerminal(text: string): string {
  return text.includes("\x1b") ? text.replace(SEQUENCE, "") : text;
}

/** Finds where a string sequence ends, without searching the rest of the text again for each that does not. */
class StringEnds {
  private none = false;
  constructor(private readonly source: string) {}

  after(start: number): { at: number; next: number } | undefined {
    if (this.none) {
      return undefined;
    }
    const terminator = /\x07|\x1b\\|\x9c/g;
    terminator.lastIndex = start;
    const found = terminator.exec(this.source);
    if (!found) {
      this.none = true;
      return undefined;
    }
    return { at: found.index, next: found.index + found[0].length };
  }
}

function withStyle(text: string, style: string): TerminalPart[] {
  const styled = (parts: TextPart[]) => parts.map((part) => ({ ...part, style }));
  // A carriage return rewinds the line: what would be written over it gets a line of its own.
  return text
    .split("\r")
    .flatMap((piece, at) => [...(at > 0 ? styled(REWIND) : []), ...styled(visibleParts(piece))]);
}

const REWIND: TextPart[] = [...visibleParts("\r"), { kind: "text", text: "\n" }];

function sequenceMark(sequence: string, name: string | undefined): TerminalPart {
  const printable = sequence.replace(/[\0-\x1f\x7f-\x9f]/g, (control) => (control === "\x1b" ? "ESC " : "·"));
  const label = printable.length > LABEL_MAX ? `${printable.slice(0, LABEL_MAX)}…` : printable;
  return {
    kind: "mark",
    text: `⟨${label.trimEnd()}⟩`,
    title: name ? `terminal sequence: ${name}` : "terminal sequence, not carried out",
    style: "",
  };
}

const STRING_NAMES = new Map([
  ["]", "operating system command"],
  ["P", "device control string"],
  ["X", "start of string"],
  ["^", "privacy message"],
  ["_", "application command"],
]);

const FINAL_NAMES = new Map([
  ["A", "cursor up"],
  ["B", "cursor down"],
  ["C", "cursor right"],
  ["D", "cursor left"],
  ["G", "cursor to column"],
  ["H", "cursor to place"],
  ["J", "erase in screen"],
  ["K", "erase in line"],
  ["h", "mode on"],
  ["l", "mode off"],
  ["n", "question to the terminal"],
  ["c", "question to the terminal"],
]);

const FLAGS = new Map<number, [flag: string, on: boolean][]>([
  [1, [["bold", true]]],
  [2, [["dim", true]]],
  [3, [["italic", true]]],
  [4, [["underline", true]]],
  [7, [["inverse", true]]],
  [8, [["concealed", true]]],
  [9, [["strike", true]]],
  [21, [["underline", true]]],
  [
    22,
    [
      ["bold", false],
      ["dim", false],
    ],
  ],
  [23, [["italic", false]]],
  [24, [["underline", false]]],
  [27, [["inverse", false]]],
  [28, [["concealed", false]]],
  [29, [["strike", false]]],
]);

const HUES = ["", "red", "green", "yellow", "blue", "magenta", "cyan", ""];

function applySgr(style: Style, parameters: string) {
  const codes = parameters === "" ? ["0"] : parameters.split(";");
  for (let at = 0; at < codes.length; at++) {
    const [first = "", ...sub] = (codes[at] ?? "").split(":");
    const code = first === "" ? 0 : Number(first);
    if (code === 38 || code === 48 || code === 58) {
      const rest = sub.length > 0 ? sub : codes.slice(at + 1, at + 5);
      const { hue, used } = extendedColour(rest);
      at += sub.length > 0 ? 0 : used;
      if (code === 38) {
        style.foreground = hue;
      } else if (code === 48) {
        style.background = hue;
      }
      continue;
    }
    if (code === 0) {
      style.flags.clear();
      style.foreground = "";
      style.background = "";
    }
    for (const [flag, on] of FLAGS.get(code) ?? []) {
      if (on && !(code === 4 && sub[0] === "0")) {
        style.flags.add(flag);
      } else {
        style.flags.delete(flag);
      }
    }
    if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) {
      style.foreground = code === 90 ? "grey" : (HUES[code % 10] ?? "");
    } else if ((code >= 40 && code <= 47) || (code >= 100 && code <= 107)) {
      style.background = code === 40 || code === 47 || code === 107 ? "grey" : (HUES[code % 10] ?? "");
    } else if (code === 39) {
      style.foreground = "";
    } else if (code === 49) {
      style.background = "";
    }
  }
}

/** `5;n` and `2;r;g;b` (also `2::r:g:b`): the nearest of our hues, each of which can be read on our paper. */
function extendedColour(rest: string[]): { hue: string; used: number } {
  if (rest[0] === "5") {
    return { hue: hueOfIndex(Number(rest[1])), used: 2 };
  }
  if (rest[0] === "2") {
    const numbers = rest.slice(1).filter((part, at) => !(at === 0 && part === "" && rest.length > 4));
    const [red = 0, green = 0, blue = 0] = numbers.map(Number);
    return { hue: hueOf(red, green, blue), used: 4 };
  }
  return { hue: "", used: 0 };
}

function hueOfIndex(index: number): string {
  if (index < 16) {
    return index === 8 ? "grey" : (HUES[index % 8] ?? "");
  }
  if (index >= 232) {
    return "grey";
  }
  const cube = index - 16;
  const level = (step: number) => (step % 6) * 51;
  return hueOf(level(Math.floor(cube / 36)), level(Math.floor(cube / 6)), level(cube));
}

function hueOf(red: number, green: number, blue: number): string {
  const high = Math.max(red, green, blue);
  const low = Math.min(red, green, blue);
  if (!Number.isFinite(high - low) || high - low < 40) {
    return high > 40 && high < 215 ? "grey" : "";
  }
  const middle = (high + low) / 2;
  const over = (red > middle ? 1 : 0) + (green > middle ? 2 : 0) + (blue > middle ? 4 : 0);
  return HUES[over] ?? "";
}

function classesOf({ flags, foreground, background }: Style): string {
  const classes = Array.from(flags, (flag) => `sgr-${flag}`);
  if (foreground !== "") {
    classes.push(`sgr-${foreground}`);
  }
  if (background !== "") {
    classes.push(`sgr-on-${background}`);
  }
  return classes.join(" ");
}
