import { useMemo } from "react";
import { formatBytes } from "@/format/count";
import { useFold } from "../folds";
import { useReplay } from "../replay-context";
import { Visible } from "../text/Visible";
import { pictureOf } from "./picture-bytes";

/** Enough of the picture's end to know it again. */
const KEY_LENGTH = 48;

/** A captured picture, shown when it is asked for: nobody has to see what was captured. Vector graphics are never shown. */
export function Picture({ mediaType, base64 }: { mediaType: string; base64: string }) {
  const picture = useMemo(() => pictureOf(base64), [base64]);
  const { folds } = useReplay();
  const [open, setOpen] = useFold(folds, `picture:${base64.length}:${base64.slice(-KEY_LENGTH)}`, false);
  const bytes = formatBytes(Math.floor((base64.length * 3) / 4));
  if (!picture) {
    return (
      <p className="tool-remark">
        <Visible text={mediaType.slice(0, 80)} />, {bytes}: not shown
      </p>
    );
  }
  const { src, head } = picture;
  return (
    <figure className="tool-picture">
      <figcaption className="tool-remark">
        <button type="button" className="long-text-more" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? "Hide the picture" : "Show the picture"}
        </button>{" "}
        {head.mediaType.slice("image/".length).toUpperCase()}, {head.width} × {head.height}, {bytes}
      </figcaption>
      {open && <img src={src} width={head.width} height={head.height} alt="As captured" decoding="async" />}
    </figure>
  );
}
