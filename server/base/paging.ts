/**
 * Keyset paging: a page is named by the key of the row before or after it, never by an offset,
 * so that every page costs what the first one costs.
 */
import { z } from "zod";
import { AppError } from "./errors.ts";
import { isUuid } from "./ids.ts";

/** What every paged list takes. `after` and `before` are opaque cursors from an earlier page; at most one is given. */
export const pageInput = z.object({
  after: z.string().max(400).optional(),
  before: z.string().max(400).optional(),
  limit: z.number().int().min(1).max(200).default(50),
});
export type PageInput = z.infer<typeof pageInput>;

/** One page in the list's order. A cursor is null where the list ends. */
export interface Page<Row> {
  rows: Row[];
  next: string | null;
  previous: string | null;
}

/** A page that may come from a replica: then `asOf` says how old it may be at most, and null that it is as of now. */
export interface StalePage<Row> extends Page<Row> {
  asOf: Date | null;
}

/** A cursor holds the sort key of one row as JSON, so that it survives any text in it. */
export function encodeCursor(key: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(key), "utf8").toString("base64url");
}

/** Reads a cursor back; null when it is not one of ours with `length` parts (the caller answers BAD_REQUEST). */
export function decodeCursor(cursor: string, length: number): (string | number | null)[] | null {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    const isKey =
      Array.isArray(key) &&
      key.length === length &&
      key.every((part) => part === null || typeof part === "string" || typeof part === "number");
    return isKey ? (key as (string | number | null)[]) : null;
  } catch {
    return null;
  }
}

/**
 * Builds the page from up to `limit + 1` fetched rows. Rows fetched for `before` come in reverse order.
 * `keyOf` gives the sort key of a row, in the order of the list's `order by`.
 */
export function toPage<Row>(
  fetched: readonly Row[],
  input: PageInput,
  keyOf: (row: Row) => readonly (string | number | null)[],
): Page<Row> {
  const isBackward = input.before !== undefined;
  const hasMore = fetched.length > input.limit;
  const kept = fetched.slice(0, input.limit);
  const rows = isBackward ? kept.toReversed() : kept;
  const first = rows[0];
  const last = rows.at(-1);
  const hasPrevious = isBackward ? hasMore : input.after !== undefined;
  const hasNext = isBackward ? true : hasMore;
  return {
    rows,
    next: hasNext && last !== undefined ? encodeCursor(keyOf(last)) : null,
    previous: hasPrevious && first !== undefined ? encodeCursor(keyOf(first)) : null,
  };
}

/** What a part of a cursor must be, so that a forged one is refused here and not by the database. */
export type CursorPart = "text" | "integer" | "uuid" | "instant" | "decimal";
export type CursorKey<Parts extends readonly CursorPart[]> = {
  [Index in keyof Parts]: Parts[Index] extends "integer" ? number : string;
};

/**
 * The key that a page starts from, null for a first page, and the direction to read in; bad_request when the cursor is not
 * one of this list's. `isBackward`: read in reverse order, `toPage` turns the rows round.
 */
export function pageStart<const Parts extends readonly CursorPart[]>(
  input: PageInput,
  parts: Parts,
): { key: CursorKey<Parts> | null; isBackward: boolean } {
  const isBackward = input.before !== undefined;
  const cursor = input.before ?? input.after;
  if (cursor === undefined) return { key: null, isBackward };
  const key = decodeCursor(cursor, parts.length);
  const fits = key?.every((value, index) => isPart(value, parts[index]!)) ?? false;
  if (!fits || (input.before !== undefined && input.after !== undefined)) {
    throw new AppError("bad_request", "This page's cursor is not one of this list's: start from the first page.", {
      field: isBackward ? "before" : "after",
    });
  }
  return { key: key as CursorKey<Parts>, isBackward };
}

function isPart(value: string | number | null, part: CursorPart): boolean {
  // as large as the database's integer
  if (part === "integer") return Number.isInteger(value) && Math.abs(value as number) < 2 ** 31;
  if (typeof value !== "string" || value.includes("\0")) return false;
  if (part === "uuid") return isUuid(value);
  if (part === "decimal") return /^-?\d{1,30}(\.\d{1,30})?$/.test(value);
  return part === "text" || isInstant(value);
}

/**
 * PostgreSQL's own text of a timestamptz in UTC: milliseconds would lose rows. PostgreSQL fails on a day that does not exist;
 * JavaScript moves it to the next month, which shows it.
 */
function isInstant(text: string): boolean {
  if (!/^2\d{3}-\d\d-\d\d ([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?\+00$/.test(text)) return false;
  const date = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text.slice(0, 10));
}
