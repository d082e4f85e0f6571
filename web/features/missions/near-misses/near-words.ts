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

/** "12 within 10 % of Gold": those who do not have it yet. */
export function nearText({ total, reached }: Pick<NearMissCounts, "total" | "reached">, goal: string): string {
  const near = total - reached;
  return `${near === 0 ? "Nobody" : formatCount(near)} within 10 % of ${goal}`;
}

/** What else is to be said of them: "14 have it already". Undefined when there is nothing. */
export function nearNote({ reached, over }: Pick<NearMissCounts, "reached" | "over">): string | undefined {
  const notes = [
    ...(reached === 0 ? [] : [reached === 1 ? "1 has it already" : `${formatCount(reached)} have it already`]),
    ...(over === 0 ? [] : [`the window of ${formatCount(over)} is over`]),
  ];
  return notes.length === 0 ? undefined : notes.join("; ");
}

/** What happens to those who have it already, for the head of their list. */
export const ALREADY: Record<NearMissKind, string> = {
  tier: "Who has it already is promoted by the next sync.",
  target: "Who has it already completes with the next sync, once the mission runs.",
};
