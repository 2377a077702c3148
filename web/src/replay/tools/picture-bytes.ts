/** Reads the head of a picture: its true kind and size, whatever its sender calls it. */
export interface PictureHead {
  mediaType: "image/png" | "image/jpeg" | "image/gif" | "image/webp";
  width: number;
  height: number;
}

/** More pixels than this would take hundreds of megabytes to decode. */
const PIXELS_MAX = 40_000_000;
const BASE64_MAX = 8_000_000;

/** The picture as a `data:` address; undefined for anything that is no plain picture of a sane size. */
export function pictureOf(base64: string): { src: string; head: PictureHead } | undefined {
  if (base64.length > BASE64_MAX || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) {
    return undefined;
  }
  const head = headOf(base64);
  if (!head || head.width * head.height > PIXELS_MAX || head.width === 0 || head.height === 0) {
    return undefined;
  }
  return { src: `data:${head.mediaType};base64,${base64}`, head };
}

function headOf(base64: string): PictureHead | undefined {
  let bytes: Uint8Array;
  try {
    bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  } catch {
    return undefined;
  }
  const view = new DataView(bytes.buffer);
  return bytes.length < 30 ? undefined : (png(view) ?? gif(view) ?? webp(view) ?? jpeg(view));
}

function png(view: DataView): PictureHead | undefined {
  return view.getUint32(0) === 0x89504e47 && view.getUint32(4) === 0x0d0a1a0a
    ? { mediaType: "image/png", width: view.getUint32(16), height: view.getUint32(20) }
    : undefined;
}

function gif(view: DataView): PictureHead | undefined {
  return view.getUint32(0) === 0x47494638
    ? { mediaType: "image/gif", width: view.getUint16(6, true), height: view.getUint16(8, true) }
    : undefined;
}

function webp(view: DataView): PictureHead | undefined {
  if (view.getUint32(0) !== 0x52494646 || view.getUint32(8) !== 0x57454250) {
    return undefined;
  }
  const size = (width: number, height: number): PictureHead => ({ mediaType: "image/webp", width, height });
  const uint24 = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
  switch (view.getUint32(12)) {
    case 0x56503820: // "VP8 "
      return size(view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff);
    case 0x5650384c: {
      // "VP8L": two numbers of 14 bits
      const bits = view.getUint32(21, true);
      return size((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1);
    }
    case 0x56503858: // "VP8X"
      return size(uint24(24) + 1, uint24(27) + 1);
    default:
      return undefined;
  }
}

/** The size stands in the first frame header, behind segments of any length. */
function jpeg(view: DataView): PictureHead | undefined {
  if (view.getUint16(0) !== 0xffd8) {
    return undefined;
  }
  for (let at = 2; at + 9 < view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) {
      return undefined;
    }
    const marker = view.getUint8(at + 1);
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { mediaType: "image/jpeg", width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    }
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return undefined;
}
