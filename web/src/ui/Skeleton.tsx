import "./Skeleton.css";

/** Stands where a text will be, in the text's own height. */
export function Skeleton({ width }: { width: string }) {
  return <span className="skeleton" style={{ width }} aria-hidden="true" />;
}
