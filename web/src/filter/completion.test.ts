import { describe, expect, it } from "vitest";
import { complete, suggestKeys, suggestValues, type Writing, writingAt } from "./completion";

/** `|` marks the caret. */
function at(marked: string): Writing | undefined {
  return writingAt(marked.replace("|", ""), marked.indexOf("|"));
}

describe("writingAt", () => {
  it("tells keys from values", () => {
    expect(at("|")).toMatchObject({ what: "key", prefix: "" });
    expect(at("mo|")).toMatchObject({ what: "key", prefix: "mo", from: 0, to: 2 });
    expect(at("-mo|")).toMatchObject({ what: "key", prefix: "mo", from: 1, to: 3 });
    expect(at("cost>1 mo|del:x")).toMatchObject({ what: "key", prefix: "mo", from: 7 });
    expect(at("model:|")).toMatchObject({ what: "value", prefix: "", from: 6, to: 6 });
    expect(at("model:op|us")).toMatchObject({ what: "value", prefix: "op", from: 6, to: 10 });
  });

  it("takes one value of several, and quoted ones", () => {
    expect(at("tool:Bash,Re|ad,Edit")).toMatchObject({ what: "value", prefix: "Re", from: 10, to: 14 });
    expect(at('user:"Ada L|')).toMatchObject({ what: "value", prefix: "Ada L", from: 5, to: 11 });
  });

  it("knows nothing of keys that are none", () => {
    expect(at("modle:x|")).toBeUndefined();
  });
});

describe("suggestions", () => {
  it("put the caret behind what they wrote", () => {
    const [model] = suggestKeys("mod");
    expect(model && complete("x:1 mod", { from: 4, to: 7 }, model)).toEqual({
      text: "x:1 model:",
      caret: 10,
    });
  });

  it("offer comparing where that is what is meant", () => {
    expect(suggestKeys("cos").map(({ text }) => text)).toEqual(["cost>"]);
  });

  it("find names by any part and quote them", () => {
    const names = [
      { name: "Ada L", hint: "" },
      { name: "Bob", hint: "" },
    ];
    expect(suggestValues("da", names).map(({ text }) => text)).toEqual(['"Ada L"']);
  });
});
