/** The plan of an activation: whose it is, and whether it can still be run as it was shown. */
import { AppError } from "../../base/errors.ts";
import type { ClientId, MissionId } from "../../base/ids.ts";
import type { Db } from "../../db/db.ts";
import type { StoredPlan } from "../../eligibility/plans/rules.ts";
import { driftSince, planOf } from "../../eligibility/plans/service.ts";
import type { MissionDto } from "../../missions/schema.ts";
import { refusalOf } from "../apply/service.ts";
import type { SeedRefused } from "../schema.ts";

/** The plan of a preview of this one mission; bad_request for a plan of others. */
export async function planForMission(
  tx: Db,
  client: ClientId,
  planId: string,
  mission: MissionId,
): Promise<StoredPlan> {
  const plan = await planOf(tx, client, planId);
  if (plan.missionIds.length === 1 && plan.missionIds[0] === mission.toLowerCase()) return plan;
  throw new AppError("bad_request", "This plan is of other missions.", { field: "planId" });
}

/**
 * Why an activation cannot run its plan as it was shown, or null. One that was run before is outdated by its own rows, unless the
 * mission runs: then this is a second click. bad_request for one that counted a draft as it is, switched off: it promised no row.
 */
export async function outdatedBy(
  tx: Db,
  client: ClientId,
  { plan, mission, now }: { plan: StoredPlan; mission: MissionDto; now: Date },
): Promise<SeedRefused | null> {
  if (plan.seedId !== null) {
    return mission.enabled && mission.activated ? null : { kind: "stale", drift: await driftSince(tx, client, plan) };
  }
  const refusal = await refusalOf(tx, client, plan, now);
  if (refusal !== null || mission.enabled || plan.supposesEnabled) return refusal;
  const counted = `This plan counts ${mission.name} as switched off. Preview it as enabled, then activate it.`;
  throw new AppError("bad_request", counted, { field: "planId" });
}
