import { expect, test } from "vitest";
import { commandsForFolder, commandsForPerson, managedSettings, marketplaceUrl } from "./install-commands";

const url = marketplaceUrl("https://argus.example.com", "a b", "argus_dk_x");

test("the address is of the workspace and of the key", () => {
  expect(url).toBe("https://argus.example.com/plugin/a%20b/argus_dk_x/marketplace.json");
});

test("what is copied installs from that address", () => {
  expect(commandsForPerson(url).split("\n")).toEqual([
    `claude plugin marketplace add ${url}`,
    "claude plugin install argus@argus",
  ]);
  expect(JSON.parse(managedSettings(url)).extraKnownMarketplaces.argus.source.url).toBe(url);
});

test("without https the plugin comes from a folder", () => {
  expect(commandsForFolder("http://127.0.0.1:4318", "default", "alpha").split("\n")).toEqual([
    "argus plugin --endpoint http://127.0.0.1:4318 --project alpha --out ~/argus-plugin",
    "claude plugin marketplace add ~/argus-plugin",
    "claude plugin install argus@argus",
  ]);
  expect(commandsForFolder("http://127.0.0.1:4318", "other", "alpha")).toContain("--workspace other");
});
