/** What a file must look like and how a row is judged (domain reference, section 9). Pure: the clock is passed in. */
import { AppError } from "../base/errors.ts";
import type { Day } from "../base/days.ts";
import { asItWas } from "./returned-rules.ts";
import { csvColumns, rejectedColumns } from "./schema.ts";
import type { CsvColumn, RefusalCode, RejectionCode } from "./schema.ts";
import { refusalText } from "./text-rules.ts";
import type { RefusalFacts } from "./text-rules.ts";
import { readCounter, readHandle, readMoney, readPostDate, readRate, readTitle, readVideo } from "./value-rules.ts";
import type { Reading, ReadingContext } from "./value-rules.ts";

/** Where in a row each of the ten columns stands, in the order of `csvColumns`. */
export interface ColumnPlaces {
  readonly places: readonly number[];
  /** how many cells the header has */
  readonly width: number;
  /** rows that were rejected once and come back corrected: their cells are written as we write downloads */
  readonly isReturned: boolean;
}

/** What a client's export calls the ten columns, where it calls them otherwise. */
export type ColumnNames = Readonly<Partial<Record<CsvColumn, string>>>;

export type HeaderJudgement =
  | { kind: "accepted"; columns: ColumnPlaces; extra: string[] }
  | { kind: "refused"; code: "wrong_separator"; separator: "semicolons" | "tabs" }
  | { kind: "refused"; code: "column_missing" | "column_twice"; missing: string[]; extra: string[]; twice: string[] };

/** A row that is taken, in the words of the database. */
export interface AcceptedRow {
  kind: "accepted";
  handle: string;
  videoKey: string;
  videoUrl: string;
  videoTitle: string;
  postDate: Day;
  views: string;
  likes: string;
  comments: string;
  gmv: string;
  ctr: string;
  unitsSold: string;
}

/** A row that is set aside for the first cell, in the order of `csvColumns`, that cannot be read. */
export interface RejectedCells {
  kind: "rejected";
  column: CsvColumn;
  value: string;
  code: RejectionCode;
}

/** Columns beyond the ten are named up to here; a header may hold a megabyte of them. */
const MOST_EXTRA = 100;

/**
 * Judges the header: names exact, in any order, each once; other columns are ignored and named. Where the client's export has a
 * name of its own for a column, and the file has it, that one counts; otherwise ours does, so rejected rows can come back as they are.
 */
export function judgeHeader(names: readonly string[], columnNames: ColumnNames = {}): HeaderJudgement {
  const isReturned = rejectedColumns.every((column, index) => names[index] === column);
  const wanted = wantedNames(names, isReturned ? {} : columnNames);
  const missing = csvColumns.filter((_, index) => !names.includes(wanted[index]!));
  const ours = new Set<string>([...wanted, ...(isReturned ? rejectedColumns : [])]);
  const extra = names.filter((name) => name !== "" && !ours.has(name)).map(storable);
  const twice = [...new Set(names.filter((name, index) => name !== "" && names.indexOf(name) !== index))];
  const separator = missing.length === 0 ? null : separatorOf(names, columnNames);
  if (separator !== null) return { kind: "refused", code: "wrong_separator", separator };
  if (missing.length > 0) return { kind: "refused", code: "column_missing", missing, extra, twice };
  if (twice.length > 0) return { kind: "refused", code: "column_twice", missing, extra, twice };
  const places = wanted.map((name) => names.indexOf(name));
  return {
    kind: "accepted",
    columns: { places, width: names.length, isReturned },
    extra: extra.slice(0, MOST_EXTRA),
  };
}

/** The name under which each of the ten is looked for; our own name is not, where the export uses it for another column. */
function wantedNames(names: readonly string[], columnNames: ColumnNames): string[] {
  const found = csvColumns.map((column) => {
    const name = columnNames[column];
    return name !== undefined && names.includes(name) ? name : null;
  });
  return csvColumns.map((column, index) => found[index] ?? (found.includes(column) ? "" : column));
}

/**
 * What separates the columns of a header instead of commas: split by it, half of the wanted names are there, or a header of one cell
 * falls into as many as are wanted, whatever they are called.
 */
