import { describe, expect, it } from "vitest";
import { checkedLadder, formErrors, ladderErrors, ladderValues, newTier } from "./ladder-values.ts";
import type { TierValues } from "./ladder-values.ts";

function aTier(tierName: string, threshold: string, parts: Partial<TierValues> = {}): TierValues {
  return { ...newTier(tierName), tierName, threshold, commissionRate: "10", ...parts };
}
const ladder = [aTier("Bronze", "0"), aTier("Silver", "1,000"), aTier("Gold", "3000.50")];

describe("the form of a ladder", () => {
  it("has no fault when thresholds rise from 0", () => {
    expect(ladderErrors(ladder, "sales")).toEqual({});
    expect(checkedLadder(ladder, "sales").tiers.map((tier) => tier.salesThreshold)).toEqual(["0", "1000", "3000.50"]);
  });

  it.each([
    [[aTier("Bronze", "5")], "tiers.0.threshold", "The lowest tier starts at 0."],
    [[aTier("Bronze", "0"), aTier("Silver", "0.0000")], "tiers.1.threshold", "Give more than Bronze asks."],
    [[aTier("Bronze", "0"), aTier("Silver", "")], "tiers.1.threshold", "Give an amount, such as 1000 or 1000.50."],
    [[aTier("Bronze", "0"), aTier("Silver", "-1,000")], "tiers.1.threshold", "The threshold cannot be below 0."],
    [
      [aTier("Bronze", "0"), aTier("Silver", "1234567890123")],
      "tiers.1.threshold",
      "The threshold is too large: at most 999,999,999,999.",
    ],
    [[aTier("Bronze", "0"), aTier("bronze ", "9")], "tiers.1.tierName", "A tier below has this name."],
    [[aTier(" ", "0")], "tiers.0.tierName", "Give a name of 1 to 60 characters."],
    [[aTier("Bronze", "0", { commissionRate: "101" })], "tiers.0.commissionRate", "Give 0 to 100, such as 12.5."],
    [[aTier("Bronze", "0", { tierColor: "red" })], "tiers.0.tierColor", "A colour such as #8b2a6e, or nothing."],
  ])("says at the field what is wrong (%#)", (tiers, field, sentence) => {
    expect(ladderErrors(tiers, "sales")).toEqual({ [field]: sentence });
  });

  it("counts units whole", () => {
    expect(Object.keys(ladderErrors([aTier("Bronze", "0"), aTier("Silver", "1.5")], "units"))).toEqual([
      "tiers.1.threshold",
    ]);
    expect(ladderErrors([aTier("Bronze", "0"), aTier("Silver", "-3")], "units")).toEqual({
      "tiers.1.threshold": "The threshold cannot be below 0.",
    });
    expect(ladderErrors([aTier("Bronze", "0"), aTier("Silver", "9".repeat(16))], "units")).toEqual({
      "tiers.1.threshold": "The threshold is too large: at most 999,999,999,999,999.",
    });
  });

  it("keeps the threshold of the metric that it does not show", () => {
    const stored = {
      tierId: "tier_2",
      tierOrder: 2,
      tierName: "Silver",
      tierColor: "#aaaaaa",
      salesThreshold: "1000.0000",
      unitsThreshold: "100",
      commissionRate: "12.50",
      checkpointExempt: true,
      creators: 3,
    };
    const [values] = ladderValues([stored], "sales");
    expect(values).toMatchObject({ threshold: "1000", commissionRate: "12.50", otherThreshold: "100" });
    expect(checkedLadder(values === undefined ? [] : [values], "sales").tiers[0]).toMatchObject({
      tierId: "tier_2",
      salesThreshold: "1000",
      unitsThreshold: "100",
      checkpointExempt: true,
    });
  });

  it("takes a fault of the server to its own field", () => {
    expect(formErrors({ "tiers.1.salesThreshold": "No.", tiers: "Gold cannot be removed." })).toEqual({
      "tiers.1.threshold": "No.",
      tiers: "Gold cannot be removed.",
    });
  });
});
