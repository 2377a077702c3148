import type { ComponentType, ReactNode } from "react";
import type { Step, Tool } from "@/api/types";

export interface ToolBodyProps {
  step: Step;
  tool: Tool;
  open: boolean;
  onOpen: (open: boolean) => void;
}

/** How one kind of tool is shown. */
export interface ToolView {
  /** Names of the tools, as the client calls them. */
  names: readonly string[];
  /** What the call is about, in one line. */
  summary: (tool: Tool) => string | undefined;
  /** The summary is prose, not code. */
  inWords?: boolean;
  /** A remark behind it: a count, a range, a state. A text is made visible by who shows it. */
  aside?: (tool: Tool) => ReactNode;
  Body: ComponentType<ToolBodyProps>;
  /** Payloads without which it says little: fetched whole when they came cut. */
  needs?: readonly ("input" | "output" | "result")[];
}
