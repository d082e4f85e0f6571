/** A list downloaded as the route would, read back. */
import { text as textOf } from "node:stream/consumers";
import { parse } from "csv-parse/sync";
import type { ClientId } from "../base/ids.ts";
import type { RootDb } from "../db/pools.ts";
import { exportLists, type Listed } from "../exports/lists.ts";
import type { ExportListName } from "../exports/schema.ts";
import { openExport } from "../exports/service.ts";

export interface Exported {
  fileName: string;
  asOf: Date | null;
  text: string;
  header: string[];
  /** cells by column */
  rows: Record<string, string>[];
}

/** Downloads a whole list; filters are written as an address has them. */
export async function exported(
  db: RootDb,
  client: ClientId,
  name: ExportListName,
  { now = new Date(), ...query }: { now?: Date } & Record<string, unknown> = {},
): Promise<Exported> {
  const { signal } = new AbortController();
  const { list, mayBeStale }: Listed = exportLists[name];
  const { fileName, csv, asOf } = await openExport(db, { client, list, mayBeStale, query, now, signal });
  const text = await textOf(csv);
  const [header = [], ...cells] = parse(text, { bom: true });
  const rows = cells.map((row) => Object.fromEntries(header.map((column, index) => [column, row[index] ?? ""])));
  return { fileName, asOf, text, header, rows };
}
