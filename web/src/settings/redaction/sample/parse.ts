/**
 * Reads patterns in the syntax of the server's engine. The browser's own expressions differ from it, and some of them
 * never end: a page that tries a pattern at every key press cannot use them.
 */

export type Node =
  | { kind: "empty" }
  | { kind: "set"; has: CharacterTest }
  | { kind: "assert"; what: Assertion }
  | { kind: "group"; node: Node; index: number | undefined }
  | { kind: "sequence" | "either"; nodes: Node[] }
  | { kind: "repeat"; node: Node; min: number; max: number; lazy: boolean };

export type Assertion = "line-start" | "line-end" | "start" | "end" | "word" | "not-word";

/** Takes a code point. */
export type CharacterTest = (point: number) => boolean;

/** Why a pattern cannot be read here. The server may still take it, and has the last word. */
export class Unreadable extends Error {}

interface Flags {
  ignoreCase: boolean;
  multiLine: boolean;
  dotAll: boolean;
}

const DEPTH_MAX = 60;
const REPEAT_MAX = 1_000;

export function parsePattern(pattern: string, ignoreCase: boolean): Node {
  const reader = new Reader(pattern);
  const node = reader.either({ ignoreCase, multiLine: true, dotAll: false }, 0);
  if (reader.rest !== "") {
    throw new Unreadable("a bracket closes what was not opened");
  }
  return node;
}

class Reader {
  private at = 0;
  private groups = 0;

  constructor(private readonly source: string) {}

  get rest(): string {
    return this.source.slice(this.at);
  }

  /** Flags that are set within hold to the end of it. */
  either(given: Flags, depth: number): Node {
    if (depth > DEPTH_MAX) {
      throw new Unreadable("it is nested too deep");
    }
    const flags = { ...given };
    const branches: Node[][] = [[]];
    while (this.at < this.source.length && !this.sees(")")) {
      if (this.take("|")) {
        branches.push([]);
        continue;
      }
      const node = this.repeated(this.one(flags, depth));
      branches.at(-1)?.push(node);
    }
    const nodes = branches.map(
      (branch): Node => (branch.length === 1 && branch[0] ? branch[0] : { kind: "sequence", nodes: branch }),
    );
    const [only] = nodes;
    return nodes.length === 1 && only ? only : { kind: "either", nodes };
  }

  private one(flags: Flags, depth: number): Node {
    const point = this.next();
    switch (point) {
      case "(":
        return this.group(flags, depth);
      case "[":
        return { kind: "set", has: folded(this.set(0), flags) };
      case ".":
        return { kind: "set", has: flags.dotAll ? () => true : (code) => code !== 0x0a };
      case "^":
        return { kind: "assert", what: flags.multiLine ? "line-start" : "start" };
      case "$":
        return { kind: "assert", what: flags.multiLine ? "line-end" : "end" };
      case "*":
      case "+":
      case "?":
      case "{":
        throw new Unreadable(`there is nothing before ${point} to be repeated`);
      case "\\": {
        const assertion = this.assertion();
        return assertion
          ? { kind: "assert", what: assertion }
          : { kind: "set", has: folded(this.escape(), flags) };
      }
      default:
        return { kind: "set", has: folded(only(codeOf(point)), flags) };
    }
  }