function separatorOf(names: readonly string[], columnNames: ColumnNames): "semicolons" | "tabs" | null {
  const isBetween = (separator: string) => {
    // A name with a comma in it was cut there.
    const parts = names
      .join(",")
      .split(separator)
      .map((name) => name.trim().replaceAll('"', ""));
    const there = csvColumns.filter(
      (column) => parts.includes(column) || parts.includes(columnNames[column] ?? column),
    );
    return there.length * 2 >= csvColumns.length || (names.length === 1 && parts.length >= csvColumns.length);
  };
  if (isBetween(";")) return "semicolons";
  return isBetween("\t") ? "tabs" : null;
}

/** What the database and the page can hold of a name from a file. */
function storable(name: string): string {
  return name.replaceAll("\0", "\uFFFD").slice(0, 200);
}

/** The ten cells of a row in the order of `csvColumns`; a cell that the row does not have is empty. */
export function tenCells(cells: readonly string[], { places, isReturned }: ColumnPlaces): string[] {
  return places.map((place) => (isReturned ? asItWas(cells[place] ?? "") : (cells[place] ?? "")));
}

/** Judges one row by its own values; who owns its video is judged in the database. */
export function judgeRow(
  cells: readonly string[],
  columns: ColumnPlaces,
  context: ReadingContext,
): AcceptedRow | RejectedCells {
  const ragged = judgeWidth(cells, columns);
  if (ragged !== null) return ragged;
  const ten = tenCells(cells, columns) as Ten<string>;
  const [handle, video, views, likes, comments, gmv, ctr, units, date, title] = ten;
  const read = [
    readHandle(handle),
    readVideo(video),
    readCounter(views),
    readCounter(likes),
    readCounter(comments),
    readMoney(gmv, context.currency),
    readRate(ctr),
    readCounter(units),
    readPostDate(date, context),
    readTitle(title),
  ] as const;
  const wrong = read.findIndex((reading: Reading<unknown>) => reading.code !== undefined);
  if (wrong >= 0) {
    return { kind: "rejected", column: csvColumns[wrong]!, value: ten[wrong]!, code: read[wrong]!.code! };
  }
  return {
    kind: "accepted",
    handle: read[0].value!,
    videoKey: read[1].value!.key,
    videoUrl: read[1].value!.url,
    views: read[2].value!,
    likes: read[3].value!,
    comments: read[4].value!,
    gmv: read[5].value!,
    ctr: read[6].value!,
    unitsSold: read[7].value!,
    postDate: read[8].value!,
    videoTitle: read[9].value!,
  };
}

type Ten<T> = [T, T, T, T, T, T, T, T, T, T];

/** A row must have a cell for each of the ten columns, and nothing but empty cells beyond the header. */
function judgeWidth(cells: readonly string[], { places, width }: ColumnPlaces): RejectedCells | null {
  if (cells.length === width) return null;
  const missing = places.filter((place) => place >= cells.length);
  if (missing.length > 0) {
    const first = csvColumns[places.indexOf(Math.min(...missing))]!;
    return { kind: "rejected", column: first, value: "", code: "row_too_short" };
  }
  const beyond = cells.length > width ? cells.slice(width).filter((cell) => cell.trim() !== "") : [];
  if (beyond.length === 0) return null;
  const last = csvColumns[places.indexOf(Math.max(...places))]!;
  return { kind: "rejected", column: last, value: beyond.join(","), code: "row_too_long" };
}

/** The error that refuses a whole file: the sentence the admin reads and, as details, its code and the columns at fault. */
export function refusal(code: RefusalCode, facts: RefusalFacts = {}): AppError {
  return new AppError(code === "too_large" ? "too_large" : "file_refused", refusalText(code, facts), {
    details: { code, missing: facts.missing ?? [], extra: facts.extra?.slice(0, MOST_EXTRA) ?? [] },
  });
}

/** The code of a refusal made by `refusal`, or null for any other error. */
export function refusalCodeOf(error: unknown): RefusalCode | null {
  if (!(error instanceof AppError) || (error.code !== "file_refused" && error.code !== "too_large")) return null;
  return (error.details?.["code"] as RefusalCode | undefined) ?? null;
}
