/** What would make a no or a cannot-tell a yes: the ways that the failing gates leave, each with its exact amount. */
import { formatCount, formatDay, formatMoney } from "../../base/text.ts";
import { type Judged, type Rung, tierWords, wantedWords } from "./rules.ts";
import type { ClimbDto, GateDto, GateKey, WayDto } from "./schema.ts";

/** A tier of the ladder with the creator's way to it, as the database worked it out. */
export interface ClimbRung extends Rung {
  /** of the client's metric; null: nobody reaches this tier */
  threshold: string | null;
  /** the place among the thresholds, the lowest first and of equal ones the highest tier, which is where a promotion leads */
  climbPlace: number;
  missing: string | null;
  isReached: boolean;
}

/** What counts for a promotion of the creator; null for one of an unknown tier, who is never promoted. */
export type Basis = Pick<ClimbDto, "value" | "pending" | "since" | "before">;

export interface Metric {
  vipMetric: "sales" | "units";
  currency: string;
}

/** The nearest tier that the mission accepts and an amount leads to; null where the tier is not what is missing, or nothing leads there. */
export function climbOf(judged: Judged, rungs: readonly ClimbRung[], basis: Basis | null): ClimbDto | null {
  const { missionTierOrder, creatorTierOrder, isSeeded } = judged;
  if (isSeeded || basis === null || missionTierOrder === null || creatorTierOrder === null) return null;
  if (creatorTierOrder >= missionTierOrder) return null;
  const [nearest] = rungs
    .filter(({ tierOrder, threshold }) => tierOrder >= missionTierOrder && threshold !== null)
    .toSorted((one, other) => one.climbPlace - other.climbPlace);
  if (nearest?.threshold == null || nearest.missing === null) return null;
  const { tierId, tierName, threshold, missing, isReached } = nearest;
  return { tierId, tierName, threshold, missing: isReached ? "0" : missing, isReached, ...basis };
}

/** The ways to a yes, the mission's switch first; none where it is a yes. */
export function waysOf(
  judged: Judged,
  gates: readonly GateDto[],
  around: { rungs: readonly Rung[]; climb: ClimbDto | null; metric: Metric },
): WayDto[] {
  if (judged.isSeeded) return [];
  const failing = new Set(gates.filter(({ state }) => state !== "pass").map(({ key }) => key));
  const isOff = failing.delete("enabled");
  const isEnough = !isOff || failing.size === 0;
  const enable: WayDto = {
    kind: "enable",
    text: failing.size === 0 ? "Enabling the mission." : "Enabling the mission; that alone is not enough.",
    isEnough,
  };
  const after = isOff ? ", once the mission is enabled" : "";
  const tierWays = tierWaysOf(judged, failing, around).map((way) => ({
    ...way,
    text: `${way.text}${after}.`,
    isEnough: !isOff,
  }));
  return [...(isOff ? [enable] : []), ...tierWays];
}

type Way = Pick<WayDto, "kind" | "text">;

function tierWaysOf(
  judged: Judged,
  failing: ReadonlySet<GateKey>,
  { rungs, climb, metric }: { rungs: readonly Rung[]; climb: ClimbDto | null; metric: Metric },
): Way[] {
  const wanted = tierWords(judged.tierEligibility, rungs);
  const own = tierWords(judged.creatorTier, rungs);
  const forAll: Way = { kind: "mission_tier", text: `A mission for all tiers instead of ${wanted}` };
  if (failing.has("mission_tier_known") && failing.has("creator_tier_known")) {
    const both = `A tier of the ladder for the mission instead of ${wanted}, and one no lower for @${judged.handle} instead of ${own}`;
    return [forAll, { kind: "mission_tier", text: both }];
  }
  if (failing.has("mission_tier_known")) {
    const isLowest = rungs[0]?.tierId === judged.creatorTier;
    const fit = `A mission for ${own}${isLowest ? "" : " or lower"} instead of ${wanted}`;
    return [{ kind: "mission_tier", text: fit }, forAll];
  }
  if (failing.has("creator_tier_known")) {
    const fit = `A tier of the ladder for @${judged.handle}, ${wantedWords(judged.tierEligibility, rungs)}, instead of ${own}`;
    return [{ kind: "creator_tier", text: fit }, forAll];
  }
  if (!failing.has("tier_high_enough")) return [];
  return [
    ...(climb === null ? [] : [{ kind: "promotion" as const, text: promotionText(judged.handle, climb, metric) }]),
    { kind: "mission_tier", text: `A mission for ${own} instead of ${wanted}` },
  ];
}

/** "$340.00 more in sales before 1 Mar 2027: the next sync then promotes @quietshelf to Gold and seeds in one run". */
function promotionText(handle: string, climb: ClimbDto, metric: Metric): string {
  const then = `promotes @${handle} to ${climb.tierName} and seeds in one run`;
  if (climb.isReached)
    return `The next sync: what counts has reached ${amountText(climb.threshold, metric)}, so it ${then}`;
  const { vipMetric, currency } = metric;
  const more =
    vipMetric === "sales"
      ? `${formatMoney(climb.missing, currency)} more in sales`
      : `${formatCount(Number(climb.missing))} more ${climb.missing === "1" ? "unit" : "units"}`;
  const since = climb.since === null ? "" : ` (counted since ${formatDay(climb.since)})`;
  const until = climb.before === null ? ", without a deadline" : ` before ${formatDay(climb.before)}`;
  return `${more}${since}${until}: the next sync then ${then}`;
}

function amountText(value: string, { vipMetric, currency }: Metric): string {
  return vipMetric === "sales" ? formatMoney(value, currency) : `${formatCount(Number(value))} units`;
}
