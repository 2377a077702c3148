/** A session's place among the sessions of its conversation. */
import type { Conversation } from "@/api/types";

type Item = Conversation["items"][number];

export interface Strip {
  place: number;
  count: number;
  before: Item | undefined;
  after: Item | undefined;
}

/** Undefined where the links to its relatives say all: of two sessions. */
export function stripOf(session: string, { items }: Pick<Conversation, "items">): Strip | undefined {
  const place = items.findIndex((item) => item.id === session);
  return place === -1 || items.length < 3
    ? undefined
    : { place, count: items.length, before: items[place - 1], after: items[place + 1] };
}
