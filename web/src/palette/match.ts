/** Whether every word that was typed stands in the label. */
export function matches(query: string, label: string): boolean {
  const text = label.toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** The beginning of a session's id, where what was typed can be one. */
export function asIdPrefix(query: string): string | undefined {
  const typed = query.trim().toLowerCase();
  return /^[0-9a-f][0-9a-f-]{3,39}$/.test(typed) ? typed : undefined;
}
