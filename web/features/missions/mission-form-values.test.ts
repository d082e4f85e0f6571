import { describe, expect, it } from "vitest";
import { checkedInput, errorsSentence, missionErrors, NEW_MISSION } from "./mission-form-values.ts";
import type { MissionValues } from "./mission-form-values.ts";

const sprint: MissionValues = {
  ...NEW_MISSION,
  title: "gold-sprint",
  targetValue: "1,000.50",
  tierEligibility: "tier_3",
};
const draw: MissionValues = { ...NEW_MISSION, missionType: "raffle", title: "draw", raffleEndDate: "2026-11-27" };

describe("the mission form", () => {
  it("sends numbers as typed, without the commas between groups", () => {
    expect(missionErrors(sprint)).toEqual({});
    expect(checkedInput(sprint)).toMatchObject({ targetValue: "1000.50", raffleEndDate: null, displayOrder: 0 });
  });

  it("gives a raffle a day and no target, whatever was typed before", () => {
    const values = { ...draw, targetValue: "500" };
    expect(missionErrors(values)).toEqual({});
    expect(checkedInput(values)).toMatchObject({ targetValue: "0", raffleEndDate: "2026-11-27" });
    expect(missionErrors({ ...draw, raffleEndDate: "" })).toEqual({
      raffleEndDate: "A raffle needs the day on which it ends.",
    });
  });

  it.each([
    ["0", "sales_dollars", "The target must be above 0."],
    ["", "sales_dollars", "Give a sum of money, such as 1000 or 1000.50."],
    ["0.001", "sales_dollars", "The target is too fine: at most 2 decimal places."],
    ["1,000.505", "sales_dollars", "The target is too fine: at most 2 decimal places."],
    ["1,00", "views", "Give a number of views, such as 100."],
    ["many", "likes", "Give a number of likes, such as 100."],
    ["-5", "likes", "The target cannot be below 0."],
    ["1234567890123", "sales_dollars", "The target is too large: at most 999,999,999,999."],
    ["10.12345", "sales_dollars", "The target is too fine: at most 2 decimal places."],
    ["2.5", "videos", "This target counts things, so it must be a whole number."],
  ] as const)("refuses the target %j of %s with a sentence", (targetValue, missionType, sentence) => {
    expect(missionErrors({ ...sprint, missionType, targetValue })).toEqual({ targetValue: sentence });
  });

  it("names every field at fault", () => {
    expect(Object.keys(missionErrors({ ...sprint, title: " ", displayOrder: "1.5" })).toSorted()).toEqual([
      "displayOrder",
      "title",
    ]);
  });

  it("locks nothing where all tiers take part", () => {
    expect(checkedInput({ ...sprint, tierEligibility: "all", previewFromTier: "tier_1" }).previewFromTier).toBeNull();
  });

  it("says what is missing as a sentence", () => {
    expect(errorsSentence(["Title"])).toBe("One field keeps it from being saved: title.");
    expect(errorsSentence(["Title", "Target", "Ends on"])).toBe(
      "3 fields keep it from being saved: title, target and ends on.",
    );
  });
});
