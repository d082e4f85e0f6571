import { describe, expect, it } from "vitest";
import type { RewardValue } from "../../server/rewards/schema.ts";
import { rewardValueText } from "./reward-words.ts";

const values: [RewardValue, string | null][] = [
  [{ type: "gift_card", amount: 25 }, "$25"],
  [{ type: "spark_ads", amount: 12.5 }, "$12.50"],
  [{ type: "commission_boost", percent: 3, durationDays: 30 }, "+3\u00a0% for 30 days"],
  [{ type: "discount", percent: 12.5, durationMinutes: 2880 }, "12.5\u00a0% off for 48 hours"],
  [{ type: "discount", percent: 15, durationMinutes: 90 }, "15\u00a0% off for 90 minutes"],
  [{ type: "physical_gift" }, null],
  [{ type: "experience" }, null],
];

describe("what a reward is worth", () => {
  it.each(values)("%j reads as %s", (value, text) => {
    expect(rewardValueText(value, "USD")).toBe(text);
  });
});
