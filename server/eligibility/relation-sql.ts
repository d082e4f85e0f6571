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
