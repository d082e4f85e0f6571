import type { ClientId, MissionId } from "../../base/ids.ts";
import { type Db, sql } from "../../db/db.ts";
import type { SavedTerms } from "./rules.ts";

/** The terms of a mission that can be supposed otherwise, with the client's ladder, lowest first; null for a mission of nobody here. */
export async function findTerms(db: Db, client: ClientId, mission: MissionId): Promise<SavedTerms | null> {
  const [row] = await db.query<SavedTerms>(sql`
    select m.mission_type as "missionType", m.target_value::text as "targetValue", m.tier_eligibility as "tierEligibility",
      to_char(m.raffle_end_date, 'YYYY-MM-DD') as "raffleEndDate", m.enabled, coalesce((
        select jsonb_agg(jsonb_build_object('tierId', t.tier_id, 'tierName', t.tier_name, 'tierOrder', t.tier_order) order by t.tier_order)
        from tiers t where t.client_id = m.client_id), '[]') as ladder
    from missions m
    where m.client_id = ${client}::uuid and m.id = ${mission}::uuid`);
  return row ?? null;
}
