import { useState } from "react";
import { recordUrl } from "@/api/panels";
import type { RecordView } from "@/api/types";
import { formatBytes, formatCount } from "@/format/count";
import { formatExact } from "@/format/time";
import { CopyButton } from "@/ui/CopyButton";
import { SOURCES } from "@/ui/Witnesses";
import { Fact, Facts, Id } from "../inspector/Facts";
import { useReplay } from "../replay-context";
import { chunksOf } from "../text/fold";
import { bytesMissing } from "../text/LongText";
import { unmarked } from "../text/redactions";
import { Visible } from "../text/Visible";
import { visibleLine } from "../text/visible";
import { bundleOf, STATE_WORDS, standingOf } from "./record-words";
import "./records.css";

const LINES_FOLDED = 30;

/** A record as it stands in the ledger: what it is, its redacted content, and the proof that it is there. */
export function RecordCard({ record }: { record: RecordView }) {
  const { workspace, session } = useReplay();
  const { source, kind, at, received_at, rule_version, body, proof, id } = record;
  const standing = standingOf(record);
  return (
    <article className="record" aria-label={`Record ${formatCount(id)}`}>
      <header className="record-head">
        <h3>
          Record {formatCount(id)}
          <span className="record-kind">
            {" "}
            {SOURCES[source].name}
            {kind !== null && <code> {visibleLine(kind, 80)}</code>}
          </span>
        </h3>
        <p className={`record-state record-state-${record.state}`}>{STATE_WORDS[record.state]}</p>
      </header>
      {standing.map((sentence) => (
        <p key={sentence} className="record-standing">
          {sentence}
        </p>
      ))}
      <Facts>
        <Fact name="At">{at === null ? "no time of its own" : formatExact(at)}</Fact>
        <Fact name="Received">{formatExact(received_at)}</Fact>
        <Fact name="Redaction rules">version {rulesOf(rule_version)}</Fact>
      </Facts>
      {body && (
        <>
          <div className="record-acts">
            <span className="quiet">Content as stored, redacted: {formatBytes(body.bytes_total)}</span>
            <CopyButton text={unmarked(body.text)} />
            <a href={recordUrl(workspace, session, id)} download>
              Download
            </a>
          </div>
          <RecordBody id={id} text={body.text} />
          {bytesMissing(body.text, body.bytes_total) > 0 && (
            <p className="quiet">Shown in part; the download has all of it.</p>
          )}
        </>
      )}
      {proof ? (
        <Proof record={record} proof={proof} />
      ) : (
        <p className="record-standing">Its leaf is missing from the ledger.</p>
      )}
    </article>
  );
}

function RecordBody({ id, text }: { id: number; text: string }) {
  const [open, setOpen] = useState(false);
  const lines = text.split("\n");
  const shown = open ? text : lines.slice(0, LINES_FOLDED).join("\n");
  const left = lines.length - LINES_FOLDED;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="record-body" tabIndex={0} aria-label={`Content of record ${formatCount(id)}`}>
        <pre>
          {chunksOf(shown).map((chunk, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the chunks of a text do not move
            <Visible key={place} text={chunk} />
          ))}
        </pre>
      </section>
      {left > 0 && (
        <button type="button" className="long-text-more" onClick={() => setOpen(!open)}>
          {open ? "Fold" : `${formatCount(left)} more lines`}
        </button>
      )}
    </>
  );
}

/** The proof in words and numbers; a click more for the hashes, which only a program compares. */
function Proof({ record, proof }: { record: RecordView; proof: NonNullable<RecordView["proof"]> }) {
  return (
    <div className="record-proof">
      <p>
        Leaf {formatCount(proof.index)} of a tree of {formatCount(proof.tree_size)}: the server followed{" "}
        {formatCount(proof.path.length)} {proof.path.length === 1 ? "hash" : "hashes"} from it to the root.
        {record.state === "intact" && " The content fits the commitment in the leaf."}
      </p>
      <details>
        <summary>The proof (RFC 6962, SHA-256)</summary>
        <dl>
          <Fact name="Leaf hash">
            <Id id={proof.leaf_hash} />
          </Fact>
          <Fact name="Root">
            <Id id={proof.root} />
          </Fact>
          <Fact
            name="Commitment"
            why="Salted: without the salt, which stands with the content, there is nothing to guess"
          >
            <Id id={proof.commitment} />
          </Fact>
          <Fact name="Leaf">
            <Id id={proof.leaf} />
          </Fact>
          <Fact name="Path" why="From the leaf up">
            <ol className="record-path">
              {proof.path.map((hash) => (
                <li key={hash}>
                  <code>{hash}</code>
                </li>
              ))}
            </ol>
          </Fact>
        </dl>
        <CopyButton text={bundleOf(record)} />
      </details>
    </div>
  );
}

/** The rules and the revision of the workspace's own, which are stored as one number. */
function rulesOf(version: number): string {
  return `${Math.floor(version / 65_536)}.${version % 65_536}`;
}
