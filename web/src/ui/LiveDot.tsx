import "./LiveDot.css";

/** A session that is going on now. */
export function LiveDot() {
  return (
    <span className="live" title="Live: something arrived within the last two minutes">
      <span className="visually-hidden">Live: </span>
    </span>
  );
}
