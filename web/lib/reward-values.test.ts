import { describe, expect, it } from "vitest";
import { checkedReward, NEW_REWARD, rewardErrors, rewardValuesOf } from "./reward-values.ts";

describe("the form of a reward", () => {
  it("sends only the fields that its type has", () => {
    const values = { ...NEW_REWARD, name: "$25 gift card", amount: "1,025.50", percent: "3" };
    expect(rewardErrors(values)).toEqual({});
    expect(checkedReward(values).value).toEqual({ type: "gift_card", amount: 1025.5 });
  });

  it("leaves empty what may be left out", () => {
    const values = {
      ...NEW_REWARD,
      name: "15 % off",
      type: "discount" as const,
      percent: "15",
      durationMinutes: "2880",
    };
    expect(rewardErrors(values)).toEqual({});
    expect(checkedReward(values).value).toEqual({ type: "discount", percent: 15, durationMinutes: 2880 });
  });

  it("answers every fault with a sentence at its field", () => {
    expect(rewardErrors({ ...NEW_REWARD, amount: "free" })).toEqual({
      name: "Give it a name of 1 to 200 characters.",
      amount: "Give an amount above 0.",
    });
    expect(
      rewardErrors({ ...NEW_REWARD, name: "Boost", type: "commission_boost", percent: "120", durationDays: "2.5" }),
    ).toEqual({
      percent: "Give a percentage above 0, at most 100.",
      durationDays: "Give a whole number of days above 0.",
    });
  });

  it("gives back unchanged what a reward holds", () => {
    const reward = {
      name: "15 % off",
      description: "Two days",
      value: { type: "discount" as const, percent: 15, durationMinutes: 2880, couponCode: "GOLD15" },
      tierEligibility: "tier_3",
      redemptionFrequency: "monthly" as const,
      redemptionQuantity: 2,
      enabled: false,
    };
    const rest = { id: "r", redemptionType: "scheduled" as const, missions: 3, createdAt: new Date(0) };
    expect(checkedReward(rewardValuesOf({ ...reward, ...rest }))).toEqual(reward);
  });
});
