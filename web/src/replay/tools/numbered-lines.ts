/** A file's lines as the client numbers them for the model: `12→text`, or the number and a tab. */
export interface NumberedLine {
  number: number;
  text: string;
}

const NUMBERED = /^\s*(\d+)(?:\t|→)(.*)$/s;

/** Undefined when the text is not numbered: an error, a remark, a picture's description. */
export function numberedLines(output: string): NumberedLine[] | undefined {
  const lines: NumberedLine[] = [];
  for (const line of output.split("\n")) {
    const match = NUMBERED.exec(line);
    if (!match) {
      // Remarks for the model follow the file; what comes before any number is no file.
      break;
    }
    lines.push({ number: Number(match[1]), text: match[2] ?? "" });
  }
  return lines.length === 0 ? undefined : lines;
}

export function linesFrom(content: string, start: number): NumberedLine[] {
  const lines = content.endsWith("\n") ? content.slice(0, -1) : content;
  return lines.split("\n").map((text, place) => ({ number: start + place, text }));
}