  private group(flags: Flags, depth: number): Node {
    let index: number | undefined;
    let inside = flags;
    const named = /^\?P?<[A-Za-z_][\w.[\]]*>/.exec(this.rest);
    const set = /^\?([a-zA-Z]*)(?:-([a-zA-Z]+))?([:)])/.exec(this.rest);
    if (named) {
      this.at += named[0].length;
      index = ++this.groups;
    } else if (set) {
      this.at += set[0].length;
      inside = withFlags(flags, set[1] ?? "", set[2] ?? "");
      if (set[3] === ")") {
        Object.assign(flags, inside);
        return { kind: "empty" };
      }
    } else if (this.sees("?")) {
      throw new Unreadable("look-around is not taken");
    } else {
      index = ++this.groups;
    }
    const node = this.either(inside, depth + 1);
    if (!this.take(")")) {
      throw new Unreadable("a bracket is not closed");
    }
    return { kind: "group", node, index };
  }

  private repeated(node: Node): Node {
    for (let repeated = node; ; ) {
      const counted = /^\{(\d+)(?:(,)(\d*))?\}/.exec(this.rest);
      let min = 0;
      let max = Number.POSITIVE_INFINITY;
      if (counted) {
        this.at += counted[0].length;
        min = Number(counted[1]);
        max = counted[2] === undefined ? min : counted[3] ? Number(counted[3]) : max;
      } else if (this.take("+")) {
        min = 1;
      } else if (this.take("?")) {
        max = 1;
      } else if (!this.take("*")) {
        return repeated;
      }
      if (min > REPEAT_MAX || (max !== Number.POSITIVE_INFINITY && max > REPEAT_MAX)) {
        throw new Unreadable("it repeats too often to be tried here");
      }
      if (min > max) {
        throw new Unreadable("a repetition ends before it begins");
      }
      repeated = { kind: "repeat", node: repeated, min, max, lazy: this.take("?") };
    }
  }

  private assertion(): Assertion | undefined {
    const found = (
      [
        ["b", "word"],
        ["B", "not-word"],
        ["A", "start"],
        ["z", "end"],
      ] as const
    ).find(([letter]) => this.take(letter));
    if (found && this.sees("{")) {
      throw new Unreadable("this kind of boundary is not tried here");
    }
    return found?.[1];
  }

  private escape(): CharacterTest {
    const letter = this.next();
    switch (letter) {
      case "d":
        return DIGIT;
      case "D":
        return not(DIGIT);
      case "w":
        return isWord;
      case "W":
        return not(isWord);
      case "s":
        return SPACE;
      case "S":
        return not(SPACE);
      case "p":
      case "P":
        return this.property(letter === "P");
      case "x":
      case "u":
      case "U":
        return this.hex(letter);
      default: {
        const control = CONTROLS.get(letter);
        if (control !== undefined) {
          return only(control);
        }
        if (/[0-9]/.test(letter)) {
          throw new Unreadable("back references are not taken");
        }
        if (/[A-Za-z]/.test(letter) || letter === "") {
          throw new Unreadable(`\\${letter} is not known`);
        }
        return only(codeOf(letter));
      }
    }
  }

  private hex(letter: string): CharacterTest {
    const length = letter === "x" ? 2 : letter === "u" ? 4 : 8;
    const found = new RegExp(`^(?:\\{([0-9A-Fa-f]{1,8})\\}|([0-9A-Fa-f]{${length}}))`).exec(this.rest);
    if (!found) {
      throw new Unreadable(`\\${letter} needs hex digits`);
    }
    this.at += found[0].length;
    return only(Number.parseInt(found[1] ?? found[2] ?? "", 16));
  }

  private property(negated: boolean): CharacterTest {
    const found = /^(?:\{(\^?)([\w=\s-]+)\}|([A-Z]))/.exec(this.rest);
    if (!found) {
      throw new Unreadable("\\p needs the name of a class");
    }
    this.at += found[0].length;
    const name = found[2] ?? found[3] ?? "";
    for (const known of [name, `Script=${name}`]) {
      try {
        const has = matching(new RegExp(`^\\p{${known}}$`, "u"));
        return negated !== (found[1] === "^") ? not(has) : has;
      } catch {
        // It is no name of this kind.
      }
    }
    throw new Unreadable(`the class ${name} is not known here`);
  }

  private set(depth: number): CharacterTest {
    if (depth > DEPTH_MAX) {
      throw new Unreadable("it is nested too deep");
    }
    const negated = this.take("^");
    const tests: CharacterTest[] = [];
    for (let first = true; ; first = false) {
      if (this.at >= this.source.length) {
        throw new Unreadable("a set is not closed");
      }
      if (!first && this.take("]")) {
        break;
      }
      if (/^(?:&&|--|~~)/.test(this.rest)) {
        throw new Unreadable("sets that are taken apart are not tried here");
      }
      tests.push(this.member(depth));
    }
    const has = (point: number) => tests.some((test) => test(point));
    return negated ? not(has) : has;
  }

  private member(depth: number): CharacterTest {
    const posix = /^\[:(\^?)([a-z]+):\]/.exec(this.rest);
    if (posix) {
      this.at += posix[0].length;
      const has = POSIX.get(posix[2] ?? "");
      if (!has) {
        throw new Unreadable(`the class ${posix[2]} is not known here`);
      }
      return posix[1] === "^" ? not(has) : has;
    }
    if (this.take("[")) {
      return this.set(depth + 1);
    }
    const low = this.bound();
    if (typeof low === "number" && /^-[^\]-]/.test(this.rest)) {
      this.at++;
      const high = this.bound();
      if (typeof high !== "number" || high < low) {
        throw new Unreadable("a range ends before it begins");
      }
      return (point) => point >= low && point <= high;
    }
    return typeof low === "number" ? only(low) : low;
  }

  /** A character, as an end of a range, or a class of them. */
  private bound(): number | CharacterTest {
    const point = this.next();
    if (point !== "\\") {
      return codeOf(point);
    }
    const plain = /^(?:[^A-Za-z0-9]|[nrtfva])/u.exec(this.rest)?.[0];
    if (plain !== undefined) {
      this.at += plain.length;
      return CONTROLS.get(plain) ?? codeOf(plain);
    }
    return this.escape();
  }

  private next(): string {
    const point = this.source.codePointAt(this.at);
    const text = point === undefined ? "" : String.fromCodePoint(point);
    this.at += text.length;
    return text;
  }

  private sees(text: string): boolean {
    return this.source.startsWith(text, this.at);
  }

  private take(text: string): boolean {
    const sees = this.sees(text);
    this.at += sees ? text.length : 0;
    return sees;
  }
}

