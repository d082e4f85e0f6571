/** How a module describes one of its lists for download, beside the list itself and over the same filters. */
import type { z } from "zod";
import type { ClientSettings } from "../base/client-settings.ts";
import type { Db, Sql } from "../db/db.ts";
import { type Cell, dayCells, headIn } from "./rules.ts";

export interface ExportContext {
  settings: ClientSettings;
  now: Date;
  /** a tier as the console names it: "All tiers" for 'all', its id where the ladder does not have it */
  tierName: (tierId: string) => string;
}

export interface Column<Row> {
  /** as on screen, with the unit or the timezone of its figures */
  header: string;
  cell: (row: Row) => Cell;
}

/** First and last day of a window, which stand in one column on screen. */
export function windowColumns<Row>(
  name: string,
  timezone: string,
  windowOf: (row: Row) => { windowStart: Date | null; windowEnd: Date | null } | null,
): Column<Row>[] {
  const day = dayCells(timezone);
  return [
    { header: headIn(`${name}, from`, timezone), cell: (row) => day(windowOf(row)?.windowStart ?? null) },
    { header: headIn(`${name}, until`, timezone), cell: (row) => day(windowOf(row)?.windowEnd ?? null) },
  ];
}

/** What a download of one list is made of. */
export interface Contents<Row> {
  /** names the list between client and day: the mission, the bucket */
  name: readonly string[];
  columns: readonly Column<Row>[];
  /** all rows, in the list's order */
  statement: Sql;
}

/** One list that can be downloaded. */
export interface ExportList {
  /** the filters it takes, by name */
  filters: z.ZodObject;
  /** Looks up what names and columns need; `filters` are checked already. Throws not_found for what is nobody's here. */
  prepare: (tx: Db, context: ExportContext, filters: unknown) => Promise<Contents<object>>;
}

/** Describes a list: its filters as the page's schema has them, and what they make of it. */
export function exportList<Filters extends z.ZodObject, Row extends object>(list: {
  filters: Filters;
  prepare: (tx: Db, context: ExportContext, filters: z.output<Filters>) => Promise<Contents<Row>>;
}): ExportList {
  // Rows come from the statement that stands beside their columns; here they are only carried from one to the other.
  return list as unknown as ExportList;
}
