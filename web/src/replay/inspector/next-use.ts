/** The next place after the one that is chosen, around the end; undefined where there is none. */
export function nextUse(places: readonly number[], from: number | undefined): number | undefined {
  return places.find((place) => place > (from ?? -1)) ?? places[0];
}
