/** Changes of a rubric while it is edited; each gives a new one. */
import type { RubricDefinition, RubricItem, RubricSection } from "@/api/queues";

export const EMPTY_RUBRIC: RubricDefinition = {
  name: "",
  description: "",
  scope: "session",
  pass_percent: 80,
  sections: [],
};

/** `number` makes ids that the rubric does not have yet. */
export function newItem(rubric: RubricDefinition): RubricItem {
  return {
    id: freshId(
      "item",
      rubric.sections.flatMap(({ items }) => items.map(({ id }) => id)),
    ),
    title: "",
    guidance: "",
    pass_example: "",
    fail_example: "",
    weight: 1,
    kind: "yes_no",
    scale: null,
    allow_na: false,
    auto_fail: false,
    evidence_required: false,
  };
}

export function withNewSection(rubric: RubricDefinition): RubricDefinition {
  const id = freshId(
    "section",
    rubric.sections.map((section) => section.id),
  );
  const section: RubricSection = { id, title: "", weight: 1, items: [newItem(rubric)] };
  return { ...rubric, sections: [...rubric.sections, section] };
}

export function withNewItem(rubric: RubricDefinition, section: number): RubricDefinition {
  return withSection(rubric, section, (before) => ({ ...before, items: [...before.items, newItem(rubric)] }));
}

export function withSection(
  rubric: RubricDefinition,
  place: number,
  change: (section: RubricSection) => RubricSection,
): RubricDefinition {
  return {
    ...rubric,
    sections: rubric.sections.map((section, at) => (at === place ? change(section) : section)),
  };
}

export function withItem(
  rubric: RubricDefinition,
  section: number,
  place: number,
  change: Partial<RubricItem>,
): RubricDefinition {
  return withSection(rubric, section, (before) => ({
    ...before,
    items: before.items.map((item, at) => (at === place ? { ...item, ...change } : item)),
  }));
}

export function withoutSection(rubric: RubricDefinition, place: number): RubricDefinition {
  return { ...rubric, sections: rubric.sections.toSpliced(place, 1) };
}

export function withoutItem(rubric: RubricDefinition, section: number, place: number): RubricDefinition {
  return withSection(rubric, section, (before) => ({ ...before, items: before.items.toSpliced(place, 1) }));
}

export function withMovedSection(rubric: RubricDefinition, place: number, by: 1 | -1): RubricDefinition {
  return { ...rubric, sections: moved(rubric.sections, place, by) };
}

/** Past the end of its section an item goes into the next one. */
export function withMovedItem(
  rubric: RubricDefinition,
  section: number,
  place: number,
  by: 1 | -1,
): RubricDefinition {
  const items = rubric.sections[section]?.items ?? [];
  const item = items[place];
  const within = place + by;
  if (!item || (within >= 0 && within < items.length)) {
    return withSection(rubric, section, (before) => ({ ...before, items: moved(before.items, place, by) }));
  }
  if (!rubric.sections[section + by]) {
    return rubric;
  }
  const without = withoutItem(rubric, section, place);
  return withSection(without, section + by, (before) => ({
    ...before,
    items: by === 1 ? [item, ...before.items] : [...before.items, item],
  }));
}

function moved<T>(list: readonly T[], place: number, by: 1 | -1): T[] {
  const [one, other] = [list[place], list[place + by]];
  return one === undefined || other === undefined
    ? [...list]
    : list.map((each, at) => (at === place ? other : at === place + by ? one : each));
}

function freshId(kind: string, taken: readonly string[]): string {
  let number = taken.length + 1;
  while (taken.includes(`${kind}-${number}`)) {
    number++;
  }
  return `${kind}-${number}`;
}

/** As the server takes it: a scale has a name for each of its steps, or none. */
export function tidied(rubric: RubricDefinition): RubricDefinition {
  const sections = rubric.sections.map((section) => ({
    ...section,
    items: section.items.map((item) => {
      if (!item.scale) {
        return item;
      }
      const { min, max, labels } = item.scale;
      const named = Array.from({ length: Math.max(0, max - min + 1) }, (_, at) => labels[at]?.trim() ?? "");
      return { ...item, scale: { min, max, labels: named.some((name) => name !== "") ? named : [] } };
    }),
  }));
  return { ...rubric, sections };
}

/** What keeps a rubric from being saved, in words; undefined when nothing does. */
export function faultOf(rubric: RubricDefinition): string | undefined {
  const items = rubric.sections.flatMap((section) => section.items);
  if (rubric.name.trim() === "") {
    return "It needs a name.";
  }
  if (items.length === 0) {
    return "It needs an item: something to answer.";
  }
  if (rubric.sections.some(({ title }) => title.trim() === "")) {
    return "Every section needs a title.";
  }
  if (items.some(({ title }) => title.trim() === "")) {
    return "Every item needs a title.";
  }
  if (rubric.sections.some(({ items: within }) => within.length === 0)) {
    return "A section without items weighs nothing: remove it, or give it one.";
  }
  const scale = items.find(
    (item) => item.kind === "scale" && (!item.scale || item.scale.max <= item.scale.min),
  );
  return scale && `The scale of "${scale.title}" must end above its beginning.`;
}
