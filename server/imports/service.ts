import { record } from "../audit/record.ts";
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/errors.ts";
import type { ClientId, ImportId } from "../base/ids.ts";
import type { Db } from "../db/db.ts";
import type { RootDb } from "../db/pools.ts";
import { inClient } from "../db/tx.ts";
import { findDto } from "./history/service.ts";
import type { ImportDto } from "./schema.ts";
import * as store from "./sql.ts";
import { waiting } from "./stage.ts";

/** Gives up a stored import: its file and staged rows go, its row stays. Conflict once a run has taken it. */
export function discardImport(db: RootDb, actor: Actor, client: ClientId, id: ImportId): Promise<ImportDto> {
  return inClient(db, client, async (tx) => {
    await discardWithin(tx, actor, client, id);
    return findDto(tx, client, id);
  });
}

/** The same inside a transaction that does more: a run that was held at its import gives up its file. */
export async function discardWithin(tx: Db, actor: Actor, client: ClientId, id: ImportId): Promise<void> {
  const { fileName } = waiting(await store.findState(tx, client, id, { lock: true }));
  const run = await store.findRunTaking(tx, client, id);
  if (run !== null) throw new AppError("conflict", `Sync ${run} is importing ${fileName}.`);
  await store.updateDiscarded(tx, client, id);
  await store.deleteStaged(tx, client, id);
  await store.deleteFile(tx, client, id);
  await record(tx, actor, client, {
    action: "import.discarded",
    subject: { kind: "import", id, name: fileName },
  });
}

/** Notes for the run that takes a file whether one rejected row keeps all others out. In the transaction that starts the run. */
export function chooseRows(tx: Db, client: ClientId, id: ImportId, allOrNothing: boolean): Promise<void> {
  return store.updateAllOrNothing(tx, client, id, allOrNothing);
}
