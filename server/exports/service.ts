import { Readable } from "node:stream";
import { clientSettings } from "../access/settings.ts";
import { dayOf } from "../base/days.ts";
import type { ClientId } from "../base/ids.ts";
import type { Column, ExportList } from "../csv/list.ts";
import { csvLines, fileName, instantCells } from "../csv/rules.ts";
import { readInClient } from "../db/cursor.ts";
import type { RootDb } from "../db/pools.ts";
import { tierNames } from "../tiers/service.ts";
import { readFilters } from "./filters.ts";

export interface Download {
  /** client, list and day: "luma-gold-sprint-will-be-created-2026-11-26.csv" */
  fileName: string;
  /** UTF-8 with its mark, lines ended as RFC 4180 has them; an error in the middle is the stream's error */
  csv: Readable;
  /** The rows are at least as new as this; null: they are as of now. */
  asOf: Date | null;
}

interface Order {
  client: ClientId;
  list: ExportList;
  /** whether a replica may answer, whose rows may be a little old; the file's name then says so */
  mayBeStale?: boolean | undefined;
  /** the filters as the address has them */
  query: Readonly<Record<string, unknown>>;
  now: Date;
  /** aborted when the reader is gone */
  signal: AbortSignal;
}

/**
 * Opens a list for download, all rows that its filters let through in the list's order, from one snapshot. What can be refused is
 * refused here, before the first byte.
 */
export async function openExport(
  db: RootDb,
  { client, list, query, now, signal, mayBeStale }: Order,
): Promise<Download> {
  const filters = readFilters(list.filters, query);
  const { head, batches, asOf } = await readInClient<Head, object>(
    db,
    client,
    async (tx) => {
      const settings = await clientSettings(tx, client);
      const names = await tierNames(tx, client);
      const tierName = (tierId: string) => (tierId === "all" ? "All tiers" : (names.get(tierId) ?? tierId));
      const { name, columns, statement } = await list.prepare(tx, { settings, now, tierName }, filters);
      return { head: { name: [settings.subdomain, ...name], timezone: settings.timezone, columns }, statement };
    },
    { signal, mayBeStale },
  );
  const named = fileName([...head.name, dateOf(asOf, now, head.timezone)]);
  return { fileName: named, csv: Readable.from(linesOf(head.columns, batches), { objectMode: false }), asOf };
}

interface Head {
  name: readonly string[];
  timezone: string;
  columns: readonly Column<object>[];
}

/** The day, of rows that may be old also the time: the file is read when nobody remembers where it came from. */
function dateOf(asOf: Date | null, now: Date, timezone: string): string {
  return asOf === null ? dayOf(now, timezone) : `as of ${String(instantCells(timezone)(asOf))}`;
}

async function* linesOf(columns: readonly Column<object>[], batches: AsyncGenerator<object[]>): AsyncGenerator<string> {
  yield csvLines([columns.map(({ header }) => header)], "first");
  for await (const rows of batches) {
    yield csvLines(
      rows.map((row) => columns.map(({ cell }) => cell(row))),
      "next",
    );
  }
}
