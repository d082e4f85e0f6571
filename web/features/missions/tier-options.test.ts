import { describe, expect, it } from "vitest";
import { ladderOf } from "../../lib/ladder.ts";
import { eligibilityOptions, previewOptions } from "./tier-options.ts";

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

function labels(options: readonly { label: string }[]): string[] {
  return options.map((option) => option.label);
}

describe("the tiers a mission can be given", () => {
  it("reads as who takes part, lowest first", () => {
    expect(labels(eligibilityOptions(ladder, "tier_2"))).toEqual([
      "All tiers",
      "Member or higher",
      "Silver or higher",
      "Gold",
    ]);
  });

  it("keeps a tier in sight that stands on the mission and is not in the ladder", () => {
    expect(eligibilityOptions(ladder, "gold_old").at(-1)).toEqual({
      value: "gold_old",
      label: "gold_old (not in the ladder)",
    });
  });

  it("lets only tiers below the mission's own see it locked", () => {
    expect(labels(previewOptions(ladder, "tier_3", null))).toEqual(["Nobody", "Member and up", "Silver and up"]);
    expect(labels(previewOptions(ladder, "tier_1", null))).toEqual(["Nobody"]);
    expect(labels(previewOptions(ladder, "all", null))).toEqual(["Nobody"]);
  });

  it("keeps the choice that stands although the mission's tier has moved below it", () => {
    expect(labels(previewOptions(ladder, "tier_2", "tier_2"))).toEqual([
      "Nobody",
      "Member and up",
      "Silver (not below the mission's tier)",
    ]);
  });
});
