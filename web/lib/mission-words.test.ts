import { describe, expect, it } from "vitest";
import { ladderOf } from "./ladder.ts";
import { goalText, goalValue, measureText, tierRule, tierRuleWords } from "./mission-words.ts";

const ladder = ladderOf(
  ["Member", "Silver", "Gold"].map((tierName, tierOrder) => ({
    tierId: `tier_${tierOrder + 1}`,
    tierOrder,
    tierName,
    tierColor: null,
    salesThreshold: "0",
    unitsThreshold: null,
    commissionRate: "0",
    checkpointExempt: false,
    creators: 0,
  })),
);

describe("the words of a mission", () => {
  it.each([
    ["sales_dollars", "5214.7", "$5,214.70"],
    ["views", "1204", "1,204 views"],
    ["videos", "1", "1 video"],
    ["raffle", "1", "1"],
  ] as const)("a value of %s %s reads with what it counts", (missionType, value, text) => {
    expect(measureText(missionType, value, "USD")).toBe(text);
  });

  it.each([
    ["sales_dollars", "1000", null, "$1,000"],
    ["sales_dollars", "12.50", null, "$12.50"],
    ["views", "1000000", null, "1,000,000"],
    ["raffle", "0", "2026-11-27", "27 Nov"],
    ["raffle", "0", "2027-01-02", "2 Jan 2027"],
  ] as const)("a goal of %s %s reads as its figure", (missionType, targetValue, raffleEndDate, text) => {
    expect(goalValue({ missionType, targetValue, raffleEndDate }, "USD", "2026-11-22")).toBe(text);
  });

  it.each([
    ["all", "all tiers"],
    ["tier_2", "Silver or higher"],
    ["tier_3", "Gold"],
    ["tier_6", "tier_6, which is not in the ladder"],
  ])("the tier rule %s reads as %s", (tierEligibility, text) => {
    expect(tierRuleWords(tierRule(tierEligibility, ladder))).toBe(text);
  });
});

describe("what a mission asks", () => {
  it.each([
    ["sales_dollars", "1000.0000", "$1,000 sales"],
    ["sales_units", "100", "100 units"],
    ["views", "1000000", "1,000,000 views"],
    ["raffle", "0", "taking part"],
  ] as const)("names the goal of %s %s", (missionType, targetValue, text) => {
    expect(goalText({ missionType, targetValue }, "USD")).toBe(text);
  });
});
