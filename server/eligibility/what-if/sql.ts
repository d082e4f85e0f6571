import type { ClientId, MissionId } from "../../base/ids.ts";
import { type Db, sql } from "../../db/db.ts";
import type { NamedRung, SavedTerms } from "./rules.ts";

/** The terms of a mission that can be supposed otherwise; null for a mission of nobody here. */
export async function findTerms(
  db: Db,
  client: ClientId,
  mission: MissionId,
): Promise<Omit<SavedTerms, "ladder"> | null> {
  const [row] = await db.query<Omit<SavedTerms, "ladder">>(sql`
    select m.mission_type as "missionType", m.target_value::text as "targetValue", m.tier_eligibility as "tierEligibility",
      to_char(m.raffle_end_date, 'YYYY-MM-DD') as "raffleEndDate", m.enabled
    from missions m
    where m.client_id = ${client}::uuid and m.id = ${mission}::uuid`);
  return row ?? null;
}

/** The client's ladder, lowest first. */
export function listRungs(db: Db, client: ClientId): Promise<NamedRung[]> {
  return db.query<NamedRung>(sql`
    select tier_id as "tierId", tier_name as "tierName", tier_order as "tierOrder"
    from tiers where client_id = ${client}::uuid order by tier_order`);
}
