import { ITEM_STATES, type ItemState } from "@/api/queues";

/** What the address of a queue's page says: which of its items are shown. */
export interface QueueSearch {
  state?: ItemState;
}

export function parseQueueSearch({ state }: Record<string, unknown>): QueueSearch {
  const known = ITEM_STATES.find((each) => each === state);
  return known === undefined ? {} : { state: known };
}
