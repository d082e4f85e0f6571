import { clientSettings } from "../../access/settings.ts";
import { record } from "../../audit/record.ts";
import type { Actor } from "../../base/actor.ts";
import { dayOf } from "../../base/days.ts";
import { AppError } from "../../base/errors.ts";
import type { ClientId, MissionId } from "../../base/ids.ts";
import { inBulk } from "../../db/bulk.ts";
import type { Db } from "../../db/db.ts";
import type { RootDb } from "../../db/pools.ts";
import { inClient, READING } from "../../db/tx.ts";
import type { StoredPlan } from "../../eligibility/plans/rules.ts";
import type { ActivationDto, ActivationFactsDto, MissionActivateInput, MissionDto } from "../../missions/schema.ts";
import { lockedMission, missionOf, switchMission } from "../../missions/service.ts";
import { wakeRows } from "../../progress/service.ts";
import { rewardCost } from "../../rewards/service.ts";
import { seedPlan } from "../apply/service.ts";
import { seedOrQueue } from "../jobs/queue.ts";
import { jobRequest } from "../jobs/schema.ts";
import { overriddenFindings } from "../lint/service.ts";
import { refuseAbove } from "../rules.ts";
import type { MissionActivated, SeedQueued } from "../schema.ts";
import { type Reach, seedMissions } from "../service.ts";
import { countPairs } from "../sql.ts";
import { SEEDING } from "../transaction.ts";
import { outdatedBy, planForMission } from "./plan.ts";
import { countRowFacts, deleteReplaceable } from "./sql.ts";

/** What an activation would do, from one snapshot and without writing (domain reference, section 5). */
export function activationFacts(
  db: RootDb,
  client: ClientId,
  input: { missionId: string; seed: boolean },
  now: Date,
): Promise<ActivationFactsDto> {
  const id = input.missionId as MissionId;
  return inClient(
    db,
    client,
    async (tx) => {
      const settings = await clientSettings(tx, client);
      const today = dayOf(now, settings.timezone);
      const mission = await missionOf(tx, client, id, today);
      const facts = await inBulk(tx, () => countRowFacts(tx, settings, id, today, input.seed));
      const cost = await rewardCost(tx, client, mission.reward, facts.completeAtOnce);
      return {
        ...facts,
        willEnable: !mission.enabled,
        refusal: activationRefusal(mission),
        costAtOnce: cost?.amount ?? null,
        currency: settings.currency,
      };
    },
    READING,
  );
}

/**
 * Sets a mission running: enables it too, wakes its sleeping rows and, with `seed`, creates the missing ones, in one
 * transaction; where those are too many to wait for, all of it is queued as one job. Refuses a mission without a reward, and one
 * whose light is red unless its name was typed: conflict.
 */
export function activateMission(
  db: RootDb,
  actor: Actor,
  client: ClientId,
  input: MissionActivateInput,
  reach: Reach,
): Promise<MissionActivated> {
  refuseWithoutSeed(input);
  const work = (tx: Db) => activate(tx, actor, client, input, reach);
  if (!input.seed) return inClient(db, client, work, SEEDING);
  return seedOrQueue(
    db,
    actor,
    client,
    { request: jobRequest.parse({ ...input, kind: "activation" }), now: reach.now },
    work,
  );
}

/** The same inside an open transaction, without the job. */
export async function activate(
  tx: Db,
  actor: Actor,
  client: ClientId,
  input: MissionActivateInput,
  { now, atMost }: Reach,
): Promise<Exclude<MissionActivated, SeedQueued>> {
  const id = input.missionId as MissionId;
  const settings = await clientSettings(tx, client);
  const today = dayOf(now, settings.timezone);
  const mission = await lockedMission(tx, client, id, today);
  const refusal = activationRefusal(mission);
  if (refusal !== null) throw new AppError("conflict", refusal, { field: "rewardId" });
  const plan = input.planId === undefined ? null : await planForMission(tx, client, input.planId, id);
  const outdated = plan === null ? null : await outdatedBy(tx, client, { plan, mission, now });
  if (outdated !== null) return outdated;
  const isSwitched = !mission.enabled || !mission.activated;
  const overridden = isSwitched ? await overriddenFindings(tx, settings, mission, today, input.confirmation) : [];
  if (isSwitched) await switchMission(tx, client, id, { enabled: true, activated: true });
  // Before anything large is written: what a job will do is not done for nothing first.
  if (input.seed && plan?.seedId == null)
    refuseAbove(atMost, (await countPairs(tx, client, [id])).willCreate, mission.name);
  const replaced = input.replaceOver ? await deleteReplaceable(tx, settings, id, today) : 0;
  const woken = await wakeRows(tx, client, [id], now);
  if (isSwitched || woken > 0 || replaced > 0) {
    await record(tx, actor, client, {
      action: "mission.activated",
      subject: { kind: "mission", id: mission.id, name: mission.name },
      before: { enabled: mission.enabled, activated: mission.activated },
      after: { enabled: true, activated: true, ...(overridden.length === 0 ? {} : { overridden }) },
      counts: { woken, replaced },
    });
  }
  const seeded = await seedActivated(tx, actor, client, { input, mission, plan, replaced, atMost });
  return { kind: "activated", woken, replaced, ...seeded, enabled: !mission.enabled };
}

function refuseWithoutSeed({ seed, replaceOver, planId }: MissionActivateInput): void {
  if (seed) return;
  if (replaceOver) {
    throw new AppError("bad_request", "Rows that are over are replaced by seeding: leave seeding on.", {
      field: "replaceOver",
    });
  }
  if (planId !== undefined) {
    throw new AppError("bad_request", "A plan creates rows: leave seeding on.", { field: "planId" });
  }
}

interface Activated {
  input: MissionActivateInput;
  mission: MissionDto;
  plan: StoredPlan | null;
  replaced: number;
  atMost: number;
}

async function seedActivated(
  tx: Db,
  actor: Actor,
  client: ClientId,
  { input, mission, plan, replaced, atMost }: Activated,
): Promise<Pick<ActivationDto, "created" | "alreadySeeded" | "seedId">> {
  const missions = [mission.id as MissionId];
  if (!input.seed || (plan?.seedId != null && replaced === 0)) {
    return { seedId: null, created: 0, alreadySeeded: (await countPairs(tx, client, missions)).alreadySeeded };
  }
  const { seedId, created, alreadySeeded } =
    plan === null || plan.seedId !== null
      ? (await seedMissions(tx, actor, client, { missions, source: "activation", name: mission.name, atMost })).result
      : await seedPlan(tx, actor, client, { plan, source: "activation", replaced, atMost });
  return { seedId, created, alreadySeeded };
}

function activationRefusal(mission: MissionDto): string | null {
  return mission.reward === null ? `${mission.name} has no reward yet. Choose one, then activate it.` : null;
}
