import { Readable } from "node:stream";
import { clientSettings } from "../access/settings.ts";
import { dayOf } from "../base/days.ts";
import type { ClientId } from "../base/ids.ts";
import type { Column, ExportList } from "../csv/list.ts";
import { csvLines, fileName } from "../csv/rules.ts";
import { readInClient } from "../db/cursor.ts";
import type { RootDb } from "../db/pools.ts";
import { tierNames } from "../tiers/service.ts";
import { readFilters } from "./filters.ts";

export interface Download {
  /** client, list and day: "luma-gold-sprint-will-be-created-2026-11-26.csv" */
  fileName: string;
  /** UTF-8 with its mark, lines ended as RFC 4180 has them; an error in the middle is the stream's error */
  csv: Readable;
}

interface Order {
  client: ClientId;
  list: ExportList;
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
export async function openExport(db: RootDb, { client, list, query, now, signal }: Order): Promise<Download> {
  const filters = readFilters(list.filters, query);
  const { head, batches } = await readInClient<{ name: string; columns: readonly Column<object>[] }, object>(
    db,
    client,
    async (tx) => {
      const settings = await clientSettings(tx, client);
      const names = await tierNames(tx, client);
      const tierName = (tierId: string) => (tierId === "all" ? "All tiers" : (names.get(tierId) ?? tierId));
      const { name, columns, statement } = await list.prepare(tx, { settings, now, tierName }, filters);
      const named = fileName([settings.subdomain, ...name, dayOf(now, settings.timezone)]);
      return { head: { name: named, columns }, statement };
    },
    { signal },
  );
  return { fileName: head.name, csv: Readable.from(linesOf(head.columns, batches), { objectMode: false }) };
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
