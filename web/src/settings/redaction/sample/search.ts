/** Searches a text for a pattern in time that grows with both and no further, preferring what the server's engine prefers. */
import { type Assertion, type CharacterTest, isWord, type Node, parsePattern, Unreadable } from "./parse";

/** Where a hit stands, in UTF-16. */
export type Hit = [start: number, end: number];

/** A longer program is not tried at every key press. */
const PROGRAM_MAX = 5_000;
const STEPS_MAX = 4_000_000;
const HITS_MAX = 200;

type Instruction =
  | { kind: "set"; has: CharacterTest }
  | { kind: "assert"; what: Assertion }
  | { kind: "split"; first: number; second: number }
  | { kind: "jump"; to: number }
  | { kind: "save"; slot: number }
  | { kind: "match" };

/** The hits of a pattern, as they would be replaced: its first group, if there is one. Throws `Unreadable`. */
export function findPattern(text: string, pattern: string, ignoreCase: boolean): Hit[] {
  const program = compile(parsePattern(pattern, ignoreCase));
  const points = Array.from(text, (point) => point.codePointAt(0) ?? 0);
  const offsets = [0];
  for (const point of points) {
    offsets.push((offsets.at(-1) ?? 0) + (point > 0xffff ? 2 : 1));
  }
  const machine = new Machine(program, points);
  const hits: Hit[] = [];
  for (let from = 0; from <= points.length && hits.length < HITS_MAX; ) {
    const slots = machine.search(from);
    if (!slots) {
      break;
    }
    const [start = 0, end = 0] = slots;
    const [hitStart, hitEnd] = slots[2] === undefined || slots[3] === undefined ? slots : slots.slice(2);
    if (hitStart !== undefined && hitEnd !== undefined && hitEnd > hitStart) {
      hits.push([offsets[hitStart] ?? 0, offsets[hitEnd] ?? 0]);
    }
    from = end > start ? end : end + 1;
  }
  return hits;
}

function compile(root: Node): Instruction[] {
  const program: Instruction[] = [];
  const add = (instruction: Instruction): number => {
    if (program.length >= PROGRAM_MAX) {
      throw new Unreadable("it is too large to be tried here");
    }
    return program.push(instruction) - 1;
  };
  const split = (node: () => void, lazy: boolean, again: boolean) => {
    const fork = add({ kind: "split", first: 0, second: 0 });
    node();
    if (again) {
      add({ kind: "jump", to: fork });
    }
    const [inside, past] = [fork + 1, program.length];
    program[fork] = {
      kind: "split",
      first: lazy ? past : inside,
      second: lazy ? inside : past,
    };
  };
  const emit = (node: Node): void => {
    switch (node.kind) {
      case "empty":
        return;
      case "set":
      case "assert":
        add(node);
        return;
      case "sequence":
        node.nodes.forEach(emit);
        return;
      case "group":
        // Only the first group is asked for.
        if (node.index === 1) {
          add({ kind: "save", slot: 2 });
          emit(node.node);
          add({ kind: "save", slot: 3 });
        } else {
          emit(node.node);
        }
        return;
      case "either": {
        const ends: number[] = [];
        node.nodes.forEach((branch, place) => {
          if (place === node.nodes.length - 1) {
            emit(branch);
            return;
          }
          const fork = add({ kind: "split", first: program.length + 1, second: 0 });
          emit(branch);
          ends.push(add({ kind: "jump", to: 0 }));
          program[fork] = { kind: "split", first: fork + 1, second: program.length };
        });
        for (const end of ends) {
          program[end] = { kind: "jump", to: program.length };
        }
        return;
      }
      case "repeat": {
        const { node: repeated, min, max, lazy } = node;
        for (let count = 0; count < min; count++) {
          emit(repeated);
        }
        if (max === Number.POSITIVE_INFINITY) {
          split(() => emit(repeated), lazy, true);
          return;
        }
        for (let count = min; count < max; count++) {
          split(() => emit(repeated), lazy, false);
        }
      }
    }
  };
  add({ kind: "save", slot: 0 });
  emit(root);
  add({ kind: "save", slot: 1 });
  add({ kind: "match" });
  return program;
}

type Slots = (number | undefined)[];

interface Thread {
  at: number;
  slots: Slots;
}

/** Goes through the text once, with all ways that are open in the order in which they are preferred. */
class Machine {
  private steps = 0;
  private readonly seenAt: Int32Array;
  private generation = 0;

