import { describe, expect, it } from "vitest";
import { reasonText } from "./eligibility-words.ts";
import type { TierRule } from "./mission-words.ts";

const platinum: TierRule = { kind: "known", name: "Platinum", isTop: true };
const gold: TierRule = { kind: "known", name: "Gold", isTop: false };
const everybody: TierRule = { kind: "all", name: "All tiers", isTop: false };

describe("the reason of a verdict", () => {
  it("gives every row its reason in words", () => {
    const row = { tierName: "Silver", tierId: "tier_2" };
    expect(reasonText({ ...row, bucket: "not_eligible", reason: "tier_too_low" }, gold)).toBe(
      "Tier Silver; needs Gold or higher",
    );
    expect(reasonText({ ...row, bucket: "will_create", reason: null }, platinum)).toBe("Tier Silver; needs Platinum");
    expect(reasonText({ ...row, bucket: "will_create", reason: null }, everybody)).toBe("Open to all tiers");
    expect(
      reasonText({ tierName: null, tierId: "gold_old", bucket: "unknown", reason: "creator_tier_unknown" }, gold),
    ).toBe("Tier gold_old is not in the ladder");
  });
});
