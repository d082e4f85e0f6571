import type pg from "pg";

/** Answers once that many other connections of this database wait for a lock. The watcher is in no transaction: inside one, others' activity is read once. */
export async function othersWait(watcher: pg.PoolClient, count = 1): Promise<void> {
  for (;;) {
    const { rowCount } = await watcher.query(
      "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    if (rowCount! >= count) return;
  }
}