function withFlags(flags: Flags, on: string, off: string): Flags {
  const changed = { ...flags };
  for (const [letters, value] of [
    [on, true],
    [off, false],
  ] as const) {
    for (const letter of letters) {
      if (letter === "i") {
        changed.ignoreCase = value;
      } else if (letter === "m") {
        changed.multiLine = value;
      } else if (letter === "s") {
        changed.dotAll = value;
      } else if (letter !== "u" || !value) {
        throw new Unreadable(`the flag ${letter} is not tried here`);
      }
    }
  }
  return changed;
}

const codeOf = (text: string) => text.codePointAt(0) ?? 0;

const only =
  (code: number): CharacterTest =>
  (point) =>
    point === code;

const not =
  (has: CharacterTest): CharacterTest =>
  (point) =>
    !has(point);

const matching =
  (expression: RegExp): CharacterTest =>
  (point) =>
    expression.test(String.fromCodePoint(point));

function folded(has: CharacterTest, { ignoreCase }: Flags): CharacterTest {
  return ignoreCase ? (point) => has(point) || casesOf(point).some(has) : has;
}

function casesOf(point: number): number[] {
  const text = String.fromCodePoint(point);
  return [text.toLowerCase(), text.toUpperCase()]
    .filter((other) => other !== text && Array.from(other).length === 1)
    .map(codeOf);
}

const DIGIT = matching(/^\p{Nd}$/u);
const SPACE = matching(/^\p{White_Space}$/u);
export const isWord = matching(/^[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]$/u);

const CONTROLS = new Map([
  ["n", 0x0a],
  ["r", 0x0d],
  ["t", 0x09],
  ["f", 0x0c],
  ["v", 0x0b],
  ["a", 0x07],
]);

const POSIX = new Map(
  Object.entries({
    alnum: /^[0-9A-Za-z]$/,
    alpha: /^[A-Za-z]$/,
    blank: /^[\t ]$/,
    digit: /^[0-9]$/,
    lower: /^[a-z]$/,
    punct: /^[!-/:-@[-`{-~]$/,
    space: /^[\t-\r ]$/,
    upper: /^[A-Z]$/,
    word: /^[0-9A-Za-z_]$/,
    xdigit: /^[0-9A-Fa-f]$/,
  }).map(([name, expression]) => [name, matching(expression)]),
);
