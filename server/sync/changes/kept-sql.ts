/** The names that a run keeps of what it changed. */
import type { ClientId, RunId } from "../../base/ids.ts";
import type { Db, Sql } from "../../db/db.ts";
import { nothing, sql } from "../../db/db.ts";
import type { KeptKind, NamedChange } from "./schema.ts";
import { changesOf, type RunMark } from "./sql.ts";

/** Keeps the changes of one kind in the order of their list; answers how many. In the transaction of the step that made them. */
export function insertKept(tx: Db, kind: KeptKind, of: RunMark): Promise<number> {
  // Numbered as the select below orders them: a window without an order of its own keeps that of its input.
  return tx.execute(sql`
    insert into sync_changes (client_id, run_id, kind, position, user_id, mission_id, tier_before, tier_after, value, reward_name)
    select ${of.client}::uuid, ${of.runId}::uuid, ${kind}, row_number() over (), c."userId", c."missionId", c."tierBefore",
      c."tierAfter", c.value::numeric, c."rewardName"
    from (${changesOf(kind, of)}) c`);
}

/** How many names are kept of each kind, and what the redemptions among them are worth. */
export interface KeptCount {
  kind: KeptKind;
  count: number;
  /** decimal text */
  value: string;
  withoutValue: number;
}

export function countKept(db: Db, client: ClientId, run: RunId): Promise<KeptCount[]> {
  return db.query<KeptCount>(sql`
    select c.kind, count(*)::int as count, coalesce(sum(c.value) filter (where c.kind = 'redemption'), 0)::text as value,
      (count(*) filter (where c.kind = 'redemption' and c.value is null))::int as "withoutValue"
    from sync_changes c where c.client_id = ${client}::uuid and c.run_id = ${run}::uuid
    group by c.kind`);
}

export type KeptChange = NamedChange & { position: number };

const columns = sql`
  c.position, c.user_id as "userId", u.tiktok_handle as handle, c.mission_id as "missionId",
  coalesce(nullif(btrim(m.display_name), ''), m.title) as "missionName", m.mission_type as "missionType", c.tier_before as "tierBefore",
  c.tier_after as "tierAfter", c.value::text as value, c.reward_name as "rewardName"`;

/** Creators and missions by their names of today. */
const tables = sql`
  sync_changes c
  join users u on u.client_id = c.client_id and u.id = c.user_id
  left join missions m on m.client_id = c.client_id and m.id = c.mission_id`;

export interface KeptOf {
  run: RunId;
  kind: KeptKind;
}

/** The names of one kind around a position, in their order; one more than the limit where there are more. */
export function listKept(
  db: Db,
  client: ClientId,
  of: KeptOf,
  { key, isBackward, limit }: { key: number | null; isBackward: boolean; limit: number },
): Promise<KeptChange[]> {
  const from =
    key === null ? nothing : isBackward ? sql` and c.position < ${key}::int` : sql` and c.position > ${key}::int`;
  return db.query<KeptChange>(sql`
    select ${columns} from ${tables}
    where c.client_id = ${client}::uuid and c.run_id = ${of.run}::uuid and c.kind = ${of.kind}${from}
    order by c.position ${isBackward ? sql`desc` : sql`asc`}
    limit ${limit + 1}::int`);
}

/** All names of one kind for a download. */
export function allKept(client: ClientId, of: KeptOf): Sql {
  return sql`
    select ${columns} from ${tables}
    where c.client_id = ${client}::uuid and c.run_id = ${of.run}::uuid and c.kind = ${of.kind}
    order by c.position`;
}

/** The seeding of a run, or null when it created no row. */
export async function findSeedOf(db: Db, client: ClientId, run: RunId): Promise<string | null> {
  const [row] = await db.query<{ id: string }>(sql`
    select s.id from seeds s where s.client_id = ${client}::uuid and s.run_id = ${run}::uuid limit 1`);
  return row?.id ?? null;
}

/** Lets go of the names of runs from before an instant; answers how many. */
export function deleteKeptBefore(db: Db, client: ClientId, before: Date): Promise<number> {
  return db.execute(sql`
    delete from sync_changes where client_id = ${client}::uuid and run_id in (
      select r.id from sync_runs r where r.client_id = ${client}::uuid and r.created_at < ${before}::timestamptz)`);
}

/**
 * Lets go of entries of the log of eligibility from before an instant that nothing needs any more: no plan that can still be applied and
 * no mark of a seeding asks for them. Answers how many.
 */
export async function sweepLog(db: Db, client: ClientId, before: Date, now: Date): Promise<number> {
  const [row] = await db.query<{ swept: number }>(sql`
    select sweep_eligibility_changes(${client}::uuid, ${before}::timestamptz, ${now}::timestamptz) as swept`);
  return row!.swept;
}
