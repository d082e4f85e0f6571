/** What the run page reads of the times that a run was held. */
import { clientSettings } from "../../access/settings.ts";
import { notFound } from "../../base/errors.ts";
import type { ClientId, RunId } from "../../base/ids.ts";
import { type Page, pageStart, toPage } from "../../base/paging.ts";
import type { Db } from "../../db/db.ts";
import type { RootDb } from "../../db/pools.ts";
import { inClient } from "../../db/tx.ts";
import type { RunStatus } from "../schema.ts";
import { findRun } from "../sql.ts";
import { listHolds, listNames, type StoredHold } from "./holds-sql.ts";
import { tripSentence } from "./rules.ts";
import type { HoldChange, HoldChangeListInput, HoldDto } from "./schema.ts";

/** The times that a run was held, the first one first; not_found for another client's run. */
export function getHolds(db: RootDb, client: ClientId, runId: string): Promise<HoldDto[]> {
  return inClient(db, client, async (tx) => {
    const run = await known(tx, client, runId);
    const { currency } = await clientSettings(tx, client);
    return (await listHolds(tx, client, runId as RunId)).filter(hasHeld(run.status)).map((hold) => ({
      ...hold,
      trips: hold.trips.map((trip) => ({ ...trip, sentence: tripSentence(trip, currency) })),
    }));
  });
}

/** One that a process opened and then lost, before the run was held, has held nothing. */
function hasHeld(status: RunStatus): (hold: StoredHold) => boolean {
  return ({ decision }) => decision !== null || status === "held";
}

/** A page of what a held step would have changed, by name. */
export function listHoldChanges(db: RootDb, client: ClientId, input: HoldChangeListInput): Promise<Page<HoldChange>> {
  const { key, isBackward } = pageStart(input, ["integer"]);
  return inClient(db, client, async (tx) => {
    await known(tx, client, input.runId);
    const of = { run: input.runId as RunId, number: input.number, kind: input.kind };
    const rows = await listNames(tx, client, of, { key: key?.[0] ?? null, isBackward, limit: input.limit });
    const page = toPage(rows, input, (row) => [row.position]);
    return { ...page, rows: page.rows.map(({ position: _position, ...change }) => change) };
  });
}

async function known(tx: Db, client: ClientId, runId: string): Promise<{ status: RunStatus }> {
  const run = await findRun(tx, client, runId as RunId);
  if (run === null) throw notFound("This sync");
  return run;
}
