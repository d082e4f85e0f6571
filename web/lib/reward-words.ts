import type { RewardDto, RewardType, RewardValue } from "../../server/rewards/schema.ts";
import { countOf, formatDecimal, formatMoneyShort } from "./numbers.ts";

export const REWARD_TYPE_WORDS: Record<RewardType, string> = {
  gift_card: "Gift card",
  spark_ads: "Spark Ads",
  commission_boost: "Commission boost",
  discount: "Discount",
  physical_gift: "Physical gift",
  experience: "Experience",
};

/** How often one creator may take it, as stored. */
export const FREQUENCY_WORDS: Record<RewardDto["redemptionFrequency"], string> = {
  one_time: "once",
  monthly: "every month",
  unlimited: "without limit",
};

const HOUR = 60;

/** What a reward is worth: "$25", "+3 % for 30 days", "15 % off for 48 hours"; null where it has no figure. */
export function rewardValueText(value: RewardValue, currency: string): string | null {
  if ("amount" in value) {
    return formatMoneyShort(String(value.amount), currency);
  }
  if (value.type === "commission_boost") {
    return `+${percentText(value.percent)} for ${countOf(value.durationDays, "day")}`;
  }
  return value.type === "discount"
    ? `${percentText(value.percent)} off for ${minutesText(value.durationMinutes)}`
    : null;
}

function percentText(percent: number): string {
  return `${formatDecimal(String(percent))}\u00a0%`;
}

function minutesText(minutes: number): string {
  return minutes % HOUR === 0 ? countOf(minutes / HOUR, "hour") : countOf(minutes, "minute");
}
