// TypeScript's view of the API, from the description that the server makes of itself.
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";

const DESCRIPTION = new URL("../../docs/openapi.json", import.meta.url);
const SCHEMA = new URL("../src/api/schema.d.ts", import.meta.url);

/** @returns {Promise<string>} what src/api/schema.d.ts holds when it is up to date */
export async function apiSchema() {
  const nodes = await openapiTS(JSON.parse(await readFile(DESCRIPTION, "utf8")), {
    inject: 'import type { Json } from "./json";',
    transform: (schema) => (isAnything(schema) ? ts.factory.createTypeReferenceNode("Json") : undefined),
  });
  return `// Made from docs/openapi.json by \`npm run api\`.\n${astToString(nodes)}`;
}

/** Said to be nothing in particular: what tools are given and give back. */
function isAnything(schema) {
  return Object.keys(schema).every((key) => key === "description");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await writeFile(SCHEMA, await apiSchema());
}
