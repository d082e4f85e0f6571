/** What the two servers say of themselves. */
import { sqlStateOf } from "../sql-errors.ts";

/** A server, of which only questions are asked that one text answers. */
export interface Asked {
  query(question: string): Promise<{ rows: { told: string | null }[] }>;
}

/** How far the primary's log reaches: what was committed before stands in it, on disk, whence it is sent. */
export async function positionOfPrimary(primary: Asked): Promise<bigint> {
  const { rows } = await primary.query("select (pg_current_wal_flush_lsn() - '0/0')::text as told");
  return BigInt(rows[0]!.told!);
}

/** How far the replica has replayed that log; null when it follows nobody, as one does that was promoted. */
export async function positionOfReplica(replica: Asked): Promise<bigint | null> {
  const { rows } = await replica.query(
    "select case when pg_is_in_recovery() then (pg_last_wal_replay_lsn() - '0/0')::text end as told",
  );
  const position = rows[0]?.told ?? null;
  return position === null ? null : BigInt(position);
}

/**
 * A text that a database shares with its replicas alone: the number that initdb drew, and the database's own. Where a service keeps
 * that number to itself, the id of the first migration, which only a restored copy has too.
 */
export async function identityOf(server: Asked): Promise<string> {
  const database = "(select oid::text from pg_database where datname = current_database())";
  const ask = async (who: string) => (await server.query(`select ${who} || ' ' || ${database} as told`)).rows[0]!.told!;
  try {
    return await ask("(select system_identifier::text from pg_control_system())");
  } catch (error) {
    if (sqlStateOf(error) !== "42501") throw error;
    return ask("(select id from _prisma_migrations order by started_at, id limit 1)");
  }
}
