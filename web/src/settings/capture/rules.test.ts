import { expect, it } from "vitest";
import { rulesOf, whoWords, withoutProject, withRule } from "./rules";

const HELD = {
  policy: {
    workspace: { opt_out: "allowed" as const, notice: null },
    projects: [{ project: "bank", opt_out: "forbidden" as const, notice: "Ask first." }],
  },
};

it("lists the general rule first", () => {
  expect(rulesOf(HELD).map(({ project }) => project)).toEqual([undefined, "bank"]);
});

it("puts a rule in the place of the one for the same projects", () => {
  const general = withRule(HELD, { project: undefined, opt_out: "content_off", notice: null });
  expect(general.workspace).toEqual({ opt_out: "content_off", notice: null });
  expect(general.projects).toEqual(HELD.policy.projects);
  const bank = withRule(HELD, { project: "bank", opt_out: "allowed", notice: null });
  expect(bank.projects).toEqual([{ project: "bank", opt_out: "allowed", notice: null }]);
  const lab = withRule(HELD, { project: "lab", opt_out: "allowed", notice: null });
  expect(lab.projects?.map(({ project }) => project)).toEqual(["bank", "lab"]);
  expect(withoutProject(HELD, "bank").projects).toEqual([]);
});

it("names the person before the key or the account", () => {
  expect(whoWords({ by: "key_1", by_key: true, person: "a@example.org" })).toBe("a@example.org");
  expect(whoWords({ by: "key_1", by_key: true, person: null })).toBe("the key key_1");
  expect(whoWords({ by: "Owner", by_key: false, person: null })).toBe("Owner");
  expect(whoWords({ by: null, by_key: false, person: null })).toBe("not noted");
});
