import { clientSettings } from "../access/settings.ts";
import { notFound } from "../base/errors.ts";
import type { ClientId } from "../base/ids.ts";
import { type Page, pageStart, toPage } from "../base/paging.ts";
import type { Db } from "../db/db.ts";
import type { RootDb } from "../db/pools.ts";
import { inClient } from "../db/tx.ts";
import { type Clock, countRows, type ListedRow, listRows, missionExists } from "./list-sql.ts";
import type { ProgressFilters, ProgressListInput, ProgressRow } from "./schema.ts";

/** A page of one mission's rows, by handle; not_found for a mission of nobody here. */
export function listProgress(
  db: RootDb,
  client: ClientId,
  input: ProgressListInput,
  now: Date,
): Promise<Page<ProgressRow>> {
  return inClient(db, client, async (tx) => {
    const clock = await clockOf(tx, client, input.missionId, now);
    const start = pageStart(input, ["text", "integer"]);
    const rows = await listRows(tx, client, input, { clock, ...start, limit: input.limit });
    const page = toPage(rows, input, (row) => [row.handle, row.cycle]);
    return { ...page, rows: page.rows.map(toDto) };
  });
}

/** How many rows of the mission the filters leave. */
export function countOfProgress(db: RootDb, client: ClientId, filters: ProgressFilters, now: Date): Promise<number> {
  return inClient(db, client, async (tx) =>
    countRows(tx, client, filters, await clockOf(tx, client, filters.missionId, now)),
  );
}

/** The client's clock; not_found for a mission of nobody here. */
export async function clockOf(tx: Db, client: ClientId, missionId: string, now: Date): Promise<Clock> {
  if (!(await missionExists(tx, client, missionId))) throw notFound("This mission");
  const { timezone } = await clientSettings(tx, client);
  return { timezone, now };
}

function toDto(listed: ListedRow): ProgressRow {
  const { cycle: _cycle, ...row } = listed;
  return row;
}
