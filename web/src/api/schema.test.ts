// @vitest-environment node
import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { apiSchema } from "../../scripts/api-schema.mjs";

it("the schema is that of docs/openapi.json: `npm run api` makes it anew", async () => {
  const held = await readFile(new URL("schema.d.ts", import.meta.url), "utf8");
  expect(await apiSchema()).toBe(held);
});
