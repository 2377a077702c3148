/** How many requests are under way at once. */
const AT_ONCE = 4;

/** Does something for each, a few at a time; tells how many are done, and in the end which were not, and why the first was not. */
export async function eachOf<T>(
  items: readonly T[],
  run: (item: T) => Promise<unknown>,
  onProgress: (done: number) => void,
): Promise<{ failed: T[]; reason: unknown }> {
  const failed: T[] = [];
  let reason: unknown;
  let done = 0;
  const waiting = items.values();
  async function work() {
    for (const item of waiting) {
      try {
        await run(item);
      } catch (error) {
        reason ??= error;
        failed.push(item);
      }
      done += 1;
      onProgress(done);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { failed, reason };
}
