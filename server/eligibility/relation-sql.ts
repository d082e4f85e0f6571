/** The one relation that says who qualifies (domain reference, section 3), for whoever asks about missions as saved or as supposed. */
import { type Sql, sql } from "../db/db.ts";
import type { WhatIf } from "./schema.ts";

/**
 * To stand after `from`, under the name `e`: what is saved, or the same with other terms of one mission. The caller names client
 * and mission beside it. A supposed target is none of its business: it decides nobody's eligibility.
 */
export function judged(missionId: string, whatIf: WhatIf | undefined): Sql {
  const { tierEligibility, enabled } = whatIf ?? {};
  if (tierEligibility === undefined && enabled === undefined) return sql`mission_eligibility e`;
  return sql`mission_eligibility_if(${missionId}::uuid, ${tierEligibility ?? null}::text, ${enabled ?? null}::boolean) e`;
}

/**
 * The same by tier, from counts that the database keeps, under the name `g`: whoever of a tier has no row stands in the same bucket
 * for the same reason. Costs missions x tiers, not creators.
 */
export function grouped(missionId: string, whatIf: WhatIf | undefined): Sql {
  const { tierEligibility, enabled } = whatIf ?? {};
  if (tierEligibility === undefined && enabled === undefined) return sql`eligibility_groups g`;
  return sql`eligibility_groups_if(${missionId}::uuid, ${tierEligibility ?? null}::text, ${enabled ?? null}::boolean) g`;
}
