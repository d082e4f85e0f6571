import type { ClientId } from "../base/ids.ts";
import { type Db, sql } from "../db/db.ts";
import type { TierDto, TiersUpdateInput } from "./schema.ts";

/** The ladder, lowest first, with the creators of each tier. */
export function listTiers(db: Db, client: ClientId): Promise<TierDto[]> {
  return db.query<TierDto>(sql`
    select t.tier_id as "tierId", t.tier_order as "tierOrder", t.tier_name as "tierName", t.tier_color as "tierColor",
      t.sales_threshold::text as "salesThreshold", t.units_threshold::text as "unitsThreshold",
      t.commission_rate::text as "commissionRate", t.checkpoint_exempt as "checkpointExempt",
      (select count(*)::int from users u where u.client_id = t.client_id and u.current_tier = t.tier_id) as creators
    from tiers t
    where t.client_id = ${client}::uuid
    order by t.tier_order`);
}

export function listNames(db: Db, client: ClientId): Promise<{ tierId: string; tierName: string }[]> {
  return db.query<{ tierId: string; tierName: string }>(sql`
    select t.tier_id as "tierId", t.tier_name as "tierName" from tiers t where t.client_id = ${client}::uuid`);
}

/** Keeps the ladder from being changed by another request until the transaction ends. */
export async function lockTiers(db: Db, client: ClientId): Promise<void> {
  await db.query(sql`select tier_id from tiers where client_id = ${client}::uuid order by tier_id for update`);
}

/** Keeps one tier from being changed until the transaction ends; false where there is none. */
export async function lockTier(db: Db, client: ClientId, tierId: string): Promise<boolean> {
  const rows = await db.query(
    sql`select tier_id from tiers where client_id = ${client}::uuid and tier_id = ${tierId} for share`,
  );
  return rows.length > 0;
}

export async function countUnknownCreators(db: Db, client: ClientId): Promise<number> {
  const [row] = await db.query<{ count: number }>(sql`
    select count(*)::int as count
    from users u
    left join tiers t on t.client_id = u.client_id and t.tier_id = u.current_tier
    where u.client_id = ${client}::uuid and t.tier_id is null`);
  return row?.count ?? 0;
}

/** Every tier that creators or missions name, known to the ladder or not, with how many. */
export function listNamedTiers(
  db: Db,
  client: ClientId,
): Promise<{ tierId: string; creators: number; missions: number }[]> {
  return db.query<{ tierId: string; creators: number; missions: number }>(sql`
    select named.tier_id as "tierId", sum(named.creators)::int as creators, sum(named.missions)::int as missions
    from (
      select current_tier as tier_id, count(*) as creators, 0 as missions
      from users where client_id = ${client}::uuid group by current_tier
      union all
      select n.tier_id, 0, 1
      from missions m
      cross join lateral (select m.tier_eligibility as tier_id union select m.preview_from_tier) n
      where m.client_id = ${client}::uuid and n.tier_id is not null and n.tier_id <> 'all'
    ) named
    group by named.tier_id`);
}

export async function deleteTiers(db: Db, client: ClientId, tierIds: readonly string[]): Promise<void> {
  await db.execute(sql`delete from tiers where client_id = ${client}::uuid and tier_id = any (${tierIds}::text[])`);
}

/** Moves all orders out of the way, so that the new ones can be written one by one under their unique key. */
export async function updateOrdersAside(db: Db, client: ClientId): Promise<void> {
  await db.execute(sql`
    update tiers set tier_order = tier_order + 1 + (select max(t.tier_order) + 6 from tiers t where t.client_id = ${client}::uuid)
    where client_id = ${client}::uuid`);
}

export type TierToWrite = TiersUpdateInput["tiers"][number] & { tierId: string; tierOrder: number };

/** Writes one tier of the ladder, new or not. */
export async function upsertTier(db: Db, client: ClientId, tier: TierToWrite): Promise<void> {
  await db.execute(sql`
    insert into tiers (client_id, tier_id, tier_order, tier_name, tier_color, sales_threshold, units_threshold, commission_rate, checkpoint_exempt)
    values (${client}::uuid, ${tier.tierId}, ${tier.tierOrder}::int, ${tier.tierName}, ${tier.tierColor}, ${tier.salesThreshold}::numeric,
      ${tier.unitsThreshold}::bigint, ${tier.commissionRate}::numeric, ${tier.checkpointExempt})
    on conflict (client_id, tier_id) do update set tier_order = excluded.tier_order, tier_name = excluded.tier_name,
      tier_color = excluded.tier_color, sales_threshold = excluded.sales_threshold, units_threshold = excluded.units_threshold,
      commission_rate = excluded.commission_rate, checkpoint_exempt = excluded.checkpoint_exempt, updated_at = excluded.updated_at`);
}
