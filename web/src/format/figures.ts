/** Figures of statistics, with a true minus sign. */

const share = new Intl.NumberFormat("en-US", { maximumFractionDigits: 1 });
const coefficient = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const difference = new Intl.NumberFormat("en-US", {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
  signDisplay: "exceptZero",
});

const withMinus = (written: string) => written.replace("-", "−");

/** A share of one, as `87.5 %`. */
export const formatShare = (value: number) => `${share.format(value * 100)} %`;

/** A coefficient, or any figure of that size, as `−0.02`. */
export const formatFigure = (value: number) => withMinus(coefficient.format(value));

/** How far one is above the other, as `+9.0`. */
export const formatDifference = (value: number) => withMinus(difference.format(value));
