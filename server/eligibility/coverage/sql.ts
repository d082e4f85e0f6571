import type { ClientId } from "../../base/ids.ts";
import { type Db, sql } from "../../db/db.ts";
import type { CoverageCell, CoverageTier } from "./schema.ts";

/** The ladder, lowest first, then the tiers that only creators name, by name; each with its creators. */
export function listCoverageTiers(db: Db, client: ClientId): Promise<CoverageTier[]> {
  return db.query<CoverageTier>(sql`
    select coalesce(t.tier_id, c.current_tier) as "tierId", t.tier_name as "tierName", t.tier_order as "tierOrder",
      t.tier_color as "tierColor", coalesce(c.creators, 0) as creators
    from (select tier_id, tier_name, tier_order, tier_color from tiers where client_id = ${client}::uuid) t
    full join (
      select u.current_tier, count(*)::int as creators from users u where u.client_id = ${client}::uuid group by u.current_tier
    ) c on c.current_tier = t.tier_id
    order by t.tier_order nulls last, 1`);
}

/** The cells that have creators, of all missions in one pass over the one definition. */
export function countCells(
  db: Db,
  client: ClientId,
  asIfEnabled: boolean,
): Promise<({ missionId: string; tierId: string } & CoverageCell)[]> {
  // asked of the definition's own pieces: a mission switched off is judged as it would be if it were on
  const isEligible = asIfEnabled
    ? sql`is_eligible(true, e.tier_eligibility, e.mission_tier_order, e.creator_tier_order)`
    : sql`e.is_eligible`;
  return db.query(sql`
    select e.mission_id as "missionId", e.current_tier as "tierId",
      (count(*) filter (where ${isEligible}))::int as eligible,
      (count(*) filter (where e.is_seeded))::int as seeded,
      (count(*) filter (where ${isEligible} and not e.is_seeded))::int as "notSeeded"
    from mission_eligibility e
    where e.client_id = ${client}::uuid
    group by e.mission_id, e.current_tier`);
}
