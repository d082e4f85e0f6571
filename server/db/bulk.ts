import { type Db, sql } from "./db.ts";

/**
 * Runs statements over a whole client with hash joins alone. On tables that were filled since the planner last looked
 * (a first import, or all steps in one transaction) it expects a handful of rows and computes an aggregate anew for each of
 * thousands: 51 s for 3,400 videos where hash joins take 0.1 s. Aggregated sets join by hash at any size, so nothing is lost.
 * Nor merge joins: for one row expected they take any order at hand, such as the mission's, and compare all creators of a mission
 * with each other: 200 s for the progress of 10,000 creators that takes 1 s.
 */
export async function inBulk<T>(tx: Db, work: () => Promise<T>): Promise<T> {
  await beginBulk(tx);
  const result = await work();
  // Not in a finally: after an error the transaction is lost, and the setting with it.
  await setJoins(tx, true);
  return result;
}

/** The same for all that follows in the transaction. */
export async function beginBulk(tx: Db): Promise<void> {
  await setJoins(tx, false);
}

async function setJoins(tx: Db, isOn: boolean): Promise<void> {
  // Not set_config, which a cluster does not hand on to the nodes that do the work.
  await tx.execute(isOn ? sql`set local enable_nestloop = on` : sql`set local enable_nestloop = off`);
  await tx.execute(isOn ? sql`set local enable_mergejoin = on` : sql`set local enable_mergejoin = off`);
}

/**
 * Runs statements over a large file with memory for what they sort and hash: a sixteenth of the server's own buffers, which say how
 * large it was set up, and never less than it gives anyway. What does not fit goes to disk as ever.
 */
export async function withSortMemory<T>(tx: Db, work: () => Promise<T>): Promise<T> {
  await tx.query(sql`
    select set_config('work_mem', greatest(pg_size_bytes(current_setting('work_mem')),
      pg_size_bytes(current_setting('shared_buffers')) / 16) / 1024 || 'kB', true) as memory`);
  const result = await work();
  // Not in a finally: after an error the transaction is lost, and the setting with it.
  await tx.execute(sql`set local work_mem to default`);
  return result;
}
