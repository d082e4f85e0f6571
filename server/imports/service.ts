import { record } from "../audit/record.ts";
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/errors.ts";
import type { ClientId, ImportId } from "../base/ids.ts";
import { inBulk } from "../db/bulk.ts";
import type { Db } from "../db/db.ts";
import type { RootDb } from "../db/pools.ts";
import { inClient } from "../db/tx.ts";
import { findDto } from "./history/service.ts";
import { findPrevious, findSame } from "./history/sql.ts";
import type { CsvColumn, ImportCheckDto, ImportDto } from "./schema.ts";
import * as store from "./sql.ts";
import { stageImport, waiting } from "./store.ts";
import { refusalText } from "./text-rules.ts";

/**
 * Says exactly what importing a stored file would do, now. Fills staging where its rows are missing and writes no programme data.
 * Throws conflict for an import that is not waiting.
 */
export async function checkImport(db: RootDb, client: ClientId, id: ImportId, now: Date): Promise<ImportCheckDto> {
  await stageImport(db, client, id, { now });
  // One snapshot for all figures, so that they add up also while a sync is running.
  return inClient(
    db,
    client,
    async (tx) => {
      const { rows } = waiting(await store.findState(tx, client, id));
      const check = await inBulk(tx, () => store.countJudged(tx, client, id));
      const { created, updated, unchanged, duplicate, rejected } = check;
      const hasNoTiers = rows > 0 && !(await store.hasTiers(tx, client));
      return {
        import: await findDto(tx, client, id),
        checkedAt: now,
        counts: { rows, created, updated, unchanged, duplicate, rejected },
        byCode: check.byCode.map((reason) => ({ ...reason, column: reason.column as CsvColumn })),
        newCreators: { count: check.newCreators, sample: check.newCreatorSample },
        newestPost: check.newestPost,
        refusal: hasNoTiers ? { code: "no_tiers", message: refusalText("no_tiers") } : null,
        sameAs: await findSame(tx, client, id),
        previous: await findPrevious(tx, client, id),
      };
    },
    { isolation: "repeatable read", timeoutMs: CHECK_TIMEOUT_MS },
  );
}

const CHECK_TIMEOUT_MS = 5 * 60_000;

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
