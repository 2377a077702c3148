/** Queues, made through the API, and items judged through it. */
import type { Person } from "./people.ts";

/** A queue of sessions that one reviewer each gives a verdict on, unless `fields` say otherwise. */
export async function makeQueue(owner: Person, fields: object): Promise<string> {
  const { id } = await owner.post<{ id: string }>("/workspaces/default/queues", {
    rubric: null,
    kind: "review",
    scope: "session",
    reviewers_per_item: 1,
    blind: false,
    due_days: 7,
    reservation_minutes: 30,
    reviewers: [],
    rules: [],
    ...fields,
  });
  return id;
}

export async function addSessions(owner: Person, queue: string, sessions: readonly string[]): Promise<void> {
  await owner.post(`/workspaces/default/queues/${queue}/items`, { sessions, reason: "By hand" });
}

/** Takes the next items of a queue as a reviewer does, `count` of them, and hands each to `judge` before it is completed. */
export async function judgeNext(
  reviewer: Person,
  queue: string,
  count: number,
  judge: (item: { id: string; session: string }) => Promise<unknown>,
): Promise<void> {
  for (let done = 0; done < count; done++) {
    const { item } = await reviewer.post<{ item: { id: string; session: string } | null }>(
      `/workspaces/default/queues/${queue}/next`,
      {},
    );
    if (!item) {
      throw new Error(`the queue has ${done} items for ${reviewer.name}, and ${count} were to be judged`);
    }
    await judge(item);
    await reviewer.post(`/workspaces/default/queue-items/${item.id}/complete`, {});
  }
}
