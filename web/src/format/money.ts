const twoPlaces = withPlaces(2);
const threePlaces = withPlaces(3);
const fourPlaces = withPlaces(4);

/** Money as a person reads it: cents above a dollar, more places below, never a false zero. */
export function formatMoney(nanousd: number): string {
  const usd = nanousd / 1e9;
  const size = Math.abs(usd);
  const sign = usd < 0 ? "−" : "";
  if (size === 0) {
    return "$0";
  }
  if (size < 0.0001) {
    return `${sign}<$0.0001`;
  }
  const format = size >= 0.995 ? twoPlaces : size >= 0.00995 ? threePlaces : fourPlaces;
  return `${sign}$${format.format(size)}`;
}

function withPlaces(places: number): Intl.NumberFormat {
  return new Intl.NumberFormat("en-US", { minimumFractionDigits: places, maximumFractionDigits: places });
}

export interface CostText {
  text: string;
  /** Why it is not an exact figure; absent when it is. */
  why?: string;
}

/** A cost with what is known about it: `–` when nothing is, `≥` when requests are missing in it. */
export function formatCost(cost: { cost_nanousd: number | null; unpriced_requests: number }): CostText {
  const { cost_nanousd, unpriced_requests } = cost;
  const requests = unpriced_requests === 1 ? "1 request" : `${unpriced_requests} requests`;
  if (cost_nanousd === null) {
    return {
      text: "–",
      why:
        unpriced_requests > 0
          ? `Cost unknown: no source told what ${requests} cost`
          : "Cost unknown: no source told of a request with a cost",
    };
  }
  if (unpriced_requests > 0) {
    return {
      text: `≥ ${formatMoney(cost_nanousd)}`,
      why: `At least: the cost of ${requests} is unknown`,
    };
  }
  return { text: formatMoney(cost_nanousd) };
}
