import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { memo, useEffect, useMemo, useState } from "react";
import { messageOf } from "@/api/error";
import { downloadUrl } from "@/api/sessions";
import type { ContentField } from "@/api/types";
import { formatBytes, formatCount, plural } from "@/format/count";
import { Skeleton } from "@/ui/Skeleton";
import { restQuery, tailQuery } from "../data";
import { useReplay } from "../replay-context";
import { chunksOf, countLines, cutLongLines, foldText } from "./fold";
import { unmarked } from "./redactions";
import { Terminal } from "./Terminal";
import { Visible } from "./Visible";
import "./long-text.css";

export interface LongTextProps {
  /** The text, or as much of it as came. */
  text: string;
  /** Its whole size, where that is known. */
  bytes?: number | undefined;
  /** Where the rest of it is to be had. */
  step: string;
  field: ContentField;
  open: boolean;
  onOpen: (open: boolean) => void;
  terminal?: boolean;
}

/** Pieces of the rest that are shown at most; beyond, a download serves better. */
const PIECES_MAX = 16;
/** What is laid out at once when a text is opened. */
const SHOWN_AT_ONCE = 65_536;
/** The end of a cut text is fetched for rows that stay on the page, not for those flown over. */
const TAIL_DELAY_MS = 250;

/** A text that is folded to its head and tail until opened, and fetched to its end when it came cut. */
export const LongText = memo(function LongText(props: LongTextProps) {
  const { text, bytes, open } = props;
  const cutBytes = useMemo(() => bytesMissing(text, bytes), [text, bytes]);
  if (open) {
    return <Opened {...props} cutBytes={cutBytes} />;
  }
  if (cutBytes > 0) {
    return <FoldedCut {...props} cutBytes={cutBytes} />;
  }
  return <Folded {...props} />;
});

export function bytesMissing(text: string, bytes: number | undefined): number {
  // No character of UTF-16 takes more than three bytes: most texts need no counting.
  if (bytes === undefined || bytes <= unmarked(text).length) {
    return 0;
  }
  return Math.max(0, bytes - bytesOf(text));
}

/** As the server counts them. */
const bytesOf = (text: string) => new TextEncoder().encode(unmarked(text)).length;

function Folded({ text, terminal, onOpen }: LongTextProps) {
  const { head, tail, hiddenLines } = foldText(text);
  const longLine = text.length > SHOWN_AT_ONCE && hiddenLines === 0;
  return (
    <div className="long-text">
      <Piece text={cutLongLines(head)} terminal={terminal} />
      {(hiddenLines > 0 || longLine) && (
        <button type="button" className="long-text-more" onClick={() => onOpen(true)}>
          {hiddenLines > 0 ? `${plural(hiddenLines, "more line")}` : "Show the whole line"}
        </button>
      )}
      {tail !== "" && <Piece text={cutLongLines(tail)} terminal={terminal} />}
    </div>
  );
}

function FoldedCut({
  text,
  bytes = 0,
  step,
  field,
  terminal,
  cutBytes,
  onOpen,
}: LongTextProps & { cutBytes: number }) {
  const { workspace, session } = useReplay();
  const settled = useSettled(TAIL_DELAY_MS);
  const tail = useQuery({ ...tailQuery(workspace, session, step, field, bytes), enabled: settled });
  const head = foldText(text).head;
  const end = tail.data && lastLines(tail.data.text);
  return (
    <div className="long-text">
      <Piece text={cutLongLines(head)} terminal={terminal} />
      <button type="button" className="long-text-more" onClick={() => onOpen(true)}>
        {formatBytes(cutBytes)} more
      </button>
      <div className="long-text-tail">
        {end === undefined ? (
          tail.isError ? null : (
            <Skeleton width="16em" />
          )
        ) : (
          <Piece text={end} terminal={terminal} />
        )}
      </div>
    </div>
  );
}

const TAIL_LINES = 3;

function lastLines(text: string): string {
  const lines = text.trimEnd().split("\n").slice(-TAIL_LINES);
  return cutLongLines(lines.join("\n"), 400);
}

function Opened(props: LongTextProps & { cutBytes: number }) {
  const { text, terminal, cutBytes, onOpen } = props;
  const [shown, setShown] = useState(SHOWN_AT_ONCE);
  const chunks = useMemo(() => chunksOf(text.slice(0, shown)), [text, shown]);
  const left = text.length - shown;
  return (
    <div className="long-text long-text-open">
      {chunks.map((chunk, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the chunks of a text do not move
        <Piece key={place} text={chunk} terminal={terminal} />
      ))}
      {left > 0 ? (
        <div className="long-text-foot">
          <button type="button" className="long-text-more" onClick={() => setShown(shown + SHOWN_AT_ONCE)}>
            Show more · {formatCount(left)} characters left
          </button>
        </div>
      ) : (
        cutBytes > 0 && <Rest {...props} />
      )}
      {(countLines(text) > 12 || cutBytes > 0 || text.length > SHOWN_AT_ONCE) && (
        <button type="button" className="long-text-more" onClick={() => onOpen(false)}>
          Fold
        </button>
      )}
    </div>
  );
}

function Rest({ text, bytes = 0, step, field, terminal }: LongTextProps) {
  const { workspace, session } = useReplay();
  const from = useMemo(() => bytesOf(text), [text]);
  const rest = useInfiniteQuery(restQuery(workspace, session, step, field, from));
  const pieces = rest.data?.pages ?? [];
  const last = pieces.at(-1);
  const shownBytes = last ? (last.next_offset ?? last.bytes_total) : from;
  return (
    <>
      {pieces.flatMap((piece) =>
        chunksOf(piece.text).map((chunk, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the chunks of a text do not move
          <Piece key={`${piece.offset}-${place}`} text={chunk} terminal={terminal} />
        )),
      )}
      <div className="long-text-foot">
        {rest.isError && <span role="alert">{messageOf(rest.error)}</span>}
        {rest.isFetching ? (
          <Skeleton width="10em" />
        ) : (
          rest.hasNextPage &&
          (pieces.length < PIECES_MAX ? (
            <button type="button" className="long-text-more" onClick={() => rest.fetchNextPage()}>
              Show more · {formatBytes(bytes - shownBytes)} left
            </button>
          ) : (
            <span>
              Shown in part: {formatBytes(shownBytes)} of {formatBytes(bytes)}
            </span>
          ))
        )}
        {rest.isError && (
          <button type="button" className="long-text-more" onClick={() => rest.refetch()}>
            Try again
          </button>
        )}
        <a className="long-text-more" href={downloadUrl(workspace, session, step, field)} download>
          Download all
        </a>
      </div>
    </>
  );
}

/** A stretch of text that the browser lays out by itself, and only when it comes into view. */
const Piece = memo(function Piece({ text, terminal }: { text: string; terminal?: boolean | undefined }) {
  return (
    <pre className="long-text-piece">{terminal ? <Terminal text={text} /> : <Visible text={text} />}</pre>
  );
});

/** False for a moment after a row came onto the page. */
export function useSettled(ms: number): boolean {
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return settled;
}
