import type { Role } from "@/api/types";

const ROLES: readonly Role[] = ["member", "viewer", "reviewer", "auditor", "admin", "owner"];

export const ROLE_OPTIONS = ROLES.map((role) => ({ value: role, name: role }));
