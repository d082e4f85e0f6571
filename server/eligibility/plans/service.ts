import { clientSettings } from "../../access/settings.ts";
import { type Actor, actorId } from "../../base/actor.ts";
import { dayOf } from "../../base/days.ts";
import { notFound } from "../../base/errors.ts";
import type { ClientId } from "../../base/ids.ts";
import type { Db } from "../../db/db.ts";
import type { RootDb } from "../../db/pools.ts";
import { inClient, READING, type TxOptions, WHOLE_PROGRAMME_MS } from "../../db/tx.ts";
import type { MissionDto } from "../../missions/schema.ts";
import { allMissions, knownMissions } from "../../missions/service.ts";
import { rewardCost } from "../../rewards/service.ts";
import { previewNumbers } from "../rules.ts";
import { countGroups } from "../counts-sql.ts";
import { listDrift } from "./drift-sql.ts";
import { driftOf, expiryOf, isExpired, type StoredPlan, sumOf, sweptBefore } from "./rules.ts";
import type { DriftDto, PlanDto, PlannedMission, ProgrammePreviewDto, ProgrammePreviewInput } from "./schema.ts";
import { deletePlansBefore, findPlan, insertPlan, sumAmounts } from "./sql.ts";
import { listTermChanges } from "./terms-sql.ts";

/** Each plan sweeps old ones: of two at once, the later one meets rows that are gone since its snapshot, and is made again. */
export const PLANNING: TxOptions = { ...READING, retry: true };

/**
 * Keeps what a preview promised, in the preview's own repeatable-read transaction, so that counts and snapshot are of one moment.
 * Costs one row, whatever the number of creators.
 */
export async function makePlan(
  tx: Db,
  actor: Actor,
  client: ClientId,
  plan: { missions: readonly PlannedMission[]; supposesEnabled: boolean; now: Date },
): Promise<{ planId: string; planExpiresAt: Date }> {
  const { missions, supposesEnabled, now } = plan;
  const planExpiresAt = expiryOf(now);
  await deletePlansBefore(tx, client, sweptBefore(now));
  const planId = await insertPlan(tx, client, {
    missions,
    counts: sumOf(missions.map(({ counts }) => counts)),
    supposesEnabled,
    byName: actor.name,
    byId: actorId(actor),
    computedAt: now,
    expiresAt: planExpiresAt,
  });
  return { planId, planExpiresAt };
}

/** What a seed of this moment would do to several missions (all that are enabled), summed and per mission, as one plan. */
export function previewProgramme(
  db: RootDb,
  actor: Actor,
  client: ClientId,
  input: ProgrammePreviewInput,
  now: Date,
): Promise<ProgrammePreviewDto> {
  return inClient(
    db,
    client,
    async (tx) => {
      const missions: ProgrammePreviewDto["missions"] = [];
      // A loop over missions, of which there are few: each is counted by its own keys.
      for (const mission of await chosenMissions(tx, client, input, now)) {
        missions.push(await previewOne(tx, client, mission));
      }
      const planned = missions.map(({ mission, counts, statusToBeWritten }) => ({
        missionId: mission.id,
        counts,
        statusToBeWritten,
      }));
      const plan =
        missions.length === 0
          ? { planId: null, planExpiresAt: null }
          : await makePlan(tx, actor, client, { missions: planned, supposesEnabled: false, now });
      const withoutValue = missions.filter(({ rewardCeiling }) => rewardCeiling === null);
      return {
        ...plan,
        computedAt: now,
        counts: sumOf(missions.map(({ counts }) => counts)),
        missions,
        rewardCeiling: await ceilingOf(tx, missions),
        rowsWithoutMoneyValue: sumOf(withoutValue.map(({ counts }) => counts)).willCreate,
      };
    },
    PLANNING,
  );
}

async function chosenMissions(
  tx: Db,
  client: ClientId,
  { missionIds }: ProgrammePreviewInput,
  now: Date,
): Promise<MissionDto[]> {
  const { timezone } = await clientSettings(tx, client);
  const chosen = missionIds === undefined ? null : await knownMissions(tx, client, missionIds);
  const ids = new Set<string>(chosen?.map(({ id }) => id));
  const missions = await allMissions(tx, client, dayOf(now, timezone));
  return missions.filter((mission) => (chosen === null ? mission.enabled : ids.has(mission.id)));
}

async function previewOne(
  tx: Db,
  client: ClientId,
  mission: MissionDto,
): Promise<ProgrammePreviewDto["missions"][number]> {
  const { currency } = await clientSettings(tx, client);
  const { counts } = previewNumbers(await countGroups(tx, client, { missionId: mission.id }));
  const cost = await rewardCost(tx, client, mission.reward, counts.willCreate);
  return {
    mission,
    counts,
    statusToBeWritten: mission.activated ? "active" : "dormant",
    rewardCeiling: cost === null ? null : { ...cost, currency },
  };
}

async function ceilingOf(
  tx: Db,
  missions: ProgrammePreviewDto["missions"],
): Promise<ProgrammePreviewDto["rewardCeiling"]> {
  const ceilings = missions.flatMap(({ rewardCeiling }) => rewardCeiling ?? []);
  const [first] = ceilings;
  if (first === undefined) return null;
  return {
    amount: await sumAmounts(
      tx,
      ceilings.map(({ amount }) => amount),
    ),
    currency: first.currency,
  };
}

/** A plan as it was shown, also when it is stale, expired or was run; not_found for a plan of nobody here, or one swept since. */
export function readPlan(db: RootDb, client: ClientId, planId: string, now: Date): Promise<PlanDto> {
  return inClient(db, client, async (tx) => {
    const plan = await planOf(tx, client, planId);
    const names = new Map<string, string>(
      (await knownMissions(tx, client, plan.missionIds)).map(({ id, name }) => [id, name]),
    );
    return {
      id: plan.id,
      computedAt: plan.computedAt,
      expiresAt: plan.expiresAt,
      isExpired: isExpired(plan, now),
      byName: plan.byName,
      supposesEnabled: plan.supposesEnabled,
      seedId: plan.seedId,
      counts: sumOf(plan.missions.map(({ counts }) => counts)),
      missions: plan.missions.map((mission) => ({ ...mission, missionName: names.get(mission.missionId) ?? "" })),
    };
  });
}

/** What differs between a plan and now, by name, without running it: it may take as long as the comparison of one that is run. */
export function readDrift(db: RootDb, client: ClientId, planId: string): Promise<DriftDto> {
  return inClient(db, client, async (tx) => driftSince(tx, client, await planOf(tx, client, planId)), {
    isolation: "repeatable read",
    timeoutMs: WHOLE_PROGRAMME_MS,
  });
}

/** A plan inside an open transaction; not_found for a plan of nobody here. */
export async function planOf(tx: Db, client: ClientId, planId: string): Promise<StoredPlan> {
  const plan = await findPlan(tx, client, planId);
  if (plan === null) throw notFound("This plan");
  return plan;
}

/** Everything that changed since a plan was made, by name and never by counts: one in, one out is a difference. */
export async function driftSince(tx: Db, client: ClientId, plan: StoredPlan): Promise<DriftDto> {
  await knownMissions(tx, client, plan.missionIds);
  const { terms, isLadderChanged } = await listTermChanges(tx, client, plan);
  return driftOf(await listDrift(tx, client, plan), terms, isLadderChanged);
}
