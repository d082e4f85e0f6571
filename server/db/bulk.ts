import { type Db, sql } from "./db.ts";

/**
 * Runs statements over a whole client without nested-loop joins. On tables that were filled since the planner last looked
 * (a first import, or all steps in one transaction) it expects a handful of rows and computes an aggregate anew for each of
 * thousands: 51 s for 3,400 videos where hash joins take 0.1 s. Aggregated sets join by hash at any size, so nothing is lost.
 */
export async function inBulk<T>(tx: Db, work: () => Promise<T>): Promise<T> {
  await beginBulk(tx);
  const result = await work();
  // Not in a finally: after an error the transaction is lost, and the setting with it.
  await tx.execute(sql`set local enable_nestloop = on`);
  return result;
}

/** The same for all that follows in the transaction. */
export async function beginBulk(tx: Db): Promise<void> {
  await tx.execute(sql`set local enable_nestloop = off`);
}
