import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "..");

/** Classes that have a rule of their own, where nothing else narrows it. */
function classesOf(css: string): string[] {
  const lines = css.split("\n");
  return lines.flatMap((line, number) => {
    const name = /^\s*\.([\w-]+) \{$/.exec(line)?.[1];
    return name === undefined || lines[number - 1]?.endsWith(",") ? [] : [name];
  });
}

it("no two files style a class of the same name: all of them may be on one page", () => {
  const owners = new Map<string, string>();
  const twice: string[] = [];
  const files = readdirSync(ROOT, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".css"),
  );
  for (const file of files) {
    for (const name of new Set(classesOf(readFileSync(join(ROOT, file), "utf8")))) {
      const owner = owners.get(name);
      if (owner !== undefined) {
        twice.push(`${name}: ${owner}, ${file}`);
      }
      owners.set(name, file);
    }
  }
  expect(twice).toEqual([]);
});
