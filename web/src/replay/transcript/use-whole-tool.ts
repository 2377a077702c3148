import { useQuery } from "@tanstack/react-query";
import type { Step, Tool } from "@/api/types";
import { stepQuery } from "../data";
import { useReplay } from "../replay-context";
import { useSettled } from "../text/LongText";
import { payloadState } from "../tools/output";
import type { ToolView } from "../tools/tool-view";

/** Rows that only fly by fetch nothing. */
const SETTLE_MS = 150;

/** The call with the payloads that it cannot be shown without, fetched when they did not come with the list. */
export function useWholeTool(
  step: Step,
  tool: Tool,
  view: ToolView,
  open: boolean,
): { tool: Tool; waiting: boolean } {
  const { workspace, session } = useReplay();
  const settled = useSettled(SETTLE_MS);
  const wanted = (["input", "output", "result"] as const).some(
    (field) =>
      payloadState(tool, field) === "elsewhere" &&
      (open || field !== "result" || view.needs?.includes("result")),
  );
  const whole = useQuery({ ...stepQuery(workspace, session, step.id), enabled: settled && wanted });
  return { tool: whole.data?.step.tool ?? tool, waiting: wanted && !whole.data && !whole.isError };
}
