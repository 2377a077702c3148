import { useMemo } from "react";
import { formatBytes } from "@/format/count";
import { Visible } from "../text/Visible";
import { pictureOf } from "./picture-bytes";

/** A captured picture; its place is known before it is decoded. Vector graphics are never shown. */
export function Picture({ mediaType, base64 }: { mediaType: string; base64: string }) {
  const picture = useMemo(() => pictureOf(base64), [base64]);
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
      <img src={src} width={head.width} height={head.height} alt="" decoding="async" />
      <figcaption className="tool-remark">
        {head.mediaType.slice("image/".length).toUpperCase()}, {head.width} × {head.height}, {bytes}
      </figcaption>
    </figure>
  );
}
