import type { ClientId } from "../base/ids.ts";
import { type Db, nothing, type Sql, sql } from "../db/db.ts";
import type { StoredValue } from "../rewards/rules.ts";
import { moneyValue } from "../rewards/value-sql.ts";
import type { RedemptionDto, RedemptionListInput } from "./schema.ts";

/** Completed rows that have no redemption yet; an anti-join, so that a crash in between is repaired by the next run. */
const owed = (client: ClientId) => sql`
  select p.client_id, p.user_id, p.mission_id, p.cycle
  from mission_progress p
  where p.client_id = ${client}::uuid and p.status = 'completed' and not exists (
    select 1 from redemptions r
    where r.client_id = p.client_id and r.client_id = ${client}::uuid
      and r.user_id = p.user_id and r.mission_id = p.mission_id and r.cycle = p.cycle)`;

/** How many completed rows wait for a redemption because their mission names no reward; the kept counts tell which missions to look at. */
export async function countWithoutReward(db: Db, client: ClientId): Promise<number> {
  const missions = await db.query<{ id: string }>(sql`
    select m.id from missions m
    where m.client_id = ${client}::uuid and m.reward_id is null and exists (
      select 1 from progress_counts c
      where c.client_id = m.client_id and c.client_id = ${client}::uuid and c.mission_id = m.id and c.status = 'completed')`);
  if (missions.length === 0) return 0;
  const [row] = await db.query<{ waiting: number }>(sql`
    select count(*)::int as waiting from (${owed(client)}) o where o.mission_id = any (${missions.map(({ id }) => id)}::uuid[])`);
  return row!.waiting;
}

/** Completed rows `o` that get a redemption of reward `w`. */
const creatable = (client: ClientId) => sql`(${owed(client)}) o
    join missions m on m.client_id = o.client_id and m.id = o.mission_id
    join rewards w on w.client_id = m.client_id and w.id = m.reward_id
    join users u on u.client_id = o.client_id and u.id = o.user_id`;

/** The redemptions that `insertOwed` creates, by name. */
export function owedByName(client: ClientId): Sql {
  return sql`
    select concat_ws(' ', o.user_id, o.mission_id, o.cycle, w.id, u.current_tier) as key, u.tiktok_handle as label,
      w.name || ' for ' || coalesce(nullif(m.display_name, ''), m.title) as detail
    from ${creatable(client)}`;
}

/** How many redemptions `insertOwed` creates, and what they are worth in the client's money as decimal text. */
export async function sumOwed(db: Db, client: ClientId): Promise<{ redemptions: number; value: string }> {
  const [row] = await db.query<{ redemptions: number; value: string }>(sql`
    select count(*)::int as redemptions, coalesce(sum(${moneyValue(sql`w`)}), 0)::text as value from ${creatable(client)}`);
  return row!;
}

/** Creates the missing redemptions; answers how many. The key lets there be one per progress row, whoever runs at the same time. */
export function insertOwed(db: Db, client: ClientId, by: { runId: string | null; now: Date }): Promise<number> {
  return db.execute(sql`
    insert into redemptions (client_id, user_id, mission_id, cycle, reward_id, tier_at_claim, redemption_type, run_id, created_at)
    select o.client_id, o.user_id, o.mission_id, o.cycle, w.id, u.current_tier, w.redemption_type, ${by.runId}::uuid, ${by.now}::timestamptz
    from ${creatable(client)}
    order by o.user_id, o.mission_id, o.cycle
    on conflict do nothing`);
}

/** A row with the exact text of its time, which cursors need: a Date would lose its microseconds. */
export type RedemptionRow = Omit<RedemptionDto, "rewardValue"> & {
  rewardType: StoredValue["type"];
  valueData: StoredValue["valueData"];
  createdKey: string;
};
export type RedemptionFilters = Pick<RedemptionListInput, "status" | "missionId" | "userId">;

function filtered(client: ClientId, filters: RedemptionFilters): Sql {
  const status = filters.status === undefined ? nothing : sql` and r.status = ${filters.status}`;
  const mission = filters.missionId === undefined ? nothing : sql` and r.mission_id = ${filters.missionId}::uuid`;
  const user = filters.userId === undefined ? nothing : sql` and r.user_id = ${filters.userId}::uuid`;
  return sql`r.client_id = ${client}::uuid${status}${mission}${user}`;
}

/** Redemptions newest first, one more than the limit where there are more. */
export function listRedemptions(
  db: Db,
  client: ClientId,
  filters: RedemptionFilters,
  walk: { key: readonly [createdKey: string, id: string] | null; isBackward: boolean; limit: number },
): Promise<RedemptionRow[]> {
  const { key, isBackward } = walk;
  const direction = isBackward ? sql`asc` : sql`desc`;
  const comparison = isBackward ? sql`>` : sql`<`;
  const from =
    key === null ? nothing : sql` and (r.created_at, r.id) ${comparison} (${key[0]}::timestamptz, ${key[1]}::uuid)`;
  const limit = sql`limit ${walk.limit + 1}::int`;
  return db.query<RedemptionRow>(rowsOf(client, filters, { from, direction, limit }));
}

/** All of them, for a download. */
export function allRedemptions(client: ClientId, filters: RedemptionFilters): Sql {
  return rowsOf(client, filters, { from: nothing, direction: sql`desc`, limit: nothing });
}

function rowsOf(
  client: ClientId,
  filters: RedemptionFilters,
  { from, direction, limit }: { from: Sql; direction: Sql; limit: Sql },
): Sql {
  return sql`
    select r.id, r.user_id as "userId", u.tiktok_handle as handle, r.mission_id as "missionId",
      coalesce(nullif(m.display_name, ''), m.title) as "missionName", w.name as "rewardName", w.type as "rewardType",
      w.value_data as "valueData", r.status, r.redemption_type as "redemptionType", r.tier_at_claim as "tierAtClaim",
      t.tier_name as "tierAtClaimName", s.number as "runNumber", p.completed_at as "completedAt", r.created_at as "createdAt",
      r.created_at::text as "createdKey"
    from redemptions r
    join users u on u.client_id = r.client_id and u.id = r.user_id
    join missions m on m.client_id = r.client_id and m.id = r.mission_id
    join rewards w on w.client_id = r.client_id and w.id = r.reward_id
    join mission_progress p on p.client_id = r.client_id and p.user_id = r.user_id and p.mission_id = r.mission_id and p.cycle = r.cycle
    left join tiers t on t.client_id = r.client_id and t.tier_id = r.tier_at_claim
    left join sync_runs s on s.client_id = r.client_id and s.id = r.run_id
    where ${filtered(client, filters)}${from}
    order by r.created_at ${direction}, r.id ${direction}
    ${limit}`;
}

export async function countRedemptions(db: Db, client: ClientId, filters: RedemptionFilters): Promise<number> {
  const [row] = await db.query<{ count: number }>(
    sql`select count(*)::int as count from redemptions r where ${filtered(client, filters)}`,
  );
  return row?.count ?? 0;
}
