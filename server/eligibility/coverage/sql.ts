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

/**
 * The cells that have creators, of all missions. Who qualifies depends on nothing of a creator but the tier, so the definition's own
 * function is asked once per mission and tier, and only the rows that exist are gone through: over the pairs it took three times as
 * long. A row of any cycle counts once, as in the definition.
 */
export function countCells(
  db: Db,
  client: ClientId,
  asIfEnabled: boolean,
): Promise<({ missionId: string; tierId: string } & CoverageCell)[]> {
  return db.query(sql`
    with creators as (
      select u.current_tier, count(*)::int as creators from users u where u.client_id = ${client}::uuid group by u.current_tier
    ), seeded as (
      select p.mission_id, u.current_tier, count(*)::int as seeded
      from mission_progress p
      join users u on u.client_id = p.client_id and u.id = p.user_id
      where p.client_id = ${client}::uuid and (p.cycle = 1 or not exists (
        select from mission_progress earlier
        where earlier.client_id = p.client_id and earlier.user_id = p.user_id and earlier.mission_id = p.mission_id
          and earlier.cycle < p.cycle))
      group by p.mission_id, u.current_tier
    )
    select m.id as "missionId", c.current_tier as "tierId", coalesce(s.seeded, 0) as seeded,
      case when v.is_eligible then c.creators else 0 end as eligible,
      case when v.is_eligible then c.creators - coalesce(s.seeded, 0) else 0 end as "notSeeded"
    from missions m
    cross join creators c
    left join tiers wanted on wanted.client_id = m.client_id and wanted.tier_id = m.tier_eligibility
    left join tiers own on own.client_id = m.client_id and own.tier_id = c.current_tier
    left join seeded s on s.mission_id = m.id and s.current_tier = c.current_tier
    cross join lateral (
      select is_eligible(m.enabled or ${asIfEnabled}, m.tier_eligibility, wanted.tier_order, own.tier_order) as is_eligible
    ) v
    where m.client_id = ${client}::uuid`);
}
