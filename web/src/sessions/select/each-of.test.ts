import { expect, it } from "vitest";
import { eachOf } from "./each-of";

it("does each once, a few at a time, and tells what failed", async () => {
  let under = 0;
  let most = 0;
  const seen: number[] = [];
  const told: number[] = [];
  const { failed, reason } = await eachOf(
    Array.from({ length: 20 }, (_, place) => place),
    async (item) => {
      under += 1;
      most = Math.max(most, under);
      await Promise.resolve();
      under -= 1;
      seen.push(item);
      if (item % 7 === 6) {
        throw new Error(`no ${item}`);
      }
    },
    (done) => told.push(done),
  );
  expect(seen.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, place) => place));
  expect(most).toBeLessThanOrEqual(4);
  expect(failed.toSorted((a, b) => a - b)).toEqual([6, 13]);
  expect(reason).toEqual(new Error("no 6"));
  expect(told).toHaveLength(20);
});
