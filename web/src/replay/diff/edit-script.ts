/** The shortest way from one list to another, by Myers; bounded, since hostile texts differ everywhere. */
export interface Edit {
  kind: "same" | "added" | "removed";
  text: string;
}

/** More differences than this are told as: all of the one removed, all of the other added. */
const DIFFERENCES_MAX = 400;

export function editScript(before: string[], after: string[]): Edit[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) {
    start++;
  }
  let end = 0;
  while (
    end < before.length - start &&
    end < after.length - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  ) {
    end++;
  }
  return [
    ...before.slice(0, start).map(same),
    ...middle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...before.slice(before.length - end).map(same),
  ];
}

const same = (text: string): Edit => ({ kind: "same", text });

function middle(before: string[], after: string[]): Edit[] {
  const trace = furthestPaths(before, after);
  if (!trace) {
    return [
      ...before.map((text): Edit => ({ kind: "removed", text })),
      ...after.map((text): Edit => ({ kind: "added", text })),
    ];
  }
  return walkBack(trace, before, after);
}

/** For each number of differences, how far each diagonal gets; undefined when there are too many. */
function furthestPaths(before: string[], after: string[]): Map<number, number>[] | undefined {
  const trace: Map<number, number>[] = [];
  let reach = new Map([[1, 0]]);
  const most = Math.min(DIFFERENCES_MAX, before.length + after.length);
  for (let differences = 0; differences <= most; differences++) {
    trace.push(new Map(reach));
    const next = new Map(reach);
    for (let diagonal = -differences; diagonal <= differences; diagonal += 2) {
      const down = goesDown(next, diagonal, differences);
      let x = down ? (next.get(diagonal + 1) ?? 0) : (next.get(diagonal - 1) ?? 0) + 1;
      let y = x - diagonal;
      while (x < before.length && y < after.length && before[x] === after[y]) {
        x++;
        y++;
      }
      next.set(diagonal, x);
      if (x >= before.length && y >= after.length) {
        return trace;
      }
    }
    reach = next;
  }
  return undefined;
}

function goesDown(reach: Map<number, number>, diagonal: number, differences: number): boolean {
  return (
    diagonal === -differences ||
    (diagonal !== differences && (reach.get(diagonal - 1) ?? -1) < (reach.get(diagonal + 1) ?? -1))
  );
}

function walkBack(trace: Map<number, number>[], before: string[], after: string[]): Edit[] {
  const edits: Edit[] = [];
  let x = before.length;
  let y = after.length;
  for (let differences = trace.length - 1; differences >= 0; differences--) {
    const reach = trace[differences] ?? new Map<number, number>();
    const diagonal = x - y;
    const from = goesDown(reach, diagonal, differences) ? diagonal + 1 : diagonal - 1;
    const fromX = differences === 0 ? 0 : (reach.get(from) ?? 0);
    const fromY = differences === 0 ? 0 : fromX - from;
    while (x > fromX && y > fromY) {
      x--;
      y--;
      edits.push(same(before[x] ?? ""));
    }
    if (differences > 0) {
      if (x > fromX) {
        x--;
        edits.push({ kind: "removed", text: before[x] ?? "" });
      } else if (y > fromY) {
        y--;
        edits.push({ kind: "added", text: after[y] ?? "" });
      }
    }
  }
  return edits.reverse();
}
