/** Reads a file as records, one piece of it in memory at a time. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { CsvError, Parser } from "csv-parse";
import type { AppError } from "../base/errors.ts";
import { type Head, isBinary, textPieces } from "./bytes.ts";
import { type ColumnNames, type ColumnPlaces, judgeHeader, refusal, refusalCodeOf } from "./rules.ts";

/** One record and the line of the file it starts at. */
export interface CsvRecord {
  line: number;
  cells: string[];
}

/** A file whose header is accepted. `batches` are its data rows, in order; blank lines are none. */
export interface OpenCsv {
  /** null for a file without a header: an empty one */
  columns: ColumnPlaces | null;
  extraColumns: string[];
  batches: AsyncGenerator<CsvRecord[]>;
}

/** A longer record is no row of a daily file but a quote that was never closed, or no CSV at all. */
export const MAX_RECORD_BYTES = 1024 * 1024;

/**
 * Opens a byte stream as a daily file: reads up to its header and judges that. Throws the refusal of a file that is not CSV, not
 * UTF-8, lacks columns (`columnNames`: what the client's export calls them) or cannot be read, here or while `batches` are read. Memory: one piece of 16 KB, or a record of 1 MB.
 */
export async function openCsv(bytes: AsyncIterable<Uint8Array>, columnNames: ColumnNames = {}): Promise<OpenCsv> {
  const head: Head = { bytes: Buffer.alloc(0) };
  const batches = readRecords(textPieces(bytes, head));
  const first = await batches.next().catch((error: unknown) => {
    throw isBinary(head.bytes) && refusalCodeOf(error) === "line_too_long" ? refusal("not_csv") : error;
  });
  if (first.done === true) return { columns: null, extraColumns: [], batches };
  const [header, ...rows] = first.value;
  const judged = judgeHeader(header!.cells, columnNames);
  if (judged.kind === "refused") {
    await batches.return(undefined);
    throw isBinary(head.bytes) ? refusal("not_csv") : refusal(judged.code, judged);
  }
  return { columns: judged.columns, extraColumns: judged.extra, batches: startingWith(rows, batches) };
}

/** All records of a file, its header among them, whatever that says. Throws the refusal of a file that cannot be read as CSV. */
export function readCsv(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<CsvRecord[]> {
  return readRecords(textPieces(bytes, { bytes: Buffer.alloc(0) }));
}

async function* startingWith(rows: CsvRecord[], rest: AsyncGenerator<CsvRecord[]>): AsyncGenerator<CsvRecord[]> {
  if (rows.length > 0) yield rows;
  yield* rest;
}

/** The records of a stream of UTF-8, in batches of those that end in one piece. */
async function* readRecords(pieces: AsyncIterable<Buffer>): AsyncGenerator<CsvRecord[]> {
  const collected = new Collector();
  const parser = new RecordParser(collected);
  // Failures reach us through the callbacks below; without a listener they would end the process as well.
  parser.on("error", () => undefined);
  for await (const piece of pieces) {
    await settled(collected, (done) => parser.write(piece, done));
    collected.checkPending(piece.length);
    if (collected.records.length > 0) yield collected.take();
    // A page that somebody waits for asks the database a dozen times: it comes to its turn after each piece.
    await nextTurn();
  }
  await settled(collected, (done) => {
    parser.once("error", done);
    parser.end(() => done());
  });
  if (collected.records.length > 0) yield collected.take();
}

/**
 * Hands each record over as it ends, past the parser's own queue. `on_record` would do so too, but makes two objects of a dozen
 * figures for each record: two fifths of the time, and what let half of a file pile up in the old generation (100 MB in a night).
 */
class RecordParser extends Parser {
  readonly #collected: Collector;

  constructor(collected: Collector) {
    super({
      // Found at each record: files pasted together mix them.
      record_delimiter: ["\r\n", "\n", "\r"],
      relax_column_count: true,
      // A quote within a cell (5" heels) is a character.
      relax_quotes: true,
    });
    this.#collected = collected;
  }

  override push(record: string[] | null): boolean {
    if (record === null) return super.push(null);
    this.#collected.add(record, this.info.bytes);
    return true;
  }
}

/** Gathers records, counts lines and watches the size of the record that is being read. */
class Collector {
  records: CsvRecord[] = [];
  /** where the next record starts */
  line = 1;
  /** what is wrong with a record; told once the piece is read, as nothing may be thrown through the parser */
  failure: AppError | null = null;
  #fed = 0;
  #read = 0;

  add(cells: string[], bytesRead: number): void {
    if (this.failure !== null) return;
    if (bytesRead - this.#read > MAX_RECORD_BYTES) {
      this.failure = refusal("line_too_long", { line: this.line });
      return;
    }
    this.#read = bytesRead;
    const isBlank = cells.length === 1 && cells[0]!.trim() === "";
    if (!isBlank) this.records.push({ line: this.line, cells });
    this.line += 1;
    for (const cell of cells) this.line += lineBreaks(cell);
  }

  /** Also what has no end yet must stay within the limit: commas without end would fill the memory. */
  checkPending(bytes: number): void {
    this.#fed += bytes;
    if (this.#fed - this.#read > MAX_RECORD_BYTES) throw refusal("line_too_long", { line: this.line });
  }

  take(): CsvRecord[] {
    const { records } = this;
    this.records = [];
    return records;
  }
}

function lineBreaks(cell: string): number {
  return cell.includes("\n") || cell.includes("\r") ? (cell.match(/\r\n|\n|\r/g)?.length ?? 0) : 0;
}

async function settled(collected: Collector, act: (done: (error?: Error | null) => void) => void): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      act((error) => (error === undefined || error === null ? resolve() : reject(error)));
    });
  } catch (error) {
    if (collected.failure !== null) throw collected.failure;
    if (error instanceof CsvError) throw refusal("unreadable", { line: collected.line });
    throw error;
  }
  if (collected.failure !== null) throw collected.failure;
}