  constructor(
    private readonly program: readonly Instruction[],
    private readonly points: readonly number[],
  ) {
    this.seenAt = new Int32Array(program.length).fill(-1);
  }

  search(from: number): Slots | undefined {
    let threads: Thread[] = [];
    let found: Slots | undefined;
    this.generation++;
    for (let place = from; place <= this.points.length; place++) {
      if (found === undefined) {
        this.follow(threads, { at: 0, slots: [] }, place);
      } else if (threads.length === 0) {
        break;
      }
      const next: Thread[] = [];
      const point = this.points[place];
      this.generation++;
      for (const { at, slots } of threads) {
        const instruction = this.program[at];
        if (instruction?.kind === "match") {
          // What is preferred less is of no use any more.
          found = slots;
          break;
        }
        if (instruction?.kind === "set" && point !== undefined && instruction.has(point)) {
          this.follow(next, { at: at + 1, slots }, place + 1);
        }
      }
      threads = next;
    }
    return found;
  }

  /** Adds the thread, or those that come of it without taking a character. */
  private follow(threads: Thread[], thread: Thread, place: number) {
    const waiting = [thread];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (++this.steps > STEPS_MAX) {
        throw new Unreadable("it takes too long to be tried here");
      }
      const { at, slots } = next;
      const instruction = this.program[at];
      if (instruction === undefined || this.seenAt[at] === this.generation) {
        continue;
      }
      this.seenAt[at] = this.generation;
      if (instruction.kind === "jump") {
        waiting.push({ at: instruction.to, slots });
      } else if (instruction.kind === "split") {
        waiting.push({ at: instruction.second, slots }, { at: instruction.first, slots });
      } else if (instruction.kind === "save") {
        const saved = [...slots];
        saved[instruction.slot] = place;
        waiting.push({ at: at + 1, slots: saved });
      } else if (instruction.kind === "assert") {
        if (this.holds(instruction.what, place)) {
          waiting.push({ at: at + 1, slots });
        }
      } else {
        threads.push(next);
      }
    }
  }

  private holds(what: Assertion, place: number): boolean {
    const before = this.points[place - 1];
    const after = this.points[place];
    switch (what) {
      case "start":
        return before === undefined;
      case "end":
        return after === undefined;
      case "line-start":
        return before === undefined || before === 0x0a;
      case "line-end":
        return after === undefined || after === 0x0a;
      default: {
        const isBoundary =
          (before !== undefined && isWord(before)) !== (after !== undefined && isWord(after));
        return isBoundary === (what === "word");
      }
    }
  }
}

/** The hits of a dictionary: whole words, whatever the case of their Latin letters, the longest first. */
export function findWords(text: string, words: readonly string[]): Hit[] {
  const folded = asciiLower(text);
  const byBeginning = new Map<string, string[]>();
  for (const word of words.map(asciiLower).toSorted((one, other) => other.length - one.length)) {
    const alike = byBeginning.get(beginningOf(word, 0));
    if (alike) {
      alike.push(word);
    } else if (word !== "") {
      byBeginning.set(beginningOf(word, 0), [word]);
    }
  }
  const hits: Hit[] = [];
  for (let at = 0; at < text.length && hits.length < HITS_MAX; ) {
    const word = byBeginning.get(beginningOf(folded, at))?.find((each) => folded.startsWith(each, at));
    if (word !== undefined && isWhole(text, at, at + word.length)) {
      hits.push([at, at + word.length]);
    }
    at += word?.length ?? 1;
  }
  return hits;
}

const BEGINNING = 3;
const beginningOf = (text: string, at: number) => text.slice(at, at + BEGINNING);

const asciiLower = (text: string) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

const ENDS_IN_LETTER = /[\p{Alphabetic}\p{N}]$/u;
const BEGINS_WITH_LETTER = /^[\p{Alphabetic}\p{N}]/u;

/** The word does not go on to either side. */
function isWhole(text: string, start: number, end: number): boolean {
  // Two are enough for one character.
  const [before, first] = [text.slice(Math.max(0, start - 2), start), text.slice(start, end)];
  const after = text.slice(end, end + 2);
  return !(
    (ENDS_IN_LETTER.test(before) && BEGINS_WITH_LETTER.test(first)) ||
    (ENDS_IN_LETTER.test(first) && BEGINS_WITH_LETTER.test(after))
  );
}
