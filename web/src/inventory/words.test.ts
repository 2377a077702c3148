import { expect, it } from "vitest";
import type { McpServerSeen, SkillVersion } from "@/api/types";
import { enabledWords, ranWords, serversSought, skillGroups } from "./words";

const version = (name: string, hash: string) => ({ name, hash }) as SkillVersion;

it("puts the versions of a skill together and finds them by name", () => {
  const versions = [version("pay", "a"), version("weekly", "b"), version("weekly", "c")];
  expect(skillGroups(versions, "").map(({ name, versions: of }) => [name, of.length])).toEqual([
    ["pay", 1],
    ["weekly", 2],
  ]);
  expect(skillGroups(versions, " WEEK").map(({ name }) => name)).toEqual(["weekly"]);
  expect(skillGroups(versions, "none")).toEqual([]);
});

it("says in how many sessions a version ran, and that what is not known is unknown", () => {
  expect(ranWords({ ran: 0, states: [] })).toBe("never ran");
  expect(ranWords({ ran: 1, states: [{ state: "stable", sessions: 1 }] })).toBe("1 session, 1 stable");
  const states = [
    { state: "stable" as const, sessions: 2 },
    { state: "changed" as const, sessions: 1 },
    { state: "unknown" as const, sessions: 4 },
  ];
  expect(ranWords({ ran: 7, states })).toBe("7 sessions, 2 stable, 1 changed, 4 unknown");
});

it("never says that a server is off when nobody said so", () => {
  expect([null, true, false].map(enabledWords)).toEqual(["unknown", "yes", "no"]);
});

it("finds servers by name, origin and machine", () => {
  const server = (name: string, origin: string | null, device_name: string | null) =>
    ({ name, origin, device_name }) as McpServerSeen;
  const servers = [server("mail", "https://mail.example", "laptop-7"), server("ledger", null, null)];
  expect(serversSought(servers, "example").map(({ name }) => name)).toEqual(["mail"]);
  expect(serversSought(servers, "LAPTOP").map(({ name }) => name)).toEqual(["mail"]);
  expect(serversSought(servers, "").length).toBe(2);
});
