import type { ClientId } from "../../base/ids.ts";
import { type Db, sql } from "../../db/db.ts";
import type { CoverageCell, CoverageTier } from "./schema.ts";

/** The ladder, lowest first, then the tiers that only creators name, by name; each with its creators, from the kept counts. */
export function listCoverageTiers(db: Db, client: ClientId): Promise<CoverageTier[]> {
  return db.query<CoverageTier>(sql`
    select coalesce(t.tier_id, c.tier_id) as "tierId", t.tier_name as "tierName", t.tier_order as "tierOrder",
      t.tier_color as "tierColor", coalesce(c.creators, 0) as creators
    from (select tier_id, tier_name, tier_order, tier_color from tiers where client_id = ${client}::uuid) t
    full join (
      select k.tier_id, sum(k.creators)::int as creators from eligibility_counts k
      where k.client_id = ${client}::uuid and k.mission_id is null
      group by k.tier_id having sum(k.creators) <> 0
    ) c on c.tier_id = t.tier_id
    order by t.tier_order nulls last, 1`);
}

/** The cells that have creators, of all missions, from the kept counts; judged again where all are supposed to be enabled. */
export function countCells(
  db: Db,
  client: ClientId,
  asIfEnabled: boolean,
): Promise<({ missionId: string; tierId: string } & CoverageCell)[]> {
  return db.query(sql`
    select g.mission_id as "missionId", g.current_tier as "tierId", g.seeded,
      case when v.is_eligible then g.creators else 0 end as eligible,
      case when v.is_eligible then g.open else 0 end as "notSeeded"
    from eligibility_groups g
    join missions m on m.client_id = g.client_id and m.id = g.mission_id
    left join tiers wanted on wanted.client_id = m.client_id and wanted.tier_id = m.tier_eligibility
    left join tiers own on own.client_id = g.client_id and own.tier_id = g.current_tier
    cross join lateral (
      select is_eligible(m.enabled or ${asIfEnabled}, m.tier_eligibility, wanted.tier_order, own.tier_order) as is_eligible
    ) v
    where g.client_id = ${client}::uuid`);
}
