import { createContext, useContext } from "react";
import type { Queue, QueueItem } from "@/api/queues";

/** A queue that is worked through, at the item that is on the screen. */
export interface QueueRun {
  queue: Queue;
  item: QueueItem;
  progress: { done: number; total: number };
  /** Something is on its way to the server. */
  isPending: boolean;
  /** What the server refused. */
  error: Error | null;
  completeAndNext: () => Promise<void>;
  skip: (reason: string) => Promise<void>;
  leave: () => void;
}

export const QueueRunContext = createContext<QueueRun | undefined>(undefined);

export function useQueueRun(): QueueRun | undefined {
  return useContext(QueueRunContext);
}
