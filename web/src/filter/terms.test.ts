import { describe, expect, it } from "vitest";
import { addValue, chipWords, parseTerms, quoteValue, removeTerm, setKey, writeTerm } from "./terms";

describe("parseTerms", () => {
  it("finds terms of every kind with their places", () => {
    const text = ' model:opus  -tool:Bash,Read cost>=0.5 user:"Ada \\"L\\", x"';
    const terms = parseTerms(text);
    expect(terms.map(({ key, operator, values, negated }) => [key, operator, values, negated])).toEqual([
      ["model", ":", ["opus"], false],
      ["tool", ":", ["Bash", "Read"], true],
      ["cost", ">=", ["0.5"], false],
      ["user", ":", ['Ada "L", x'], false],
    ]);
    for (const { start, end, raw } of terms) {
      expect(text.slice(start, end)).toBe(raw);
    }
  });

  it("keeps what is no term, for the server to judge", () => {
    expect(parseTerms("hello é turns:")).toMatchObject([
      { raw: "hello", key: "" },
      { raw: "é", key: "" },
      { raw: "turns:", key: "turns", values: [""] },
    ]);
  });

  it("reads a quote that is not closed to the end", () => {
    expect(parseTerms('user:"Ada L model:x')).toMatchObject([{ key: "user", values: ["Ada L model:x"] }]);
    expect(parseTerms('user:"Ada\\')).toHaveLength(1);
  });
});

describe("changing the text", () => {
  const text = 'project:a user:"Ada  L" cost>1';

  it("writes a term as it read it", () => {
    for (const term of parseTerms('-a:b,c x>=1 user:"Ada \\\\ L,"')) {
      expect(writeTerm(term)).toBe(term.raw);
    }
  });

  it("removes a chip and leaves the rest as it was written", () => {
    const [project, user] = parseTerms(text);
    expect(project && removeTerm(text, project)).toBe('user:"Ada  L" cost>1');
    expect(user && removeTerm(text, user)).toBe("project:a cost>1");
  });

  it("adds a value to the term of its key, once", () => {
    expect(addValue("", "model", "opus")).toBe("model:opus");
    expect(addValue("model:opus cost>1", "model", "son net")).toBe('model:opus,"son net" cost>1');
    expect(addValue("model:opus", "model", "opus")).toBe("model:opus");
    expect(addValue("-model:opus", "model", "haiku")).toBe("-model:opus model:haiku");
    expect(addValue("model:", "model", "haiku")).toBe("model:haiku");
  });

  it("replaces every term of a key", () => {
    expect(setKey("from:7d a:b from:1d", "from", "from:30d")).toBe("a:b from:30d");
    expect(setKey("from:7d a:b", "from", undefined)).toBe("a:b");
  });

  it("quotes only what needs it", () => {
    expect(["a", "a b", "a,b", 'a"b', ""].map(quoteValue)).toEqual(["a", '"a b"', '"a,b"', '"a\\"b"', '""']);
  });
});

it("says a chip in words", () => {
  const words = parseTerms("model:a,b -tool:Bash cost>=2 from:7d nonsense").map(chipWords);
  expect(words).toEqual(["model is a or b", "tool is not Bash", "cost at least 2", "from 7d", "nonsense"]);
  const judged = parseTerms("judged:7d judged<2026-11-01 -new_skill:7d").map(chipWords);
  expect(judged).toEqual(["judged since 7d", "judged under 2026-11-01", "not new skill 7d"]);
});
