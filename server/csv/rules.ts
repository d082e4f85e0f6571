/**
 * The form of what is downloaded, decided once for every list:
 * - a handle stands without its @, as it is stored and as the daily file's Handle column has it: it needs no apostrophe then;
 * - money and counts are plain decimals without separators, the currency stands in the head;
 * - instants and days are written so that they sort and that spreadsheets know them, in the client's timezone, named in the head;
 * - what is not known is empty.
 */
import { stringify } from "csv-stringify/sync";
import { dayOf } from "../base/days.ts";

export type Cell = string | number | null;

const NUMBER = /^-?\d+(\.\d+)?$/;
/** The signs a formula may begin with, their full-width forms, and blanks before them, which some programs skip. */
const FORMULA = /^[\s\0]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/;
/**
 * What another program takes for the end of a cell, semicolon (where the comma is the decimal sign), tab or line break, with all that
 * may stand before the sign of a formula. Always matches, so that a long run of blanks is walked once.
 */
const INNER = /[;\t\r\n][;"\s\0]*([=+\-@\uFF1D\uFF0B\uFF0D\uFF20])?/g;

/**
 * A cell as text that no spreadsheet takes for a formula: an apostrophe goes before whatever begins like it, at the start and
 * behind whatever may end a cell (OWASP, CSV injection). A plain number stays a number, also a negative one.
 */
export function cellText(cell: Cell): string {
  if (cell === null) return "";
  const text = String(cell);
  if (NUMBER.test(text)) return text;
  const safe = text.replace(INNER, (whole: string, sign?: string) =>
    sign === undefined ? whole : `${whole.slice(0, -1)}'${sign}`,
  );
  return FORMULA.test(safe) ? `'${safe}` : safe;
}

/** Rows of cells as CSV, each line ended by CRLF (RFC 4180); `first` sets the mark of UTF-8 before them. */
export function csvLines(rows: readonly (readonly Cell[])[], place: "first" | "next"): string {
  return stringify(
    rows.map((row) => row.map(cellText)),
    {
      bom: place === "first",
      record_delimiter: "windows",
      // Else a cell with a line break of one sign would be left bare and end its line.
      quote_record_delimiter: true,
    },
  );
}

/** Writes instants as '2026-11-22 04:04:12' in a timezone; null stays empty. */
export function instantCells(timezone: string): (instant: Date | null) => Cell {
  // Sweden writes dates as ISO 8601 does, which saves taking them apart.
  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone: timezone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  return (instant) => (instant === null ? null : format.format(instant));
}

/** Writes the day of an instant as '2026-11-22' in a timezone; null stays empty. */
export function dayCells(timezone: string): (instant: Date | null) => Cell {
  return (instant) => (instant === null ? null : dayOf(instant, timezone));
}

/** A column's name with what its figures are in: "Completed (America/New_York)", "Amount (USD)". */
export function headIn(name: string, unit: string): string {
  return `${name} (${unit})`;
}

const LONGEST_PART = 60;

/** "Gold Sprint!" as "gold-sprint": letters and digits of any script, everything else one hyphen. */
export function slug(text: string): string {
  const words = text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, "-");
  return Array.from(words)
    .slice(0, LONGEST_PART)
    .join("")
    .replace(/^-+|-+$/g, "");
}

/** The name of a file from its parts, those that leave nothing left out: "luma-gold-sprint-will-be-created-2026-11-26.csv". */
export function fileName(parts: readonly string[]): string {
  return `${parts
    .map(slug)
    .filter((part) => part !== "")
    .join("-")}.csv`;
}

/** Content-Disposition of a download (RFC 6266): a name in ASCII for old programs, and the whole one for all others. */
export function attachment(name: string): string {
  const ascii = name
    .replaceAll("ß", "ss")
    .normalize("NFKD")
    .replace(/[^\x20-\x7e]+/g, "")
    .replace(/["\\%]/g, "_")
    .replace(/-{2,}/g, "-");
  // What encodeURIComponent leaves and RFC 8187 does not let stand.
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
