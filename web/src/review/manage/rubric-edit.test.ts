import { describe, expect, it } from "vitest";
import type { RubricDefinition } from "@/api/queues";
import {
  EMPTY_RUBRIC,
  faultOf,
  tidied,
  withItem,
  withMovedItem,
  withMovedSection,
  withNewItem,
  withNewSection,
  withoutItem,
  withSection,
} from "./rubric-edit";

const titles = (rubric: RubricDefinition) =>
  rubric.sections.map(({ title, items }) => `${title}:${items.map((item) => item.title).join("")}`).join(" ");

function made(): RubricDefinition {
  let rubric = withNewItem(withNewSection(withNewSection({ ...EMPTY_RUBRIC, name: "x" })), 0);
  rubric = withSection(rubric, 0, (section) => ({ ...section, title: "one" }));
  rubric = withSection(rubric, 1, (section) => ({ ...section, title: "two" }));
  rubric = withItem(rubric, 0, 0, { title: "a" });
  rubric = withItem(rubric, 0, 1, { title: "b" });
  return withItem(rubric, 1, 0, { title: "c" });
}

describe("a rubric that is edited", () => {
  it("moves items within their section and into the next", () => {
    expect(titles(made())).toBe("one:ab two:c");
    expect(titles(withMovedItem(made(), 0, 0, 1))).toBe("one:ba two:c");
    expect(titles(withMovedItem(made(), 0, 1, 1))).toBe("one:a two:bc");
    expect(titles(withMovedItem(made(), 1, 0, -1))).toBe("one:abc two:");
    expect(titles(withMovedItem(made(), 0, 0, -1))).toBe("one:ab two:c");
    expect(titles(withMovedSection(made(), 0, 1))).toBe("two:c one:ab");
    expect(titles(withMovedSection(made(), 1, 1))).toBe("one:ab two:c");
  });

  it("gives ids that it does not have", () => {
    const rubric = withNewItem(withoutItem(made(), 0, 0), 0);
    const ids = rubric.sections.flatMap(({ items }) => items.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("names all steps of a scale, or none", () => {
    const scaled = (labels: string[]) =>
      tidied(withItem(made(), 0, 0, { kind: "scale", scale: { min: 1, max: 3, labels } })).sections[0]
        ?.items[0]?.scale?.labels;
    expect(scaled(["low", " ", "", "more"])).toEqual(["low", "", ""]);
    expect(scaled(["", " "])).toEqual([]);
  });

  it("says what is missing", () => {
    expect(faultOf(made())).toBeUndefined();
    expect(faultOf({ ...made(), name: " " })).toMatch(/name/);
    expect(faultOf(EMPTY_RUBRIC)).toBeDefined();
    expect(faultOf(withoutItem(made(), 1, 0))).toMatch(/without items/);
    const scale = { min: 3, max: 3, labels: [] };
    expect(faultOf(withItem(made(), 0, 0, { kind: "scale", scale }))).toMatch(/scale of "a"/);
  });
});
