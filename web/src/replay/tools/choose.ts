import type { Tool } from "@/api/types";
import { agent } from "./agent";
import { background } from "./background";
import { bash } from "./bash";
import { edit, notebookEdit, write } from "./edit";
import { mcp } from "./mcp";
import { plan } from "./plan";
import { question } from "./question";
import { read } from "./read";
import { search } from "./search";
import { skill } from "./skill";
import { tasks, todos } from "./tasks";
import type { ToolView } from "./tool-view";
import { unknown } from "./unknown";
import { webFetch, webSearch } from "./web";

const VIEWS: readonly ToolView[] = [
  agent,
  background,
  bash,
  edit,
  notebookEdit,
  plan,
  question,
  read,
  search,
  skill,
  tasks,
  todos,
  webFetch,
  webSearch,
  write,
];

/** A map, not an object: a captured tool may be called `constructor`. */
const BY_NAME = new Map(VIEWS.flatMap((view) => view.names.map((name) => [name, view] as const)));

export function viewOf(tool: Pick<Tool, "name" | "mcp">): ToolView {
  const known = BY_NAME.get(tool.name ?? "");
  if (known) {
    return known;
  }
  return tool.mcp !== null || tool.name?.startsWith("mcp__") ? mcp : unknown;
}

/** The tool's name as shown: an MCP server's tool by its own name, its server beside it. */
export function toolTitle(tool: Pick<Tool, "name" | "mcp">): { name: string; server: string | undefined } {
  if (tool.mcp?.tool) {
    return { name: tool.mcp.tool, server: tool.mcp.server ?? undefined };
  }
  const [prefix, server, ...rest] = (tool.name ?? "").split("__");
  return prefix === "mcp" && server && rest.length > 0
    ? { name: rest.join("__"), server }
    : { name: tool.name ?? "a tool", server: undefined };
}
