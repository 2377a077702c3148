/** Looks for steps beyond what is on the page. */
import type { QueryClient } from "@tanstack/react-query";
import type { StepRow } from "@/api/types";
import { errorsQuery, stepsQuery } from "./data";
import { PAGE_STEPS, pageOffset } from "./layout/pages";

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

/** The next step that went wrong. */
export async function nextError(
  queryClient: QueryClient,
  where: Where,
  from: number,
  steps: number,
): Promise<StepRow | undefined> {
  if (where.agent === undefined) {
    const { indexes } = await queryClient.fetchQuery(errorsQuery(where.workspace, where.session));
    const index = indexes.find((each) => each > from);
    return index === undefined ? undefined : await stepAt(queryClient, where, index);
  }
  // The server's places are the session's; a sub-agent's are its own, and few.
  for (let index = from + 1; index < steps; index++) {
    const item = await stepAt(queryClient, where, index);
    if (item?.step.is_error) {
      return item;
    }
  }
  return undefined;
}
