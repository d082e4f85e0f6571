import type { CreatorMissionDto } from "../../../server/eligibility/schema.ts";
import { dayOf, fullDay } from "../../lib/dates.ts";
import { targetText } from "../../lib/mission-words.ts";
import { countOf, shareOf } from "../../lib/numbers.ts";
import { goalText } from "./verdict-words.ts";

interface Place {
  currency: string;
  timezone: string;
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
