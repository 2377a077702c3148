/** Steps are fetched by pages of fixed offsets, so that scrolling back finds the same page again. */
export const PAGE_STEPS = 100;

/** Pages kept on either side of what is seen; the others are dropped. */
const PAGES_KEPT = 10;

/** Steps fetched ahead of what is seen, either way. */
const AHEAD_STEPS = 30;

export const pageOffset = (index: number) => Math.floor(index / PAGE_STEPS) * PAGE_STEPS;

/** The offsets of the pages that hold the steps seen and those near them. */
export function pagesFor(first: number, last: number, total: number): number[] {
  if (total === 0) {
    return [];
  }
  const offsets: number[] = [];
  const end = pageOffset(Math.min(last + AHEAD_STEPS, total - 1));
  for (let offset = pageOffset(Math.max(0, first - AHEAD_STEPS)); offset <= end; offset += PAGE_STEPS) {
    offsets.push(offset);
  }
  return offsets;
}

/** The offsets of the pages that hold some steps, ascending, where there is much between them that is not shown. */
export function pagesOf(steps: readonly number[]): number[] {
  return [...new Set(steps.map(pageOffset))].sort((one, other) => one - other);
}

/** Whether a page is too far from those seen to be kept in memory. */
export function isFar(offset: number, seen: readonly number[]): boolean {
  const first = seen[0];
  const last = seen.at(-1);
  return (
    first !== undefined &&
    last !== undefined &&
    (offset < first - PAGES_KEPT * PAGE_STEPS || offset > last + PAGES_KEPT * PAGE_STEPS)
  );
}
