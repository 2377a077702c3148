/** Projects as they are typed: names between commas. */
export function namesOfText(text: string): string[] {
  const names = text.split(",").map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== ""))];
}

/** Of a person, no name means all of them. */
export function projectsOfText(text: string): string[] | null {
  const names = namesOfText(text);
  return names.length === 0 ? null : names;
}

export function textOfProjects(projects: readonly string[] | null): string {
  return projects === null ? "" : projects.join(", ");
}

/** As it is read: `all`, or the names. */
export function projectsWords(projects: readonly string[] | null): string {
  return projects === null ? "all" : projects.join(", ") || "none";
}
