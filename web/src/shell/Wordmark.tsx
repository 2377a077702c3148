import "./Wordmark.css";

/** An eye with a peacock's crest: the peacock is where the eyes of Argus went. */
function Mark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" width="26" height="26" aria-hidden="true" focusable="false">
      <path className="mark-line" d="M16 10.5V6M9.6 12 7.4 8M22.4 12 24.6 8" />
      <path className="mark-line" d="M3.5 19C9 11.6 23 11.6 28.5 19C23 26.4 9 26.4 3.5 19Z" />
      <g className="mark-colour">
        <circle cx="16" cy="3.9" r="1.7" />
        <circle cx="6.2" cy="5.9" r="1.7" />
        <circle cx="25.8" cy="5.9" r="1.7" />
        <circle cx="16" cy="19" r="4.6" />
      </g>
      <circle className="mark-light" cx="17.5" cy="17.5" r="1.3" />
    </svg>
  );
}

export function Wordmark() {
  return (
    <span className="wordmark">
      <Mark />
      <span className="wordmark-name">Argus</span>
    </span>
  );
}
