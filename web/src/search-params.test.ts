import { expect, it } from "vitest";
import { parseSearch, stringifySearch } from "./search-params";
import { parseListSearch } from "./sessions/list-search";

it("keeps filters readable in the address, and reads them back", () => {
  const search = { filter: 'model:opus,sonnet cost>0.5 user:"A & B"', sort: "cost" };
  const text = stringifySearch(search);
  expect(text).toContain("filter=model:opus,sonnet+cost%3E0.5");
  expect(parseSearch(text)).toEqual(search);
  expect(stringifySearch({ filter: "", sort: undefined })).toBe("");
});

it("numbers stay texts", () => {
  expect(parseSearch("?filter=12")).toEqual({ filter: "12" });
});

it("knows the orders that there are", () => {
  expect(parseListSearch({ sort: "cost", filter: " " })).toEqual({ sort: "cost" });
  expect(parseListSearch({ sort: "started" })).toEqual({});
  expect(parseListSearch({ sort: "random", filter: "a:b" })).toEqual({ filter: "a:b" });
});
