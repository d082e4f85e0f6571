/** What stands of a programme, told by natural keys: two databases that went through the same nights tell the same. */
import { sql } from "../../db/db.ts";
import { Prisma } from "../../db/generated/client.ts";
import type { RootDb } from "../../db/pools.ts";
import { asOwner } from "../builders.ts";

/** The programme's own. Left out is what a run keeps of itself: runs, steps, events, attempts, rehearsals. */
const TABLES = [
  "clients",
  "tiers",
  "users",
  "creator_ranks",
  "videos",
  "rewards",
  "missions",
  "mission_progress",
  "redemptions",
  "sales_adjustments",
  "tier_checkpoints",
  "seeds",
  "seed_missions",
  "imports",
  "import_rejects",
  "import_rows",
  "audit_log",
] as const;

/** What stands for a row where another one names it by its id. */
const NAMES = sql`
  select id::text as id, 'client' as name from clients
  union all select id::text, tiktok_handle from users
  union all select id::text, title from missions
  union all select id::text, name from rewards
  union all select id::text, 'file ' || file_name from imports
  union all select id::text, 'run ' || number from sync_runs
  union all select s.id::text, 'seed of run ' || coalesce(r.number::text, 'nobody')
    from seeds s left join sync_runs r on r.client_id = s.client_id and r.id = s.run_id`;

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:\+00:00|Z)/g;

export type Snapshot = Record<string, readonly string[]>;

/** All rows of the programme's tables, without their own ids and the numbers of transactions; instants of the real clock (the nights lie in the past) are all one. */
export function snapshotOf(db: RootDb, realSince: Date): Promise<Snapshot> {
  return asOwner(db, async (owner) => {
    const named = await owner.query<{ id: string; name: string }>(NAMES);
    const names = new Map(named.map(({ id, name }) => [id, name]));
    const tell = (text: string) =>
      text
        .replace(UUID, (id) => names.get(id) ?? "an id")
        .replace(INSTANT, (at) => (new Date(at) >= realSince ? "meanwhile" : at));
    const snapshot: Record<string, string[]> = {};
    for (const table of TABLES) {
      // What runs say of themselves stands in the log too; that one was taken over is no change of the programme.
      const isTold = table === "audit_log" ? sql`where t.action not like 'sync.%'` : sql`where true`;
      const rows = await owner.query<{ row: string }>(
        sql`select (to_jsonb(t) - 'id' - 'xact')::text as row from ${Prisma.raw(table)} t ${isTold}`,
      );
      snapshot[table] = rows.map(({ row }) => tell(row)).toSorted();
    }
    return snapshot;
  });
}

/** The first rows that stand in one of the two only, as lines; empty when both are the same. */
export function differences(expected: Snapshot, found: Snapshot): string[] {
  return TABLES.flatMap((table) => {
    const [missing, extra] = [left(expected[table]!, found[table]!), left(found[table]!, expected[table]!)];
    return [...missing.map((row) => `${table} lacks ${row}`), ...extra.map((row) => `${table} has ${row}`)].slice(0, 4);
  });
}

/** Rows of the first that the second has not, each as often as it is missing. */
function left(rows: readonly string[], others: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const row of others) counts.set(row, (counts.get(row) ?? 0) + 1);
  return rows.filter((row) => {
    const count = counts.get(row) ?? 0;
    counts.set(row, count - 1);
    return count <= 0;
  });
}
