import type { CreatorDto } from "../../../server/creators/schema.ts";
import type { TierDto } from "../../../server/tiers/schema.ts";
import { minusAmount } from "../../lib/amounts.ts";
import { dayOf, daysBetween } from "../../lib/dates.ts";
import type { Ladder } from "../../lib/ladder.ts";

/** Where today stands in a window: its day of so many, and how many are left. The last day is not part of it. */
export interface WindowPlace {
  day: number;
  of: number;
  left: number;
  /** 0 to 1. */
  share: number;
  isOver: boolean;
}

/** The place of today ('YYYY-MM-DD') in a window of days; null where a side is open or the window has no day. */
export function windowPlace(start: string | null, end: string | null, today: string): WindowPlace | null {
  if (start === null || end === null) {
    return null;
  }
  const of = daysBetween(start, end);
  if (of <= 0) {
    return null;
  }
  const left = daysBetween(today, end);
  const day = Math.min(of, Math.max(1, daysBetween(start, today) + 1));
  return { day, of, left: Math.max(0, left), share: day / of, isOver: left <= 0 };
}

/** The days of a creator's present window in the client's timezone. */
export function windowDays(creator: Pick<CreatorDto, "windowStart" | "windowEnd">, timezone: string) {
  return {
    start: creator.windowStart === null ? null : dayOf(creator.windowStart, timezone),
    end: creator.windowEnd === null ? null : dayOf(creator.windowEnd, timezone),
  };
}

export type Metric = "sales" | "units";

/** A tier's threshold in the metric, as decimal text; null where it has none. */
export function thresholdOf(tier: TierDto, metric: Metric): string | null {
  return metric === "sales" ? tier.salesThreshold : tier.unitsThreshold;
}

type Climber = Pick<CreatorDto, "tierId" | "tierLog" | "totalSales" | "totalUnits">;

/**
 * What is missing to the next tier with a threshold. Null at the top and for an unknown tier; null too for somebody who was
 * demoted, whom no lifetime total promotes any more (domain reference, section 10).
 */
export function toNextTier(creator: Climber, ladder: Ladder, metric: Metric): { name: string; missing: string } | null {
  const rank = ladder.rankOf(creator.tierId);
  if (rank === null || creator.tierLog.some((entry) => entry.status === "demoted")) {
    return null;
  }
  const next = ladder.tiers.slice(rank + 1).find((tier) => thresholdOf(tier, metric) !== null);
  if (next === undefined) {
    return null;
  }
  const total = metric === "sales" ? creator.totalSales : String(creator.totalUnits);
  const missing = minusAmount(thresholdOf(next, metric) ?? "0", total);
  return missing.startsWith("-") ? null : { name: next.tierName, missing };
}
