/** Looks for steps beyond what is on the page. */
import type { QueryClient } from "@tanstack/react-query";
import type { StepRow } from "@/api/types";
import { stepsQuery } from "./data";
import { PAGE_STEPS, pageOffset } from "./layout/pages";
import { type RowLayout, turnOfStep } from "./layout/rows";

/** Which steps are meant: a session's, or one sub-agent's. */
export interface Where {
  workspace: string;
  session: string;
  agent: string | undefined;
}

async function pageAt(queryClient: QueryClient, where: Where, index: number): Promise<StepRow[]> {
  const query = stepsQuery(where.workspace, where.session, where.agent, pageOffset(index));
  return (await queryClient.fetchQuery(query)).items;
}

/** The step at a place, fetched if need be. */
export async function stepAt(
  queryClient: QueryClient,
  where: Where,
  index: number,
): Promise<StepRow | undefined> {
  return (await pageAt(queryClient, where, index))[index % PAGE_STEPS];
}

/** The next step a reader stops at, either way: requests to the model are passed over. */
export async function nextStep(
  queryClient: QueryClient,
  where: Where,
  from: number,
  direction: 1 | -1,
  steps: number,
): Promise<StepRow | undefined> {
  for (let index = from + direction; index >= 0 && index < steps; index += direction) {
    const item = await stepAt(queryClient, where, index);
    if (item && item.step.kind !== "model_request") {
      return item;
    }
  }
  return undefined;
}

/** The next step that went wrong; turns say how many they have, so that only those with any are fetched. */
export async function nextError(
  queryClient: QueryClient,
  where: Where,
  layout: RowLayout,
  from: number,
): Promise<StepRow | undefined> {
  for (const [first, end] of stretchesWithErrors(layout, from + 1)) {
    for (let index = first; index < end; index = pageOffset(index) + PAGE_STEPS) {
      const items = await pageAt(queryClient, where, index);
      const found = items.find((item) => item.index >= index && item.index < end && item.step.is_error);
      if (found) {
        return found;
      }
    }
  }
  return undefined;
}

/** Where to look, from a place to the end: [first, end) of each turn that has errors. */
export function stretchesWithErrors(layout: RowLayout, from: number): [first: number, end: number][] {
  if (layout.turns.length === 0) {
    return from < layout.steps ? [[from, layout.steps]] : [];
  }
  return layout.turns
    .slice(turnOfStep(layout, from))
    .filter((turn) => turn.errors > 0)
    .map((turn): [number, number] => [Math.max(from, turn.first_step), turn.first_step + turn.step_count])
    .filter(([first, end]) => first < end);
}
