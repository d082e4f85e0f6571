/** Writes staged rows in the text format of COPY. */
import type { ClientId, ImportId } from "../base/ids.ts";
import type { CsvRecord } from "./parse.ts";
import { type ColumnPlaces, judgeRow, tenCells } from "./rules.ts";
import type { ReadingContext } from "./value-rules.ts";

/** The columns that `copyLine` writes, in its order. */
export const copyColumns = [
  "client_id",
  "import_id",
  "line",
  "handle",
  "video_key",
  "video_url",
  "video_title",
  "post_date",
  "views",
  "likes",
  "comments",
  "gmv",
  "ctr",
  "units_sold",
  "error_column",
  "error_value",
  "error_code",
  "cells",
] as const;

const NULL = "\\N";
/** What is shown of a cell at fault; the cell itself is kept whole among the ten. */
const VALUE_LENGTH = 500;
const HANDLE_LENGTH = 100;

/** One record, judged, as a line of COPY: its values where they were accepted, else the column at fault and its ten cells. */
export function copyLine(
  client: ClientId,
  id: ImportId,
  record: CsvRecord,
  columns: ColumnPlaces,
  context: ReadingContext,
): string {
  const row = judgeRow(record.cells, columns, context);
  const start = `${client}\t${id}\t${record.line}\t`;
  if (row.kind === "accepted") {
    const { handle, videoKey, videoUrl, videoTitle, postDate, views, likes, comments, gmv, ctr, unitsSold } = row;
    // Handle, day and numbers are made of characters that mean nothing to COPY.
    return `${start}${handle}\t${escaped(videoKey)}\t${escaped(videoUrl)}\t${escaped(videoTitle)}\t${postDate}\t${views}\t${likes}\t${comments}\t${gmv}\t${ctr}\t${unitsSold}\t${NULL}\t${NULL}\t${NULL}\t${NULL}\n`;
  }
  const cells = tenCells(record.cells, columns).map(storable);
  const handle = escaped(shortened(cells[0]!.trim(), HANDLE_LENGTH));
  const value = escaped(shortened(storable(row.value), VALUE_LENGTH));
  return `${start}${handle}\t\t\t\t${NULL}\t0\t0\t0\t0\t0\t0\t${row.column}\t${value}\t${row.code}\t${escaped(arrayOf(cells))}\n`;
}

const SPECIAL = /[\\\n\r\t]/g;
const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function escaped(text: string): string {
  return text.replace(SPECIAL, (character) => ESCAPES[character]!);
}

function arrayOf(cells: readonly string[]): string {
  return `{${cells.map((cell) => `"${cell.replace(/["\\]/g, "\\$&")}"`).join(",")}}`;
}

/** PostgreSQL's text holds no NUL. */
function storable(text: string): string {
  return text.replaceAll("\0", "\uFFFD");
}

/** Cut, but never through the middle of a character. */
function shortened(text: string, length: number): string {
  return text.length <= length ? text : text.slice(0, length).replace(/[\uD800-\uDBFF]$/, "");
}
