import { clientSettings } from "../../access/settings.ts";
import type { ClientSettings } from "../../base/client-settings.ts";
import { type Day, dayOf } from "../../base/days.ts";
import { notFound } from "../../base/errors.ts";
import type { ClientId, MissionId, UserId } from "../../base/ids.ts";
import type { Db } from "../../db/db.ts";
import type { RootDb } from "../../db/pools.ts";
import { inClient } from "../../db/tx.ts";
import type { MissionDto } from "../../missions/schema.ts";
import { allMissions, missionOf } from "../../missions/service.ts";
import { supposed } from "../rules.ts";
import { metricStart } from "../service.ts";
import { checkedTerms } from "../what-if/service.ts";
import { gatesOf, type Judged, sentenceOf, verdictOf } from "./rules.ts";
import type { CreatorMissionDto, ExplainDto, ExplainInput, SeededRowDto, TierRef } from "./schema.ts";
import { type CreatorFacts, findClimb, findCreatorFacts, type JudgedRow, listJudged } from "./sql.ts";
import { type Basis, climbOf, type ClimbRung, waysOf } from "./way-rules.ts";

/** What is the same for all missions of one creator. */
interface Around {
  settings: ClientSettings;
  creator: CreatorFacts;
  rungs: readonly ClimbRung[];
  basis: Basis | null;
  isWhatIf: boolean;
}

/**
 * Why one creator stands with one mission as they do, as saved or as supposed: verdict, gates, what would change it, and for a row
 * that exists what was frozen and what has changed since. not_found for a mission or a creator of nobody, bad_request for supposed
 * terms that the mission could not be saved with.
 */
export function explainCreator(db: RootDb, client: ClientId, input: ExplainInput, now: Date): Promise<ExplainDto> {
  const { whatIf } = input;
  return inClient(
    db,
    client,
    async (tx) => {
      const settings = await clientSettings(tx, client);
      const today = dayOf(now, settings.timezone);
      const mission = await missionOf(tx, client, input.missionId as MissionId, today);
      if (whatIf !== undefined) await checkedTerms(tx, client, input);
      // a target decides nobody's verdict
      const { isWhatIf } = supposed(mission, { ...whatIf, targetValue: undefined });
      const around = await aroundOf(tx, settings, input.userId as UserId, { now, today, isWhatIf });
      const asked = { user: input.userId as UserId, mission: mission.id as MissionId, whatIf };
      const [row] = await listJudged(tx, settings, asked, today);
      const { checkpointOn: _day, ...creator } = around.creator;
      return {
        ...explained(row!, { ...mission, targetValue: whatIf?.targetValue ?? mission.targetValue }, around),
        isWhatIf: supposed(mission, whatIf).isWhatIf,
        computedAt: now,
        creator: { ...creator, tierName: refOf(creator.tierId, around.rungs).tierName },
      };
    },
    { isolation: "repeatable read" },
  );
}

/** All missions of the client as they stand for one creator; not_found for a creator of nobody. */
export function creatorMissions(db: RootDb, client: ClientId, user: UserId, now: Date): Promise<CreatorMissionDto[]> {
  return inClient(
    db,
    client,
    async (tx) => {
      const settings = await clientSettings(tx, client);
      const today = dayOf(now, settings.timezone);
      const around = await aroundOf(tx, settings, user, { now, today, isWhatIf: false });
      const rows = new Map((await listJudged(tx, settings, { user }, today)).map((row) => [row.missionId, row]));
      const missions = await allMissions(tx, client, today);
      return missions.map((mission) => explained(rows.get(mission.id)!, mission, around));
    },
    { isolation: "repeatable read" },
  );
}

async function aroundOf(
  tx: Db,
  settings: ClientSettings,
  user: UserId,
  { now, today, isWhatIf }: { now: Date; today: Day; isWhatIf: boolean },
): Promise<Around> {
  const creator = await findCreatorFacts(tx, settings, user, metricStart(now, settings.timezone));
  if (creator === null) throw notFound("This creator");
  const { rungs, basis } = await findClimb(tx, settings, user);
  // A checkpoint that is due is judged by the sync that also promotes, after it: there is nothing to be early for.
  const before = creator.checkpointOn !== null && creator.checkpointOn > today ? creator.checkpointOn : null;
  return { settings, creator, rungs, basis: basis === null ? null : { ...basis, before }, isWhatIf };
}

function explained(row: JudgedRow, mission: MissionDto, around: Around): CreatorMissionDto {
  const { rungs, basis, settings } = around;
  const { bucket, reason, tierEligibility, statusIfSeeded, redemption } = row;
  const judged: Judged = {
    ...row,
    missionName: mission.name,
    seededOn: row.row?.seededOn ?? null,
    isWhatIf: around.isWhatIf,
  };
  const gates = gatesOf(judged, rungs);
  const climb = climbOf(judged, rungs, basis);
  return {
    missionId: mission.id,
    missionName: mission.name,
    missionType: mission.missionType,
    targetValue: mission.targetValue,
    tierEligibility,
    tierName: refOf(tierEligibility, rungs).tierName,
    state: mission.state,
    bucket,
    reason,
    verdict: verdictOf(bucket),
    sentence: sentenceOf(judged, rungs),
    gates,
    wouldChange: waysOf(judged, gates, { rungs, climb, metric: settings }),
    climb,
    statusIfSeeded,
    progress: progressOf(row, mission, rungs),
    redemption,
  };
}

function progressOf(row: JudgedRow, mission: MissionDto, rungs: readonly ClimbRung[]): SeededRowDto | null {
  if (row.row === null) return null;
  const { value, status, isOver } = row.row;
  const { rowStart, rowEnd, creatorTier, creatorTierThen, missionTierThen } = row;
  return {
    value,
    status,
    isOver,
    windowStart: rowStart,
    windowEnd: rowEnd,
    completedAt: row.completedAt,
    seededAt: row.seededAt!,
    seed: row.seed,
    since: {
      creatorTier: { was: refOf(creatorTierThen ?? creatorTier, rungs), now: refOf(creatorTier, rungs) },
      window: { was: { start: rowStart, end: rowEnd }, now: { start: row.windowStart, end: row.windowEnd } },
      missionTier: {
        was: refOf(missionTierThen ?? mission.tierEligibility, rungs),
        now: refOf(mission.tierEligibility, rungs),
      },
    },
  };
}

function refOf(tierId: string, rungs: readonly ClimbRung[]): TierRef {
  return { tierId, tierName: rungs.find((rung) => rung.tierId === tierId)?.tierName ?? null };
}
