/** Looks at the columns of a file whose header is not ours: their values, how full they are, and which they may be. Nothing is kept. */
import { readCsv } from "../parse.ts";
import { refusal } from "../rules.ts";
import type { ColumnSeen, ColumnsSeen } from "../sources/schema.ts";
import { proposeColumns } from "./match-rules.ts";

const MOST_COLUMNS = 200;
const SAMPLES = 5;
const SAMPLE_LENGTH = 80;
const NAME_LENGTH = 200;

/** Reads the whole file, one piece at a time. Throws the refusal of a file that is no CSV, or too large. */
export async function lookAtColumns(bytes: AsyncIterable<Uint8Array>, limitBytes: number): Promise<ColumnsSeen> {
  let header: string[] | null = null;
  let columns: ColumnSeen[] = [];
  let rows = 0;
  for await (const batch of readCsv(upTo(bytes, limitBytes))) {
    for (const { cells } of batch) {
      if (header === null) {
        header = cells.slice(0, MOST_COLUMNS);
        columns = header.map((name) => ({ name, samples: [], filled: 0 }));
        continue;
      }
      rows += 1;
      for (const [index, column] of columns.entries()) note(column, cells[index] ?? "");
    }
  }
  const named = columns.filter(({ name }) => name.trim() !== "" && name.length <= NAME_LENGTH && !name.includes("\0"));
  return { rows, columns: named, proposed: proposeColumns(named.map(({ name }) => name)) };
}

function note(column: ColumnSeen, cell: string): void {
  const value = cell.trim();
  if (value === "") return;
  column.filled += 1;
  if (column.samples.length < SAMPLES) column.samples.push(Array.from(value).slice(0, SAMPLE_LENGTH).join(""));
}

async function* upTo(bytes: AsyncIterable<Uint8Array>, limitBytes: number): AsyncGenerator<Uint8Array> {
  let read = 0;
  for await (const chunk of bytes) {
    read += chunk.length;
    if (read > limitBytes) throw refusal("too_large", { limitBytes });
    yield chunk;
  }
}
