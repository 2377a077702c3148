/** People who are named in a comment: `@Name`. */
export interface Mentionable {
  id: string;
  name: string;
}

/** Where the name begins that is written at the caret, after its `@`; undefined where none is. */
export function mentionAt(text: string, caret: number): number | undefined {
  const line = text.slice(0, caret);
  const at = line.lastIndexOf("@");
  if (at === -1 || /[^\s(,;:]/.test(line[at - 1] ?? " ")) {
    return undefined;
  }
  const name = line.slice(at + 1);
  // A name may have spaces, but few, and begins with none.
  return /^(?! )[^\n@]{0,40}$/.test(name) && name.split(" ").length <= 3 ? at + 1 : undefined;
}

export function peopleLike(people: readonly Mentionable[], written: string): string[] {
  const sought = written.toLocaleLowerCase();
  return people
    .map(({ name }) => name)
    .filter((name) =>
      name
        .toLocaleLowerCase()
        .split(/\s+/)
        .some((_, place, words) => words.slice(place).join(" ").startsWith(sought)),
    );
}

/** The ids of those whom the text names. Of two names of which one begins like the other, the longer is meant. */
export function mentionsIn(text: string, people: readonly Mentionable[]): string[] {
  const found = new Set<string>();
  const byLength = people.toSorted((one, other) => other.name.length - one.name.length);
  for (let at = text.indexOf("@"); at !== -1; at = text.indexOf("@", at + 1)) {
    const named = byLength.find(
      ({ name }) =>
        name !== "" &&
        text.startsWith(name, at + 1) &&
        !/[\p{L}\p{N}]/u.test(text[at + 1 + name.length] ?? " "),
    );
    if (named) {
      for (const { id, name } of people) {
        if (name === named.name) {
          found.add(id);
        }
      }
    }
  }
  return [...found];
}
