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

/** Those who have done it: "14 reached it already". Not "have it", which the page says of those who have a row. */
export function reachedText(reached: number): string {
  return `${formatCount(reached)} reached it already`;
}

/** What else is to be said of them. Undefined when there is nothing. */
export function overText(over: number): string | undefined {
  return over === 0 ? undefined : `the window of ${formatCount(over)} is over`;
}

/** Whom the list holds, for its head: "Reached $5,000 already", "Within 10 % of $5,000", or both in one. */
export function nearTitle({ total, reached }: Pick<NearMissCounts, "total" | "reached">, goal: string): string {
  if (reached === 0) {
    return `Within 10 % of ${goal}`;
  }
  return total === reached ? `Reached ${goal} already` : `Reached ${goal}, or within 10 % of it`;
}

/** What happens to those who reached it, for the head of their list. */
export const ALREADY: Record<NearMissKind, string> = {
  tier: "Who reached it already is promoted by the next sync.",
  target: "Who reached it already completes with the next sync, once the mission runs.",
};
