/** The bytes of a file before they are read as CSV: what it is, and whether it is UTF-8. */
import { isUtf8 } from "node:buffer";
import { refusal } from "./rules.ts";

/** Pieces are at most this long, so that what waits between two of them stays small. */
const PIECE_BYTES = 16 * 1024;
/** What a file is can be told from its first bytes. */
const HEAD_BYTES = 4 * 1024;

const KINDS: readonly (readonly [name: string, magic: readonly number[]])[] = [
  ["a ZIP archive or an Excel workbook", [0x50, 0x4b, 0x03, 0x04]],
  ["a ZIP archive", [0x50, 0x4b, 0x05, 0x06]],
  ["an old Excel workbook", [0xd0, 0xcf, 0x11, 0xe0]],
  ["a PNG image", [0x89, 0x50, 0x4e, 0x47]],
  ["a JPEG image", [0xff, 0xd8, 0xff]],
  ["a GIF image", [0x47, 0x49, 0x46, 0x38]],
  ["a PDF document", [0x25, 0x50, 0x44, 0x46]],
  ["a gzip archive", [0x1f, 0x8b]],
];
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/** The first bytes of a file, kept for a second look when its header is not ours. */
export interface Head {
  bytes: Buffer;
}

/**
 * The file's bytes as pieces of valid UTF-8 without a byte order mark (a piece may end within a character).
 * Throws a refusal for an archive, an image, UTF-16 or bytes that are not UTF-8. Fills `head`.
 */
export async function* textPieces(source: AsyncIterable<Uint8Array>, head: Head): AsyncGenerator<Buffer> {
  const gate = new Utf8Gate();
  let waiting: Buffer | null = Buffer.alloc(0);
  const open = (first: Buffer): Buffer => {
    head.bytes = Buffer.from(first.subarray(0, HEAD_BYTES));
    refuseForeign(head.bytes);
    return first.subarray(0, 3).equals(BOM) ? first.subarray(3) : first;
  };
  for await (const chunk of source) {
    let bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    if (waiting !== null) {
      waiting = Buffer.concat([waiting, bytes]);
      if (waiting.length < HEAD_BYTES) continue;
      bytes = open(waiting);
      waiting = null;
    }
    yield* piecesOf(bytes, gate, head);
  }
  if (waiting !== null) yield* piecesOf(open(waiting), gate, head);
  if (!gate.isClosed()) throw notText(head.bytes);
}

function* piecesOf(bytes: Buffer, gate: Utf8Gate, head: Head): Generator<Buffer> {
  for (let from = 0; from < bytes.length; from += PIECE_BYTES) {
    const piece = bytes.subarray(from, from + PIECE_BYTES);
    if (!gate.accepts(piece)) throw notText(head.bytes);
    yield piece;
  }
}

/** Checks a stream of bytes for UTF-8 piece by piece, keeping back a character that is not complete yet. */
class Utf8Gate {
  #rest = Buffer.alloc(0);

  accepts(piece: Buffer): boolean {
    const bytes = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
    const cut = bytes.length - incompleteTail(bytes);
    this.#rest = Buffer.from(bytes.subarray(cut));
    return isUtf8(bytes.subarray(0, cut));
  }

  isClosed(): boolean {
    return this.#rest.length === 0;
  }
}

/** How many bytes at the end begin a character whose other bytes have not come yet. */
function incompleteTail(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? back : 0;
    }
  }
  return 0;
}

function refuseForeign(head: Buffer): void {
  const kind = KINDS.find(([, magic]) => magic.every((byte, index) => head[index] === byte));
  if (kind !== undefined) throw refusal("not_csv", { kind: kind[0] });
  if (isUtf16(head)) throw refusal("wrong_encoding", { kind: "UTF-16" });
}

function isUtf16(head: Buffer): boolean {
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) return true;
  // Without its mark: every second byte of plain text is zero.
  const zeros = [0, 0];
  for (const [index, byte] of head.entries()) if (byte === 0) zeros[index % 2]! += 1;
  const [even = 0, odd = 0] = zeros;
  return Math.max(even, odd) > head.length * 0.3 && Math.min(even, odd) < head.length * 0.02;
}

function notText(head: Buffer): Error {
  return isBinary(head) ? refusal("not_csv") : refusal("wrong_encoding");
}

/** Tells whether bytes hold control characters that no text has. */
export function isBinary(head: Buffer): boolean {
  return head.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c);
}
