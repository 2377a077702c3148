import { expect, it } from "vitest";
import { faultPlace, faultWords, nameFault, patternFault, wordsFault, wordsOfText } from "./checks";

const limits = {
  own_rules_max: 100,
  name_bytes_max: 8,
  pattern_bytes_max: 10,
  dictionary_words_max: 3,
  word_bytes_max: 12,
  word_chars_min: 3,
  body_bytes_max: 1_000,
};

it("takes one word a line, each once", () => {
  expect(wordsOfText(" Acme Corp \r\n\nZoë\nAcme Corp\n")).toEqual(["Acme Corp", "Zoë"]);
});

it("says what is wrong with a name, a pattern, words", () => {
  const taken = new Set(["email"]);
  expect(nameFault("client-1", taken, limits)).toBeUndefined();
  for (const name of ["", "Client", "1st", "-a", "a_b", "too-long-a-name"]) {
    expect(nameFault(name, taken, limits), name).toMatch(/lower-case/);
  }
  expect(nameFault("email", taken, limits)).toMatch(/another rule/);
  expect(patternFault("[a-z]", limits)).toBeUndefined();
  expect(patternFault("ääääää", limits)).toMatch(/10 bytes/);
  expect(wordsFault(["Acme", "Zoë"], limits)).toBeUndefined();
  expect(wordsFault([], limits)).toMatch(/one word/);
  expect(wordsFault(["Acme", "ab"], limits)).toMatch(/“ab”/);
  expect(wordsFault(["äääääää"], limits)).toMatch(/too long/);
  expect(wordsFault(["aaa", "bbb", "ccc", "ddd"], limits)).toMatch(/At most 3/);
});

it("says in a sentence what is wrong with a pattern", () => {
  expect(faultWords("regex parse error:\n    QX-(\n       ^\nerror: unclosed group")).toBe("Unclosed group.");
  expect(faultWords("a pattern has 1 to 1000 bytes")).toBe("A pattern has 1 to 1000 bytes.");
});

it("finds the field that the server means", () => {
  expect(faultPlace("/policy/patterns/2/pattern")).toEqual({ kind: "patterns", place: 2, field: "content" });
  expect(faultPlace("/policy/dictionaries/0/words/7")).toEqual({
    kind: "dictionaries",
    place: 0,
    field: "content",
    word: 7,
  });
  expect(faultPlace("/pattern/name")).toEqual({ kind: "patterns", place: 0, field: "name" });
  expect(faultPlace("/policy/off")).toBeUndefined();
  expect(faultPlace("/policy/patterns")).toBeUndefined();
});
