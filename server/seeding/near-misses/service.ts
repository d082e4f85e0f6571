import { clientSettings } from "../../access/settings.ts";
import { dayOf } from "../../base/days.ts";
import type { ClientId } from "../../base/ids.ts";
import { type Page, toPage } from "../../base/paging.ts";
import type { Db } from "../../db/db.ts";
import type { RootDb } from "../../db/pools.ts";
import { inClient, READING } from "../../db/tx.ts";
import { checkTerms } from "../../eligibility/what-if/service.ts";
import type { NearMissCounts, NearMissFilters, NearMissListInput, NearMissRow } from "./schema.ts";
import { countNearMisses, listNearMisses } from "./sql.ts";

/** A page of the creators within 10 % of a mission's tier or target, under terms that may be supposed. */
export function nearMissPage(
  db: RootDb,
  client: ClientId,
  input: NearMissListInput,
  now: Date,
): Promise<Page<NearMissRow>> {
  const work = async (tx: Db) => {
    await checkTerms(tx, client, input);
    const settings = await clientSettings(tx, client);
    const rows = await listNearMisses(tx, settings, input, dayOf(now, settings.timezone));
    return toPage(rows, input, ({ value, handle }) => (input.sort === "handle" ? [handle] : [value, handle]));
  };
  return inClient(db, client, work, READING);
}

/** How many they are. */
export function nearMissCount(
  db: RootDb,
  client: ClientId,
  filters: NearMissFilters,
  now: Date,
): Promise<NearMissCounts> {
  const work = async (tx: Db) => {
    await checkTerms(tx, client, filters);
    return nearMissCounts(tx, client, filters, now);
  };
  return inClient(db, client, work, READING);
}

/** The same inside an open transaction, for terms that were checked. */
export async function nearMissCounts(
  tx: Db,
  client: ClientId,
  filters: NearMissFilters,
  now: Date,
): Promise<NearMissCounts> {
  const settings = await clientSettings(tx, client);
  return countNearMisses(tx, settings, filters, dayOf(now, settings.timezone));
}
