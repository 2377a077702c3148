import type { Role } from "@/api/types";
import { Choice, Field } from "@/ui/Field";
import { textOfProjects } from "./projects-text";
import { ROLE_OPTIONS, ROLE_WORDS } from "./roles";

/** What someone may do, and where; the projects are in the form's field of that name. */
export function GrantFields({
  role,
  onRole,
  projects,
}: {
  role: Role;
  onRole: (role: Role) => void;
  projects: readonly string[] | null;
}) {
  return (
    <>
      <Choice label="Role" value={role} options={ROLE_OPTIONS} onChange={onRole} hint={ROLE_WORDS[role]} />
      <Field
        label="Projects"
        name="projects"
        defaultValue={textOfProjects(projects)}
        placeholder="all"
        autoComplete="off"
        hint="Names between commas; empty for all."
      />
    </>
  );
}
