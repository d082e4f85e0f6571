/** What PostgreSQL says of the work: log written, rows there; and tables brought to rest between two clocks. */
import type pg from "pg";
import { asOwner, byOwner, type Ground } from "./ground.ts";

/** Bytes of write-ahead log that were written while `work` ran, and its answer. Nobody else may write meanwhile. */
export async function walOf<T>(ground: Ground, work: () => Promise<T>): Promise<{ bytes: number; answer: T }> {
  const { rows: before } = await byOwner(ground, "select pg_current_wal_insert_lsn()::text as lsn");
  const answer = await work();
  const { rows } = await byOwner(
    ground,
    "select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), $1::pg_lsn)::float8 as bytes",
    [before[0].lsn],
  );
  return { bytes: rows[0].bytes, answer };
}

/** Removes what is dead and tells the planner what is there, as autovacuum would some time later. */
export async function settle(ground: Ground, ...tables: readonly string[]): Promise<void> {
  for (const table of tables) await byOwner(ground, `vacuum (analyze) ${table}`);
}

/**
 * Rewrites a table as a load leaves it, each page as full as it is meant to be. Since its pages are new, nobody who changes one
 * afterwards logs the whole of it, as the first write after a checkpoint does.
 */
export async function compact(ground: Ground, table: string): Promise<void> {
  await byOwner(ground, `vacuum (full, analyze) ${table}`);
}

/** The same as `settle` for the progress rows and all that the database keeps about them. */
export function settleProgress(ground: Ground): Promise<void> {
  return settle(
    ground,
    "mission_progress",
    "eligibility_counts",
    "eligibility_changes",
    "progress_counts",
    "progress_queue",
    "totals_queue",
  );
}

/** Rows of a table of the measured client. */
export async function countRows(ground: Ground, table: string): Promise<number> {
  const { rows } = await byOwner(ground, `select count(*)::int as rows from ${table} where client_id = $1`, [
    ground.client,
  ]);
  return rows[0].rows;
}

/** Runs `work` in a transaction of the owner's that has said for which client it writes; `isKept` false: rolls it back. */
export function inOwnerTransaction<T>(
  ground: Ground,
  work: (owner: pg.ClientBase) => Promise<T>,
  isKept = true,
): Promise<T> {
  return asOwner(ground, async (owner) => {
    await owner.query("begin");
    await owner.query(`set local app.client_id = '${ground.client}'`);
    const answer = await work(owner);
    await owner.query(isKept ? "commit" : "rollback");
    return answer;
  });
}
