import { describe, expect, it } from "vitest";
import { fromValueData, redemptionTypeOf, rewardChange, tierRefusal, toValueData } from "./rules.ts";
import type { RewardValue } from "./schema.ts";

const values: [RewardValue, Record<string, unknown>, "instant" | "scheduled"][] = [
  [{ type: "gift_card", amount: 25 }, { amount: 25 }, "instant"],
  [{ type: "spark_ads", amount: 0.5 }, { amount: 0.5 }, "instant"],
  [{ type: "commission_boost", percent: 5, durationDays: 30 }, { percent: 5, duration_days: 30 }, "scheduled"],
  [{ type: "discount", percent: 10, durationMinutes: 60 }, { percent: 10, duration_minutes: 60 }, "scheduled"],
  [
    { type: "discount", percent: 10, durationMinutes: 60, couponCode: "SAVE", maxUses: 3 },
    { percent: 10, duration_minutes: 60, coupon_code: "SAVE", max_uses: 3 },
    "scheduled",
  ],
  [{ type: "physical_gift" }, {}, "instant"],
  [{ type: "experience" }, {}, "instant"],
];

describe("the value of a reward", () => {
  it.each(values)("%j is stored as %j, redeemed %s, and read back", (value, stored, redemption) => {
    expect(toValueData(value)).toEqual(stored);
    expect(fromValueData({ type: value.type, valueData: toValueData(value) })).toEqual(value);
    expect(redemptionTypeOf(value.type)).toBe(redemption);
  });

  it("leaves out what older systems wrote as null", () => {
    const valueData = { percent: 10, duration_minutes: 60, coupon_code: null, max_uses: null };
    expect(fromValueData({ type: "discount", valueData })).toEqual({
      type: "discount",
      percent: 10,
      durationMinutes: 60,
    });
  });
});

describe("the tier of a reward", () => {
  it.each([
    ["all", null, true],
    ["tier_1", null, true],
    ["tier_9", null, false],
    ["tier_9", "tier_9", true],
    ["tier_9", "tier_1", false],
  ])("%s, where %s stands: %s", (tier, standing, isFine) => {
    expect(tierRefusal(tier, ["tier_1"], standing) === null).toBe(isFine);
  });
});

describe("what the audit keeps of a change", () => {
  const before = {
    name: "Card",
    description: "",
    value: { type: "gift_card", amount: 25 } as RewardValue,
    tierEligibility: "all",
    redemptionFrequency: "one_time",
    redemptionQuantity: 1,
    enabled: true,
  } as const;

  it("is nothing where nothing differs", () => {
    expect(rewardChange(before, { ...before, value: { amount: 25, type: "gift_card" } })).toBeNull();
  });

  it("is each field that differs", () => {
    const value: RewardValue = { type: "spark_ads", amount: 25 };
    expect(rewardChange(before, { ...before, value, enabled: false })).toEqual({
      before: { value: before.value, enabled: true },
      after: { value, enabled: false },
    });
  });
});
