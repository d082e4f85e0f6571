/** Sentences that are ready to be sent to a creator. */
import type { CreatorMissionDto } from "../../server/eligibility/explain/schema.ts";
import { metricText } from "./adjustment-words.ts";
import { dayOf, fullDay } from "./dates.ts";
import { goalText, targetText } from "./mission-words.ts";
import { countOf, shareOf } from "./numbers.ts";

interface Place {
  currency: string;
  timezone: string;
}

/**
 * What to tell the creator about a mission: how far the row is, what it needs to get one, or that it is for others. Null where the
 * reason is the programme's own (not enabled, a tier that is not in the ladder), which is nothing to write to a creator about.
 */
export function explanationText(
  mission: CreatorMissionDto,
  place: Place & { vipMetric: "sales" | "units" },
): string | null {
  const { missionName, bucket, reason, climb, statusIfSeeded } = mission;
  if (mission.progress !== null) {
    return missionText(mission, place);
  }
  const starts = statusIfSeeded === "active" ? "starts for you the next morning" : "is yours once it starts";
  if (bucket === "will_create") {
    return `${missionName} ${starts}: ${goalText(mission, place.currency)}.`;
  }
  if (reason !== "tier_too_low") {
    return null;
  }
  if (climb === null) {
    const wanted = mission.gates.find((gate) => gate.key === "tier_high_enough")?.required.words;
    return `${missionName} is for ${wanted ?? mission.tierEligibility}.`;
  }
  if (climb.isReached) {
    return `You have reached ${climb.tierName}: ${missionName} ${starts}.`;
  }
  const amount = metricText(climb.missing, place);
  const missing = place.vipMetric === "sales" ? `${amount} in sales` : amount;
  const until = climb.before === null ? "" : ` before ${fullDay(climb.before)}`;
  return `You are ${missing} away from ${climb.tierName}. Reach it${until}, and ${missionName} ${starts}.`;
}

/** How one mission stands, to be sent to its creator: "Holiday Hundred: 72 of 100 units, until 14 Dec 2026." */
export function missionText(mission: CreatorMissionDto, { currency, timezone }: Place): string {
  const { progress, missionName, missionType } = mission;
  if (progress === null) {
    return `${missionName}: ${goalText(mission, currency)}.`;
  }
  if (progress.status === "completed") {
    return `${missionName}: completed.`;
  }
  const goal =
    missionType === "raffle"
      ? "you take part"
      : `${targetText(missionType, progress.value, currency)} of ${goalText(mission, currency)}`;
  const end = progress.windowEnd === null ? "" : `, until ${fullDay(dayOf(progress.windowEnd, timezone))}`;
  return `${missionName}: ${goal}${progress.isOver ? ", over" : end}.`;
}

/** The sentence about all rows of a creator: how many, what is done, and what is nearest to its goal. */
export function creatorText(handle: string, missions: readonly CreatorMissionDto[], place: Place): string {
  const rows = missions.filter((mission) => mission.progress !== null);
  if (rows.length === 0) {
    return `@${handle}: no mission yet.`;
  }
  const completed = rows.filter((mission) => mission.progress?.status === "completed");
  const names = completed.length === 0 ? "none completed yet" : `completed: ${completed.map(nameOf).join(", ")}`;
  const nearest = nearestOf(rows);
  const next = nearest === null ? "" : ` Nearest: ${missionText(nearest, place)}`;
  return `@${handle}: ${countOf(rows.length, "mission")}, ${names}.${next}`;
}

function nameOf(mission: CreatorMissionDto): string {
  return mission.missionName;
}

/** The running row that is furthest; null where none runs towards a target. */
function nearestOf(rows: readonly CreatorMissionDto[]): CreatorMissionDto | null {
  const share = (mission: CreatorMissionDto) => shareOf(mission.progress?.value ?? "0", mission.targetValue);
  const running = rows.filter(
    ({ progress, missionType }) => progress?.status === "active" && !progress.isOver && missionType !== "raffle",
  );
  return running.toSorted((one, other) => share(other) - share(one))[0] ?? null;
}
