/** The whole-file check: what importing a stored file would do, row by row. Nothing of the programme is written. */
import { AppError } from "../../base/errors.ts";
import type { ClientId, ImportId } from "../../base/ids.ts";
import { type Page, pageStart, toPage } from "../../base/paging.ts";
import { inBulk } from "../../db/bulk.ts";
import type { Db } from "../../db/db.ts";
import { homeOf } from "../../db/homes.ts";
import type { RootDb } from "../../db/pools.ts";
import { sqlStateOf } from "../../db/sql-errors.ts";
import { inClient, pgDb } from "../../db/tx.ts";
import { findDto } from "../history/service.ts";
import { findPrevious, findSame } from "../history/sql.ts";
import type { CsvColumn, ImportCheckDto } from "../schema.ts";
import * as store from "../sql.ts";
import { stageImport, waiting } from "../stage.ts";
import { refusalText } from "../text-rules.ts";
import type {
  CheckCancelled,
  CheckedListInput,
  CheckedRow,
  CheckProgress,
  NewCreator,
  NewCreatorListInput,
} from "./schema.ts";
import * as rows from "./sql.ts";

const CHECK_TIMEOUT_MS = 5 * 60_000;

/**
 * Says exactly what importing a stored file would do, now. Fills staging where its rows are missing and writes no programme data.
 * Throws conflict for an import that is not waiting, unavailable for a check that was cancelled or took too long.
 */
export function checkImport(db: RootDb, client: ClientId, id: ImportId, now: Date): Promise<ImportCheckDto> {
  return stoppable(async () => {
    const { reading, judging } = rows.workNames(id);
    await stageImport(db, client, id, { now, workName: reading });
    // One snapshot for all figures, so that they add up also while a sync is running.
    return inClient(
      db,
      client,
      async (tx) => {
        await store.nameWork(tx, judging);
        return judged(tx, client, id, now);
      },
      { isolation: "repeatable read", timeoutMs: CHECK_TIMEOUT_MS },
    );
  });
}

async function judged(tx: Db, client: ClientId, id: ImportId, now: Date): Promise<ImportCheckDto> {
  const state = waiting(await store.findState(tx, client, id));
  const check = await inBulk(tx, () => store.countJudged(tx, client, id));
  const { created, updated, unchanged, duplicate, rejected } = check;
  const hasNoTiers = state.rows > 0 && !(await store.hasTiers(tx, client));
  return {
    import: await findDto(tx, client, id),
    checkedAt: now,
    counts: { rows: state.rows, created, updated, unchanged, duplicate, rejected },
    byCode: check.byCode.map((reason) => ({ ...reason, column: reason.column as CsvColumn })),
    newCreators: { count: check.newCreators, sample: check.newCreatorSample },
    newestPost: check.newestPost,
    refusal: hasNoTiers ? { code: "no_tiers", message: refusalText("no_tiers") } : null,
    sameAs: await findSame(tx, client, id),
    previous: await findPrevious(tx, client, id),
  };
}

/** A statement that was ended is either cancelled by somebody or past the limit; PostgreSQL has one code for both. */
async function stoppable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (sqlStateOf(error) !== "57014") throw error;
    throw new AppError(
      "unavailable",
      "The check was stopped, by somebody or because it took longer than five minutes. Nothing was written; check again.",
      { cause: error },
    );
  }
}

/** The rows of one verdict, by line. Throws conflict for an import that is not waiting. */
export async function listChecked(
  db: RootDb,
  client: ClientId,
  input: CheckedListInput,
  now: Date,
): Promise<Page<CheckedRow>> {
  const { key, isBackward } = pageStart(input, ["integer"]);
  const id = input.importId as ImportId;
  await stageImport(db, client, id, { now });
  const walk = { key: key?.[0] ?? null, isBackward, limit: input.limit };
  const page = await inClient(db, client, (tx) =>
    inBulk(tx, () => rows.listChecked(tx, client, { id, verdict: input.verdict }, walk)),
  );
  return toPage(page, input, (row) => [row.line]);
}

/** The handles that would become creators, by handle, each with a known creator it looks like. */
export async function listNewCreators(
  db: RootDb,
  client: ClientId,
  input: NewCreatorListInput,
  now: Date,
): Promise<Page<NewCreator>> {
  const { key, isBackward } = pageStart(input, ["text"]);
  const id = input.importId as ImportId;
  await stageImport(db, client, id, { now });
  const walk = { key: key?.[0] ?? null, isBackward, limit: input.limit };
  const page = await inClient(db, client, (tx) => inBulk(tx, () => rows.listNewCreators(tx, client, id, walk)));
  return toPage(page, input, (row) => [row.handle]);
}

/** How far the check of a file is, in whichever process it runs. */
export async function checkProgress(db: RootDb, client: ClientId, id: ImportId): Promise<CheckProgress> {
  const state = waiting(await inClient(db, client, (tx) => store.findState(tx, client, id)));
  return asOwner(db, client, (owner) => rows.findWork(owner, id, state.rows));
}

/** Ends the check of a file, in whichever process it runs: nothing of it stays. A run that reads the same file is left alone. */
export async function cancelCheck(db: RootDb, client: ClientId, id: ImportId): Promise<CheckCancelled> {
  waiting(await inClient(db, client, (tx) => store.findState(tx, client, id)));
  const ended = await asOwner(db, client, (owner) => rows.cancelWork(owner, id));
  return { kind: ended > 0 ? "cancelled" : "nothing" };
}

/** Short questions, so from the pool for those: the other one's few connections may all be reading files. */
async function asOwner<T>(db: RootDb, client: ClientId, work: (owner: Db) => Promise<T>): Promise<T> {
  const home = await homeOf(db, client);
  const connection = await home.db.owner.connect();
  try {
    return await work(pgDb(connection));
  } finally {
    connection.release();
  }
}
