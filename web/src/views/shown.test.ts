import { describe, expect, it } from "vitest";
import type { View } from "@/api/types";
import { parseListSearch } from "@/sessions/list-search";
import { filterOf, isSame, searchOf, shownAt, shownBy } from "./shown";

const view: View = {
  id: "wrong_this_week",
  name: "Wrong this week",
  filter: "verdict:wrong judged:7d",
  sort: "cost",
  fold: ["automated"],
  shared: true,
  preset: true,
  mine: false,
  may_change: false,
};

describe("a view's address", () => {
  it("shows the same to those who do not see the view", () => {
    const search = parseListSearch({ ...searchOf(view) });
    expect(shownAt(search, undefined)).toEqual(shownBy(view));
    expect(isSame(shownAt(search, undefined), shownBy(view))).toBe(true);
  });

  it("may name the view alone", () => {
    expect(shownAt({ view: view.id }, view)).toEqual(shownBy(view));
    expect(shownAt({ view: view.id, filter: "x:y" }, view).filter).toBe("x:y");
  });

  it("takes nothing that is none of its parts", () => {
    expect(parseListSearch({ view: "a/../b", fold: "nightly,automated", sort: "x", filter: " " })).toEqual({
      fold: "automated",
    });
  });
});

it("a view's filter leaves out what the view folds", () => {
  expect(filterOf(view)).toBe("verdict:wrong judged:7d -kind:automated");
  expect(filterOf({ ...view, fold: [] })).toBe("verdict:wrong judged:7d");
  expect(filterOf({ ...view, filter: "", fold: ["automated", "single_turn"] })).toBe(
    "-kind:automated,single_turn",
  );
});
