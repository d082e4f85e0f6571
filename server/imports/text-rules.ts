/** The sentences an admin reads about a row that was set aside or a file that was refused. */
import { csvColumns } from "./schema.ts";
import type { CsvColumn, RefusalCode, RejectionCode } from "./schema.ts";

const SHOWN = 60;

function quoted(value: string): string {
  const line = value.replace(/\s+/g, " ").trim();
  const characters = Array.from(line);
  return `"${characters.length > SHOWN ? `${characters.slice(0, SHOWN).join("")}…` : line}"`;
}

type Reason = (row: { column: CsvColumn; value: string; said: string; detail: string }) => string;

const reasons: Record<RejectionCode, Reason> = {
  handle_invalid: ({ said }) => `${said}. A handle has 2 to 100 letters, digits, underscores or dots.`,
  video_missing: ({ said }) => `${said}. Give the video's address or its number.`,
  video_too_long: () => "Video is longer than the address of a video can be. Give the video's address or its number.",
  number_invalid: ({ said, column }) => `${said}, which is not ${numberWanted(column)}.`,
  number_negative: ({ said }) => `${said}, but cannot be below 0. Write 0 or more.`,
  number_too_large: ({ said }) =>
    `${said}, which is too large: 15 digits before the point and 20 after it are the most that is taken.`,
  date_invalid: ({ said }) => `${said}, which is not a date. Write year, month and day, such as 2026-11-20.`,
  date_too_early: ({ said }) => `${said}, which is before 2014.`,
  date_future: ({ said }) => `${said}, which is more than one day ahead.`,
  row_too_short: ({ column }) =>
    `The row ends before its ${column}. Every row has a cell for each column of the header.`,
  row_too_long: ({ value }) =>
    `The row has more cells than the header: ${quoted(value)} is left over. Put quotes round text and numbers with commas.`,
  title_invalid: ({ column }) => `${column} is longer than 10,000 characters or has a character that cannot be stored.`,
  video_owned: ({ detail }) => `This video belongs to @${detail}. A video does not change hands.`,
};

/**
 * One sentence or two for a rejected row: what is wrong and what to write instead. `detail` is, for `video_owned`, the handle
 * of the creator who holds the video.
 */
export function reasonText(code: RejectionCode, column: CsvColumn, value: string, detail = ""): string {
  const said = value.trim() === "" ? `${column} is empty` : `${column} is ${quoted(value)}`;
  return reasons[code]({ column, value, said, detail });
}

function numberWanted(column: CsvColumn): string {
  if (column === "GMV") return "an amount such as 1280.47 or 1,280.47";
  return column === "CTR" ? "a rate such as 2.27" : "a whole number such as 1200 or 1,200";
}

/** What a refusal was about; the sentences leave out what is not known. */
export interface RefusalFacts {
  missing?: readonly string[];
  extra?: readonly string[];
  twice?: readonly string[];
  /** what stands between the columns where commas are wanted, in words */
  separator?: "semicolons" | "tabs";
  /** what the file is, in words ("a ZIP archive") */
  kind?: string;
  line?: number;
  limitBytes?: number;
  /** of a file that was to go in whole or not at all */
  rejected?: number;
  rows?: number;
}

const EXPECTED = `Upload a CSV file in UTF-8 whose first line is: ${csvColumns.join(", ")}`;

const refusals: Record<RefusalCode, (facts: RefusalFacts) => string> = {
  not_csv: ({ kind }) => `This is ${kind ?? "no text file"}, not a CSV file. ${EXPECTED}.`,
  wrong_encoding: ({ kind }) =>
    `This file is not encoded as UTF-8${kind === undefined ? "" : ` but as ${kind}`}. Save it as "CSV UTF-8" and upload it again.`,
  wrong_separator: ({ separator = "another character" }) =>
    `The columns seem to be separated by ${separator}, but commas are wanted. Save the file as a CSV with commas. ${EXPECTED}.`,
  column_missing: missingText,
  column_twice: ({ twice }) => `The header has ${list(twice)} twice, so it is not clear which one counts. Remove one.`,
  line_too_long: ({ line }) =>
    `The row at line ${line ?? 1} is longer than 1 MB, which no row of a daily file is. Look for a quote that is opened and never closed. ${EXPECTED}.`,
  unreadable: ({ line }) =>
    `The file cannot be read as CSV: a quote opened in the row at line ${line ?? 1} is never closed.`,
  too_large: ({ limitBytes }) => `The file is larger than the limit of ${megabytes(limitBytes ?? 0)} MB.`,
  no_tiers: () =>
    "This client has no tiers yet, so new creators would have none. Set up the ladder first, then import the file.",
  rows_rejected: ({ rejected = 0, rows = 0 }) =>
    `Nothing was imported: ${count(rejected)} of ${count(rows)} rows ${rejected === 1 ? "is" : "are"} rejected, and this file was to go in whole or not at all. Correct them, or import the valid rows only.`,
  empty_upload: () => `No file was sent. ${EXPECTED}.`,
};

/** The sentences for a refused file: what was found, and what is expected. */
export function refusalText(code: RefusalCode, facts: RefusalFacts = {}): string {
  return refusals[code](facts);
}

function missingText({ missing = [], extra = [] }: RefusalFacts): string {
  const found = extra.length === 0 ? "" : ` Columns that are not expected: ${list(extra)}.`;
  return `The header lacks ${list(missing)}.${found} Names must match exactly: ${csvColumns.join(", ")}.`;
}

const LISTED = 20;

function list(names: readonly string[] = []): string {
  const shown = names.slice(0, LISTED).map(quoted).join(", ");
  return names.length > LISTED ? `${shown} and ${names.length - LISTED} more` : shown;
}

function count(number: number): string {
  return number.toLocaleString("en-US");
}

function megabytes(bytes: number): string {
  return (Math.floor((bytes / 2 ** 20) * 10) / 10).toLocaleString("en");
}
