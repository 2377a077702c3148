import type { Role } from "@/api/types";

/** What each may do, from the least to the most. */
export const ROLE_WORDS: Record<Role, string> = {
  member: "Reads what their own keys sent.",
  viewer: "Reads sessions.",
  reviewer: "Reads sessions, and what is redacted.",
  auditor: "Reads sessions, members, keys and what is redacted; changes nothing.",
  admin: "Does everything, but for what concerns owners.",
  owner: "Does everything.",
};

export const ROLE_OPTIONS = (Object.keys(ROLE_WORDS) as Role[]).map((role) => ({ value: role, name: role }));
