/** Keeps the planner informed where autovacuum, which looks once a minute, comes too late for the next step. */
import type pg from "pg";
import type { ClientId } from "../base/ids.ts";
import type { RootDb } from "./pools.ts";
import { tableItself } from "./homes.ts";
import { pgDb, withOwnerOf } from "./tx.ts";

export type GrownTable = "users" | "creator_ranks" | "videos" | "mission_progress";

/** Below this, a plan made for an empty table does no harm. */
const FEW = 200;
/** A table that grew by this share of what the planner believes is looked at again. */
const SHARE = 0.05;
/** So is one that got so many times the rows that the planner expects of the client. */
const UNKNOWN = 10;

/** Rows that were added to tables. */
export type Grown = Partial<Record<GrownTable, number>>;

/**
 * Analyzes the tables that rows of the client were just added to, where that is much against what the planner knows of them.
 * Measured: the progress step after a first import of 3,400 videos took 51 s with no statistics and 0.14 s with them; a page of a
 * new client of 20,000 beside one of a million 190 ms and 6 ms.
 */
export async function refreshStatistics(db: RootDb, client: ClientId, grown: Grown): Promise<void> {
  const tables = Object.entries(grown).filter(([, added]) => added >= FEW);
  if (tables.length === 0) return;
  await withOwnerOf(db, client, async (owner) => {
    for (const [name, added] of tables) {
      const table = await tableItself(pgDb(owner), name);
      const known = await knownRows(owner, table, client);
      const isNews = added > SHARE * known.ofAll || added > UNKNOWN * known.ofClient;
      if (isNews) await owner.query(`analyze ${table}`);
    }
  });
}

interface KnownRows {
  ofAll: number;
  ofClient: number;
}

/** As the planner reckons, who knows the share of each of the largest clients; any other has the average of those, often nothing. */
async function knownRows(owner: pg.PoolClient, table: string, client: ClientId): Promise<KnownRows> {
  const all = await owner.query<{ rows: number }>(
    "select greatest(reltuples, 0)::float8 as rows from pg_class where oid = $1::regclass",
    [table],
  );
  const ofClient = await owner.query<{ "QUERY PLAN": [{ Plan: { "Plan Rows": number } }] }>(
    `explain (format json) select from ${table} where client_id = $1::uuid`,
    [client],
  );
  return { ofAll: all.rows[0]!.rows, ofClient: ofClient.rows[0]!["QUERY PLAN"][0].Plan["Plan Rows"] };
}
