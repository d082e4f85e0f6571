import { clientSettings } from "../access/settings.ts";
import type { Actor } from "../base/actor.ts";
import { addDays, type Day, dayOf } from "../base/days.ts";
import type { ClientId, MissionId } from "../base/ids.ts";
import { type Page, toPage } from "../base/paging.ts";
import type { Db } from "../db/db.ts";
import type { RootDb } from "../db/pools.ts";
import { inClient, READING } from "../db/tx.ts";
import type { MissionCountsDto } from "../missions/schema.ts";
import { knownMissions, missionOf } from "../missions/service.ts";
import { rewardCost } from "../rewards/service.ts";
import { makePlan, PLANNING } from "./plans/service.ts";
import { previewNumbers, supposed } from "./rules.ts";
import { countGroups, countMissionRows } from "./counts-sql.ts";
import type {
  EligibilityFilters,
  EligibilityListInput,
  EligibilityRow,
  PreviewDto,
  PreviewInput,
  WindowRange,
} from "./schema.ts";
import { countEligibility, findWindowRange, listEligibility } from "./sql.ts";
import { checkTerms } from "./what-if/service.ts";

const METRIC_DAYS = 30;

/** The first of the days over which a list sums the client's metric. */
export function metricStart(now: Date, timezone: string): Day {
  return addDays(dayOf(now, timezone), 1 - METRIC_DAYS);
}

/**
 * Everything a seed of this moment would do to one mission, from one snapshot (domain reference, section 3), kept as a plan.
 * Writes nothing of the programme.
 */
export function previewMission(
  db: RootDb,
  actor: Actor,
  client: ClientId,
  input: PreviewInput,
  now: Date,
): Promise<PreviewDto> {
  return inClient(
    db,
    client,
    async (tx) => {
      const { timezone, currency } = await clientSettings(tx, client);
      await checkTerms(tx, client, input);
      const mission = await missionOf(tx, client, input.missionId as MissionId, dayOf(now, timezone));
      const numbers = previewNumbers(await countGroups(tx, client, input));
      const cost = await rewardCost(tx, client, mission.reward, numbers.counts.willCreate);
      const { isWhatIf, isPlannable } = supposed(mission, input.whatIf);
      const statusToBeWritten = mission.activated ? "active" : "dormant";
      const planned = { missionId: mission.id, counts: numbers.counts, statusToBeWritten } as const;
      const supposesEnabled = input.whatIf?.enabled === true && !mission.enabled;
      const plan = isPlannable
        ? await makePlan(tx, actor, client, { missions: [planned], supposesEnabled, now })
        : { planId: null, planExpiresAt: null };
      return {
        mission,
        isWhatIf,
        computedAt: now,
        ...plan,
        ...numbers,
        statusToBeWritten,
        rewardCeiling: cost === null ? null : { ...cost, currency },
      };
    },
    PLANNING,
  );
}

/** The windows that the rows of a preview would get: a question of its own, because it looks at every creator who would get one. */
export function previewWindow(db: RootDb, client: ClientId, input: PreviewInput): Promise<WindowRange> {
  const work = async (tx: Db) => {
    await checkTerms(tx, client, input);
    return findWindowRange(tx, client, input);
  };
  return inClient(db, client, work, READING);
}

/** A page of one mission's creators by handle, each with bucket, reason and window. */
export function eligibilityPage(
  db: RootDb,
  client: ClientId,
  input: EligibilityListInput,
  now: Date,
): Promise<Page<EligibilityRow>> {
  const work = async (tx: Db) => {
    await checkTerms(tx, client, input);
    const settings = await clientSettings(tx, client);
    const rows = await listEligibility(tx, settings, input, metricStart(now, settings.timezone));
    return toPage(rows, input, (row) => [row.handle]);
  };
  return inClient(db, client, work, READING);
}

/** How many of one mission's creators the filters let through. */
export function eligibilityCount(db: RootDb, client: ClientId, filters: EligibilityFilters): Promise<number> {
  const work = async (tx: Db) => {
    await checkTerms(tx, client, filters);
    return countEligibility(tx, client, filters);
  };
  return inClient(db, client, work, READING);
}

/** The numbers of the missions list, for the missions of one page, in the order asked. */
export function missionCounts(
  db: RootDb,
  client: ClientId,
  missionIds: readonly string[],
  now: Date,
): Promise<MissionCountsDto[]> {
  return inClient(db, client, async (tx) => {
    await knownMissions(tx, client, missionIds);
    const settings = await clientSettings(tx, client);
    const rows = await countMissionRows(tx, settings, missionIds as MissionId[], dayOf(now, settings.timezone));
    const byMission = new Map(rows.map((row) => [row.missionId, row]));
    return missionIds.map((id) => byMission.get(id.toLowerCase())!);
  });
}
