import { inflateRawSync } from "node:zlib";

const DIRECTORY = 0x02014b50;
const STORED = 0;

/** The texts of an archive's files, by name. */
export function unzipped(archive: Buffer): Map<string, string> {
  const files = new Map<string, string>();
  // The list of files stands at the end, and where it begins is said at its very end.
  let at = archive.readUInt32LE(archive.length - 6);
  while (archive.readUInt32LE(at) === DIRECTORY) {
    const [method, bytes] = [archive.readUInt16LE(at + 10), archive.readUInt32LE(at + 20)];
    const [name, extra, comment] = [28, 30, 32].map((place) => archive.readUInt16LE(at + place)) as [
      number,
      number,
      number,
    ];
    const local = archive.readUInt32LE(at + 42);
    const from = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const body = archive.subarray(from, from + bytes);
    files.set(
      archive.toString("utf8", at + 46, at + 46 + name),
      (method === STORED ? body : inflateRawSync(body)).toString("utf8"),
    );
    at += 46 + name + extra + comment;
  }
  return files;
}
