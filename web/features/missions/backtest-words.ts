import type { BacktestDto } from "../../../server/seeding/backtest/schema.ts";
import type { MissionDto } from "../../../server/missions/schema.ts";
import { withoutZeros } from "../../lib/amounts.ts";
import type { Ladder } from "../../lib/ladder.ts";
import { targetText, tierRule, tierRuleWords } from "../../lib/mission-words.ts";
import { countOf, formatCount, formatMoney } from "../../lib/numbers.ts";

type Outcome = Pick<BacktestDto, "considered" | "completed" | "medianDays" | "withoutStart" | "cost">;

type Terms = Pick<MissionDto, "missionType" | "targetValue" | "tierEligibility">;

/** The supposed terms after the name: " for Silver or higher with a target of $900"; empty where they are the saved ones. */
export function termsText(
  saved: Terms,
  backtest: Pick<BacktestDto, "targetValue" | "tierEligibility">,
  { ladder, currency }: { ladder: Pick<Ladder, "size" | "rankOf" | "byId">; currency: string },
): string {
  const { targetValue, tierEligibility } = backtest;
  const tier =
    tierEligibility === saved.tierEligibility ? "" : ` for ${tierRuleWords(tierRule(tierEligibility, ladder))}`;
  const isTarget = withoutZeros(targetValue) !== withoutZeros(saved.targetValue);
  return `${tier}${isTarget ? ` with a target of ${targetText(saved.missionType, targetValue, currency)}` : ""}`;
}

/** How many of how many, the part of the sentence that stands out: "212 of 995". */
export function outcomeText({ considered, completed }: Pick<Outcome, "considered" | "completed">): string {
  return `${completed === 0 ? "none" : formatCount(completed)} of ${formatCount(considered)}`;
}

/** What follows it: " would have completed it, half of them within 18 days, for $5,300.00." */
export function restOfOutcome(outcome: Outcome): string {
  const clauses = [" would have completed it", paceText(outcome), costText(outcome)];
  return `${clauses.filter((clause) => clause !== null).join(", ")}.`;
}

/** How fast; null where that is not known of everybody. */
function paceText({ completed, medianDays, withoutStart }: Outcome): string | null {
  if (completed === 0 || medianDays === null || withoutStart > 0) {
    return null;
  }
  const within = `within ${countOf(medianDays, "day")}`;
  return completed === 1 ? within : `half of them ${within}`;
}

function costText({ completed, cost }: Outcome): string | null {
  return completed === 0 || cost === null ? null : `for ${formatMoney(cost.amount, cost.currency)}`;
}

/** One day of the curve with what had come together by then. */
export interface CurveDay {
  day: string;
  completed: number;
  total: number;
}

/** The days in order, each with everybody who was done by then. */
export function cumulative(perDay: BacktestDto["perDay"]): CurveDay[] {
  let total = 0;
  return perDay.map(({ day, completed }) => {
    total += completed;
    return { day, completed, total };
  });
}

/** Which windows were read, in a sentence; null where there is nothing to say beyond their name. */
export function windowsText(
  { window, windows }: Pick<BacktestDto, "window" | "windows">,
  months: number,
): string | null {
  if (window === "present") {
    return null;
  }
  const { known, assumed, none } = windows;
  const parts = [
    ...(known > 0 ? [`${formatCount(known)} from the tier log`] : []),
    ...(assumed > 0 ? [`${formatCount(assumed)} taken as the ${countOf(months, "month")} before the present one`] : []),
    ...(none > 0 ? [`${countOf(none, "creator")} without one left out`] : []),
  ];
  return parts.length === 0 ? null : parts.join("; ");
}
