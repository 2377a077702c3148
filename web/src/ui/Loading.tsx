import "./Loading.css";

/** Stands where something will be, but not before one has begun to wait for it. */
export function Loading() {
  return (
    <p role="status" className="loading">
      Loading …
    </p>
  );
}
