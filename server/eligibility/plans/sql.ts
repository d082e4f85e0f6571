import type { ClientId } from "../../base/ids.ts";
import { type Db, sql } from "../../db/db.ts";
import type { BucketCounts } from "../schema.ts";
import type { StoredPlan } from "./rules.ts";
import type { PlannedMission } from "./schema.ts";

export interface NewPlan {
  missions: readonly PlannedMission[];
  counts: BucketCounts;
  supposesEnabled: boolean;
  byName: string;
  byId: string | null;
  computedAt: Date;
  expiresAt: Date;
}

/** Writes a plan with the snapshot that its counts were taken from: the caller's transaction is repeatable read. */
export async function insertPlan(db: Db, client: ClientId, plan: NewPlan): Promise<string> {
  const { willCreate, alreadySeeded, notEligible, unknown } = plan.counts;
  const [row] = await db.query<{ id: string }>(sql`
    insert into seed_plans (client_id, mission_ids, supposes_enabled, snapshot, missions, will_create, already_seeded,
      not_eligible, unknown, by_name, by_id, computed_at, expires_at)
    values (${client}::uuid, ${plan.missions.map(({ missionId }) => missionId)}::uuid[], ${plan.supposesEnabled},
      pg_current_snapshot()::text, ${JSON.stringify(plan.missions)}::jsonb, ${willCreate}, ${alreadySeeded}, ${notEligible},
      ${unknown}, ${plan.byName}, ${plan.byId}, ${plan.computedAt}::timestamptz, ${plan.expiresAt}::timestamptz)
    returning id`);
  return row!.id;
}

export function deletePlansBefore(db: Db, client: ClientId, expiredBefore: Date): Promise<number> {
  return db.execute(sql`
    delete from seed_plans where client_id = ${client}::uuid and expires_at < ${expiredBefore}::timestamptz`);
}

/** A plan and the seeding that ran it, if one did; null for a plan of nobody here. */
export async function findPlan(db: Db, client: ClientId, planId: string): Promise<StoredPlan | null> {
  const [row] = await db.query<StoredPlan>(sql`
    select p.id, p.mission_ids as "missionIds", p.missions, p.supposes_enabled as "supposesEnabled", p.snapshot,
      p.will_create as "willCreate", p.already_seeded as "alreadySeeded", p.not_eligible as "notEligible", p.unknown,
      p.by_name as "byName", p.computed_at as "computedAt", p.expires_at as "expiresAt", s.id as "seedId"
    from seed_plans p
    left join seeds s on s.client_id = p.client_id and s.plan_id = p.id
    where p.client_id = ${client}::uuid and p.id = ${planId}::uuid`);
  return row ?? null;
}

/** The exact sum of amounts in decimal text. */
export async function sumAmounts(db: Db, amounts: readonly string[]): Promise<string> {
  const [row] = await db.query<{ sum: string }>(
    sql`select coalesce(sum(a.amount::numeric), 0)::text as sum from unnest(${amounts}::text[]) a (amount)`,
  );
  return row!.sum;
}
