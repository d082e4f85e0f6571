/** Takes a file in: to a temporary file, gzipped, and judged while it passes by. Nothing of it is held in memory whole. */
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip, type Gzip } from "node:zlib";
import type { AppError } from "../base/errors.ts";
import { openCsv } from "./parse.ts";
import { type ColumnNames, refusal, refusalCodeOf } from "./rules.ts";

/** Half the time of the usual level for 3 % more bytes. */
const GZIP_LEVEL = 4;

export interface Reading {
  limitBytes: number;
  /** what the client's export calls the columns */
  columnNames: ColumnNames;
}

export interface Spooled {
  /** the gzipped file; null where the file is refused */
  path: string | null;
  sha256: string;
  sizeBytes: number;
  rows: number;
  extraColumns: string[];
  /** rejected rows that were corrected and brought back */
  isReturned: boolean;
  refusal: AppError | null;
}

/**
 * Reads a stream to its end, also when the file is refused early (its sha256 counts, and a browser hears the answer only when all
 * is sent), and lends the result to `work`. The temporary file is gone afterwards. An aborted stream rejects.
 */
export async function withSpooled<T>(
  stream: Readable,
  how: Reading,
  work: (spooled: Spooled) => Promise<T>,
): Promise<T> {
  // A folder of our own, 0700: nobody can put a link in the file's place.
  const folder = await mkdtemp(join(tmpdir(), "muster-import-"));
  try {
    return await work(await spool(stream, how, join(folder, "file.csv.gz")));
  } finally {
    stream.destroy();
    await rm(folder, { recursive: true, force: true });
  }
}

async function spool(stream: Readable, { limitBytes, columnNames }: Reading, path: string): Promise<Spooled> {
  const meter = new Meter(stream);
  const gzip = createGzip({ level: GZIP_LEVEL });
  const written = pipeline(gzip, createWriteStream(path, { flags: "wx", mode: 0o600 }));
  // It is waited for below; until then a failure must not count as unhandled.
  written.catch(() => undefined);
  try {
    const shape = await shapeOf(meter.chunks({ limitBytes, gzip }), columnNames);
    gzip.end();
    await written;
    return { path, ...meter.result(), ...shape, refusal: null };
  } catch (error) {
    gzip.destroy();
    await written.catch(() => undefined);
    if (refusalCodeOf(error) === null) throw error;
    await meter.drain();
    return { path: null, ...meter.result(), rows: 0, extraColumns: [], isReturned: false, refusal: error as AppError };
  }
}

/** Reads the whole file once: its header, its encoding and the shape of every record. */
async function shapeOf(
  bytes: AsyncIterable<Uint8Array>,
  columnNames: ColumnNames,
): Promise<Pick<Spooled, "rows" | "extraColumns" | "isReturned">> {
  const csv = await openCsv(bytes, columnNames);
  let rows = 0;
  for await (const batch of csv.batches) rows += batch.length;
  return { rows, extraColumns: csv.extraColumns, isReturned: csv.columns?.isReturned ?? false };
}

/** Counts and hashes what passes by. */
class Meter {
  readonly #source: AsyncIterator<Uint8Array | string>;
  readonly #hash = createHash("sha256");
  #bytes = 0;

  constructor(stream: Readable) {
    // Whoever stops reading early must leave the rest to `drain`.
    this.#source = stream.iterator({ destroyOnReturn: false });
  }

  async *chunks(to: { limitBytes: number; gzip: Gzip }): AsyncGenerator<Uint8Array> {
    // One chunk is packed, by another thread, while it is judged.
    let packed = Promise.resolve();
    for (;;) {
      const chunk = await this.#next();
      await packed;
      if (chunk === null) return;
      if (this.#bytes > to.limitBytes) throw refusal("too_large", { limitBytes: to.limitBytes });
      packed = write(to.gzip, chunk);
      // It is waited for above; until then, or where the reader stops early, a failure must not count as unhandled.
      packed.catch(() => undefined);
      yield chunk;
    }
  }

  async drain(): Promise<void> {
    while ((await this.#next()) !== null);
  }

  result(): { sha256: string; sizeBytes: number } {
    return { sha256: this.#hash.copy().digest("hex"), sizeBytes: this.#bytes };
  }

  async #next(): Promise<Buffer | null> {
    const { done, value } = await this.#source.next();
    if (done === true) return null;
    const chunk = Buffer.from(value);
    this.#hash.update(chunk);
    this.#bytes += chunk.length;
    return chunk;
  }
}

function write(gzip: Gzip, chunk: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    gzip.write(chunk, (error) => (error === undefined || error === null ? resolve() : reject(error)));
  });
}
