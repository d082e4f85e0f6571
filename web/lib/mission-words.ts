import type { MissionDto, MissionState, MissionType } from "../../server/missions/schema.ts";
import type { Ladder } from "./ladder.ts";
import { formatDay } from "./dates.ts";
import { formatDecimal, formatMoney, formatMoneyShort } from "./numbers.ts";

/** What each type of mission counts, as one word. */
export const TYPE_WORDS: Record<MissionType, string> = {
  sales_dollars: "Sales",
  sales_units: "Units",
  videos: "Videos",
  views: "Views",
  likes: "Likes",
  raffle: "Raffle",
};

export const STATE_WORDS: Record<MissionState, string> = {
  draft: "Draft",
  enabled: "Enabled",
  active: "Active",
  ended: "Ended",
};

type Goal = Pick<MissionDto, "missionType" | "targetValue" | "raffleEndDate">;

/** The figure of a goal: "$1,000", "100", for a raffle its last day. */
export function goalValue(mission: Goal, currency: string, today: string): string {
  if (mission.missionType === "raffle") {
    return mission.raffleEndDate === null ? "no end" : formatDay(mission.raffleEndDate, today);
  }
  return targetText(mission.missionType, mission.targetValue, currency);
}

/** A target or a value with the unit its type has: "$1,000" or "1,000". */
export function targetText(type: MissionType, value: string, currency: string): string {
  return type === "sales_dollars" ? formatMoneyShort(value, currency) : formatDecimal(value);
}

const UNITS: Record<Exclude<MissionType, "raffle">, string> = {
  sales_dollars: "sales",
  sales_units: "units",
  videos: "videos",
  views: "views",
  likes: "likes",
};

/** A value in a column that holds those of several missions, each with its unit: "$1,204.50", "12 videos". */
export function measureText(type: MissionType, value: string, currency: string): string {
  if (type === "sales_dollars") {
    return formatMoney(value, currency);
  }
  const unit = type === "raffle" ? "" : UNITS[type];
  return `${formatDecimal(value)} ${Number(value) === 1 ? unit.slice(0, -1) : unit}`.trimEnd();
}

/** What a mission asks: "$1,000 sales", "100 units"; a raffle asks nothing but to take part. */
export function goalText(
  { missionType, targetValue }: Pick<MissionDto, "missionType" | "targetValue">,
  currency: string,
): string {
  return missionType === "raffle"
    ? "taking part"
    : `${targetText(missionType, targetValue, currency)} ${UNITS[missionType]}`;
}

export interface TierRule {
  kind: "all" | "known" | "unknown";
  /** The tier's name, or the stored id of one that is not in the ladder. */
  name: string;
  /** True when no tier stands above it, so that "and up" would say nothing. */
  isTop: boolean;
}

/** The tier a mission asks for, as it stands in the ladder. */
export function tierRule(tierEligibility: string, ladder: Pick<Ladder, "size" | "rankOf" | "byId">): TierRule {
  if (tierEligibility === "all") {
    return { kind: "all", name: "All tiers", isTop: false };
  }
  const tier = ladder.byId(tierEligibility);
  if (tier === undefined) {
    return { kind: "unknown", name: tierEligibility, isTop: false };
  }
  return { kind: "known", name: tier.tierName, isTop: ladder.rankOf(tierEligibility) === ladder.size - 1 };
}

/** A tier rule as words for a sentence: "Gold or higher", "Platinum", "all tiers". */
export function tierRuleWords(rule: TierRule): string {
  if (rule.kind === "all") {
    return "all tiers";
  }
  if (rule.kind === "unknown") {
    return `${rule.name}, which is not in the ladder`;
  }
  return rule.isTop ? rule.name : `${rule.name} or higher`;
}
