/** What of a session a reader has looked at, and what came since. Pure. */

export interface Looked {
  /** How many steps were there when the reader last looked. */
  steps: number;
  /** The first step that came since; undefined where nothing did. */
  newFrom: number | undefined;
}

/** When a session is opened: `lastLook` is the place of the step that was the last one then, where that is known. */
export function opened(steps: number, lastLook: number | undefined): Looked {
  const isNew = lastLook !== undefined && lastLook + 1 < steps;
  return { steps, newFrom: isNew ? lastLook + 1 : undefined };
}

/** When the session has so many steps: `attends` while the end is seen or followed, by someone who is there. */
export function grown(looked: Looked, steps: number, attends: boolean): Looked {
  if (steps <= looked.steps) {
    return looked;
  }
  return attends
    ? { ...looked, steps }
    : // What came before and was not looked at either is new as well.
      { ...looked, newFrom: isUnseen(looked) ? looked.newFrom : looked.steps };
}

const isUnseen = ({ steps, newFrom }: Looked) => newFrom !== undefined && newFrom >= steps;
