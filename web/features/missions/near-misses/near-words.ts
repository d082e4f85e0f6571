import type { MissionDto } from "../../../../server/missions/schema.ts";
import type { NearMissCounts, NearMissKind } from "../../../../server/seeding/near-misses/schema.ts";
import type { TierRule } from "../../../lib/mission-words.ts";
import { targetText } from "../../../lib/mission-words.ts";
import { formatCount } from "../../../lib/numbers.ts";

/** What there is to be near to: "Gold", "$1,000"; undefined where a mission has no such thing. */
export function nearGoal(
  kind: NearMissKind,
  mission: Pick<MissionDto, "missionType" | "targetValue">,
  rule: TierRule,
  currency: string,
): string | undefined {
  if (kind === "tier") {
    return rule.kind === "known" ? rule.name : undefined;
  }
  return mission.missionType === "raffle" ? undefined : targetText(mission.missionType, mission.targetValue, currency);
}

/** "12 within 10 % of Gold". */
export function nearText(counts: Pick<NearMissCounts, "total">, goal: string): string {
  return `${counts.total === 0 ? "Nobody" : formatCount(counts.total)} within 10 % of ${goal}`;
}

/** What else is to be said of them: "3 have it already: the next sync promotes them". Undefined when there is nothing. */
export function nearNote(kind: NearMissKind, { reached, over }: NearMissCounts): string | undefined {
  const has = reached === 1 ? "1 has it already" : `${formatCount(reached)} have it already`;
  const then = kind === "tier" ? "the next sync promotes" : "the next sync of a running mission completes";
  const notes = [
    ...(reached === 0 ? [] : [`${has}: ${then} ${reached === 1 ? "it" : "them"}`]),
    ...(over === 0 ? [] : [`the window of ${formatCount(over)} is over`]),
  ];
  return notes.length === 0 ? undefined : notes.join("; ");
}
