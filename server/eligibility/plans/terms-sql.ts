import type { ClientId } from "../../base/ids.ts";
import { type Db, sql } from "../../db/db.ts";
import { thenAndNow } from "./drift-sql.ts";
import type { StoredPlan } from "./rules.ts";
import type { TermChange } from "./schema.ts";

/** The plan's missions whose terms differ from what they were, and whether the ladder was reordered. */
export async function listTermChanges(
  db: Db,
  client: ClientId,
  plan: StoredPlan,
): Promise<{ terms: TermChange[]; isLadderChanged: boolean }> {
  const terms = await db.query<TermChange>(sql`
    with ${thenAndNow(client, plan)}
    select t.mission_id as "missionId", t.mission_name as "missionName", c.field, c.old as before, c.new as after
    from terms t
    cross join lateral (values
      ('tierEligibility', t.old_tier_eligibility, t.tier_eligibility),
      ('enabled', t.old_enabled::text, t.enabled::text),
      ('activated', t.old_activated::text, t.activated::text)) as c (field, old, new)
    where c.old <> c.new
    order by t.mission_name, t.mission_id, c.field`);
  const [ladder] = await db.query<{ isChanged: boolean }>(sql`
    with ${thenAndNow(client, plan)}
    select exists (
      (select tier_id, tier_order from old_ladder except select tier_id, tier_order from tiers where client_id = ${client}::uuid)
      union all
      (select tier_id, tier_order from tiers where client_id = ${client}::uuid except select tier_id, tier_order from old_ladder)
    ) as "isChanged"`);
  return { terms, isLadderChanged: ladder!.isChanged };
}
