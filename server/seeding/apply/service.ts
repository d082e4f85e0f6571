import { clientSettings } from "../../access/settings.ts";
import type { Actor } from "../../base/actor.ts";
import { dayOf } from "../../base/days.ts";
import { AppError } from "../../base/errors.ts";
import type { ClientId, MissionId } from "../../base/ids.ts";
import type { Db } from "../../db/db.ts";
import type { RootDb } from "../../db/pools.ts";
import { isExpired, type StoredPlan } from "../../eligibility/plans/rules.ts";
import { isStale } from "../../eligibility/plans/schema.ts";
import { driftSince, planOf } from "../../eligibility/plans/service.ts";
import { knownMissions, missionOf } from "../../missions/service.ts";
import { sourceOf } from "../rules.ts";
import { seedOrQueue } from "../jobs/queue.ts";
import type { SeedApplied, SeedDto, SeedQueued, SeedRefused } from "../schema.ts";
import { type Reach, seedMissions } from "../service.ts";
import { countPairs, holdMissions } from "../sql.ts";

/**
 * Runs a preview as it was shown, or answers `stale` with what differs by name and writes nothing. Comparing and inserting see one
 * snapshot; whatever commits in between makes the transaction run again and be compared anew. A plan that was run before answers
 * 0 created. not_found for a plan of nobody; conflict for the plan of an activation whose mission is still off, or while a
 * job seeds something else. One of more rows than are waited for is queued as a job, which compares again.
 */
export function applyPlan(
  db: RootDb,
  actor: Actor,
  client: ClientId,
  planId: string,
  reach: Reach,
): Promise<SeedApplied> {
  const asked = { request: { kind: "plan", planId } as const, now: reach.now };
  return seedOrQueue(db, actor, client, asked, (tx) => seedFromPlan(tx, actor, client, planId, reach));
}

/** The same inside an open transaction, without the job. */
export async function seedFromPlan(
  tx: Db,
  actor: Actor,
  client: ClientId,
  planId: string,
  { now, atMost }: Reach,
): Promise<Exclude<SeedApplied, SeedQueued>> {
  const plan = await planOf(tx, client, planId);
  if (plan.seedId !== null) return alreadyApplied(tx, client, plan);
  if (plan.supposesEnabled) await refuseWhileOff(tx, client, plan, now);
  const refusal = await refusalOf(tx, client, plan, now);
  return refusal ?? seedPlan(tx, actor, client, { plan, source: sourceOf(actor), atMost });
}

/** Null when the plan can be run as it was shown. The missions keep their terms until the transaction ends. */
export async function refusalOf(tx: Db, client: ClientId, plan: StoredPlan, now: Date): Promise<SeedRefused | null> {
  if (isExpired(plan, now)) return { kind: "expired", expiredAt: plan.expiresAt };
  await holdMissions(tx, client, plan.missionIds);
  const drift = await driftSince(tx, client, plan);
  return isStale(drift, plan.missions) ? { kind: "stale", drift } : null;
}

interface PlannedSeeding {
  plan: StoredPlan;
  source: SeedDto["source"];
  atMost: number;
  replaced?: number;
}

/**
 * Seeds the missions of a plan that nothing has made stale, in the transaction that compared it. `replaced` rows of them were
 * deleted in it to be created anew.
 */
export async function seedPlan(
  tx: Db,
  actor: Actor,
  client: ClientId,
  { plan, source, atMost, replaced = 0 }: PlannedSeeding,
): Promise<Extract<SeedApplied, { kind: "seeded" }>> {
  const missions = await knownMissions(tx, client, plan.missionIds);
  const { result } = await seedMissions(tx, actor, client, {
    missions: missions.map(({ id }) => id),
    source,
    planId: plan.id,
    atMost,
    name: missions.map(({ name }) => name).join(", "),
  });
  const planned = plan.willCreate + replaced;
  if (result.created === planned) return { kind: "seeded", planned, ...result };
  // Nothing differs by name, so the counts cannot: what would be written is not what was shown, and is not written.
  throw new Error(`plan ${plan.id} promised ${planned} rows and would create ${result.created}`);
}

async function refuseWhileOff(tx: Db, client: ClientId, plan: StoredPlan, now: Date): Promise<void> {
  const { timezone } = await clientSettings(tx, client);
  const mission = await missionOf(tx, client, plan.missionIds[0] as MissionId, dayOf(now, timezone));
  if (mission.enabled) return;
  throw new AppError("conflict", `${mission.name} is switched off: activate it to run this plan.`);
}

/** A second click is a success: nothing is left to do. */
async function alreadyApplied(
  tx: Db,
  client: ClientId,
  plan: StoredPlan,
): Promise<Extract<SeedApplied, { kind: "seeded" }>> {
  const pairs = await countPairs(tx, client, plan.missionIds as MissionId[]);
  const { alreadySeeded, notEligible, unknown } = pairs;
  return {
    kind: "seeded",
    planned: plan.willCreate,
    seedId: plan.seedId,
    created: 0,
    alreadySeeded,
    notEligible,
    unknown,
  };
}
