import { describe, expect, it } from "vitest";
import type { TierDto } from "../../../server/tiers/schema.ts";
import { ladderOf } from "../../lib/ladder.ts";
import { cumulative, outcomeText, restOfOutcome, termsText, windowsText } from "./backtest-words.ts";

const cost = { amount: "5300", each: "25", currency: "USD" };
const outcome = { considered: 995, completed: 212, medianDays: 18, withoutStart: 0, cost };

describe("the sentence of a backtest", () => {
  it.each([
    [outcome, "212 of 995 would have completed it, half of them within 18 days, for $5,300.00."],
    [{ ...outcome, cost: null, medianDays: 1 }, "212 of 995 would have completed it, half of them within 1 day."],
    [
      { ...outcome, completed: 1, cost: { ...cost, amount: "25" } },
      "1 of 995 would have completed it, within 18 days, for $25.00.",
    ],
    [{ ...outcome, withoutStart: 3 }, "212 of 995 would have completed it, for $5,300.00."],
    [{ ...outcome, completed: 0, medianDays: null }, "none of 995 would have completed it."],
  ])("says of %j what would have come of it", (given, sentence) => {
    expect(outcomeText(given) + restOfOutcome(given)).toBe(sentence);
  });
});

describe("the terms of a backtest", () => {
  const saved = { missionType: "sales_dollars", targetValue: "1500.00", tierEligibility: "tier_3" } as const;
  const names = ["Member", "Silver", "Gold"];
  const ladder = ladderOf(
    names.map((tierName, index) => ({ tierId: `tier_${index + 1}`, tierOrder: index + 1, tierName }) as TierDto),
  );

  it.each([
    ["1500", "tier_3", ""],
    ["900", "tier_3", " with a target of $900"],
    ["1500.00", "tier_2", " for Silver or higher"],
    ["900", "all", " for all tiers with a target of $900"],
  ])("%s for %s are told as what differs from the saved ones", (targetValue, tierEligibility, text) => {
    expect(termsText(saved, { targetValue, tierEligibility }, { ladder, currency: "USD" })).toBe(text);
  });
});

describe("the curve of a backtest", () => {
  it("adds up day by day", () => {
    const perDay = [
      { day: "2026-11-03", completed: 2 },
      { day: "2026-11-11", completed: 1 },
    ];
    expect(cumulative(perDay)).toEqual([
      { day: "2026-11-03", completed: 2, total: 2 },
      { day: "2026-11-11", completed: 1, total: 3 },
    ]);
    expect(cumulative([])).toEqual([]);
  });
});

describe("the windows of a backtest", () => {
  it.each([
    ["present", { known: 995, assumed: 0, none: 0 }, null],
    ["previous", { known: 700, assumed: 0, none: 0 }, "700 from the tier log"],
    [
      "previous",
      { known: 700, assumed: 292, none: 3 },
      "700 from the tier log; 292 taken as the 4 months before the present one; 3 creators without one left out",
    ],
    ["previous", { known: 0, assumed: 0, none: 0 }, null],
  ] as const)("are told where %s ones are %j", (window, windows, text) => {
    expect(windowsText({ window, windows }, 4)).toBe(text);
  });
});
