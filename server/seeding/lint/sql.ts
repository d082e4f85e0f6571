import type { ClientId, MissionId } from "../../base/ids.ts";
import { type Db, sql } from "../../db/db.ts";
import { judged } from "../../eligibility/relation-sql.ts";
import type { LintFacts } from "./rules.ts";

/** All creators, those who qualify if the mission is enabled, and those who cannot be judged because of their own tier. */
export async function countCreators(db: Db, client: ClientId, mission: MissionId): Promise<LintFacts["creators"]> {
  const [row] = await db.query<LintFacts["creators"]>(sql`
    select count(*)::int as total, (count(*) filter (where e.is_eligible))::int as eligible,
      (count(*) filter (where e.reason_code = 'creator_tier_unknown'))::int as "tierUnknown"
    from ${judged(mission, { enabled: true })}
    where e.client_id = ${client}::uuid and e.mission_id = ${mission}::uuid`);
  return row!;
}
