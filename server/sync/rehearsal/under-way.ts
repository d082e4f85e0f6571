/** Writes that had begun before a rehearsal could be ended by them, and would commit unseen in the middle of it. */
import { setTimeout as wait } from "node:timers/promises";
import type pg from "pg";

const WAIT_MS = 10_000;
const LOOK_MS = 50;

/**
 * Transactions that have written to what a rehearsal looks at (the tables whose writes end one, as the migration says). Whose
 * programme they write to, nobody can tell from outside. Other rehearsals do not count: they come to nothing.
 */
const UNDER_WAY = `
  select distinct l.virtualtransaction as id
  from pg_locks l
  join pg_trigger t on t.tgrelid = l.relation and t.tgfoid = 'end_rehearsals_of_write'::regproc
  join pg_stat_activity a on a.pid = l.pid and a.application_name not like 'muster rehearsal %'
  where l.locktype = 'relation' and l.mode = 'RowExclusiveLock' and l.granted and l.pid <> pg_backend_pid()
    and l.database = (select d.oid from pg_database d where d.datname = current_database())
    and ($1::text[] is null or l.virtualtransaction = any ($1))`;

/**
 * Waits for the writes that are under way, on a connection that already bears a rehearsal's name: whatever is written from then on
 * ends it. Not for long, because a seeding of another programme may take minutes: one of this programme meets the rehearsal at its
 * turn to seed, which ends it.
 */
export async function writesAreOver(connection: pg.ClientBase): Promise<void> {
  const from = Date.now();
  let writers: string[] | null = null;
  do {
    if (writers !== null) await wait(LOOK_MS);
    const { rows }: pg.QueryResult<{ id: string }> = await connection.query(UNDER_WAY, [writers]);
    writers = rows.map(({ id }) => id);
  } while (writers.length > 0 && Date.now() - from < WAIT_MS);
}
