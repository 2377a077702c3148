/** What can be said of an own rule before the server is asked, in the places where the server would say it. */
import { asSentence } from "@/api/error";
import type { RedactionLimits } from "@/api/types";
import { formatCount } from "@/format/count";

/** One word a line, each once. */
export function wordsOfText(text: string): string[] {
  const words = text.split("\n").map((line) => line.trim());
  return [...new Set(words.filter((word) => word !== ""))];
}

export function nameFault(
  name: string,
  taken: ReadonlySet<string>,
  { name_bytes_max }: RedactionLimits,
): string | undefined {
  if (!/^[a-z][a-z0-9-]*$/.test(name) || name.length > name_bytes_max) {
    return `A lower-case letter, then up to ${name_bytes_max - 1} lower-case letters, digits and “-”.`;
  }
  return taken.has(name) ? `“${name}” is the name of another rule.` : undefined;
}

export function patternFault(pattern: string, { pattern_bytes_max }: RedactionLimits): string | undefined {
  if (pattern === "") {
    return "What is to be found?";
  }
  return bytesOf(pattern) > pattern_bytes_max
    ? `At most ${formatCount(pattern_bytes_max)} bytes.`
    : undefined;
}

export function wordsFault(words: readonly string[], limits: RedactionLimits): string | undefined {
  const { dictionary_words_max, word_bytes_max, word_chars_min } = limits;
  if (words.length === 0) {
    return "At least one word.";
  }
  if (words.length > dictionary_words_max) {
    return `At most ${formatCount(dictionary_words_max)} words; these are ${formatCount(words.length)}.`;
  }
  const short = words.find((word) => Array.from(word).length < word_chars_min);
  if (short !== undefined) {
    return `“${short}” would be found everywhere: a word has at least ${word_chars_min} characters.`;
  }
  const long = words.find((word) => bytesOf(word) > word_bytes_max);
  return long === undefined
    ? undefined
    : `“${long.slice(0, 30)}…” is too long: a word has at most ${word_bytes_max} bytes.`;
}

const bytesOf = (text: string) => new TextEncoder().encode(text).length;

/** Of a pattern that cannot be read the engine draws a picture, which ends with what is wrong. */
export function faultWords(detail: string): string {
  return asSentence(/^error: (.+)$/m.exec(detail)?.[1] ?? detail);
}

/** The field of an own rule that an error of the server is about. */
export interface FaultPlace {
  kind: "patterns" | "dictionaries";
  place: number;
  field: "name" | "content";
  /** Which of a dictionary's words. */
  word?: number;
}

/** Reads pointers such as `/policy/patterns/0/name` and `/policy/dictionaries/2/words/7`, also of a trial. */
export function faultPlace(pointer: string): FaultPlace | undefined {
  const found =
    /^(?:\/policy)?\/(?:(patterns|dictionaries)\/(\d+)|(pattern|dictionary))\/(name|pattern|words)(?:\/(\d+))?/.exec(
      pointer,
    );
  if (!found) {
    return undefined;
  }
  const [, list, place, single, field, word] = found;
  return {
    kind: list === "patterns" || single === "pattern" ? "patterns" : "dictionaries",
    place: Number(place ?? 0),
    field: field === "name" ? "name" : "content",
    ...(word !== undefined && { word: Number(word) }),
  };
}
