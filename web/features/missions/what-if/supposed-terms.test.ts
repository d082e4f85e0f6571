import { describe, expect, it } from "vitest";
import type { MissionDto } from "../../../../server/missions/schema.ts";
import type { TierDto } from "../../../../server/tiers/schema.ts";
import { ladderOf } from "../../../lib/ladder.ts";
import { savedWith, supposedPrefix, supposedTerms } from "./supposed-terms.ts";

const names = ["Member", "Silver", "Gold"];
const ladder = ladderOf(
  names.map((tierName, index) => ({ tierId: `tier_${index + 1}`, tierOrder: index + 1, tierName }) as TierDto),
);
const mission = {
  id: "m",
  missionType: "sales_dollars",
  tierEligibility: "tier_3",
  targetValue: "1000.00",
  previewFromTier: "tier_2",
  reward: null,
  raffleEndDate: null,
  enabled: true,
} as MissionDto;
const draft = { ...mission, enabled: false };

describe("what the address supposes", () => {
  it("is nothing where it says what is saved", () => {
    const same = supposedTerms(mission, { ifTier: "tier_3", ifTarget: "1000", ifEnabled: true });
    expect(same).toMatchObject({ whatIf: undefined, isSupposing: false });
    expect(supposedTerms(mission, {}).whatIf).toBeUndefined();
  });

  it("is a tier, a target, or both; a raffle has no target", () => {
    expect(supposedTerms(mission, { ifTier: "tier_2", ifTarget: "500" })).toMatchObject({
      whatIf: { tierEligibility: "tier_2", targetValue: "500" },
      isSupposing: true,
    });
    const raffle = { ...mission, missionType: "raffle", targetValue: "0" } as const;
    expect(supposedTerms(raffle, { ifTarget: "500" }).whatIf).toBeUndefined();
  });

  it("counts a draft as enabled unless told otherwise, which saving would not change", () => {
    expect(supposedTerms(draft, {})).toMatchObject({ whatIf: { enabled: true }, isSupposing: false });
    expect(supposedTerms(draft, { ifEnabled: false })).toMatchObject({ whatIf: undefined, isSupposing: false });
    expect(supposedTerms(draft, { ifEnabled: false, ifTier: "all" }).whatIf).toEqual({ tierEligibility: "all" });
  });

  it.each([
    [mission, {}, ""],
    [draft, {}, "If it were enabled, "],
    [mission, { ifTier: "tier_2" }, "If it were for Silver or higher, "],
    [mission, { ifTarget: "500" }, "If it were at $500, "],
    [draft, { ifTier: "all", ifTarget: "500.50" }, "If enabled for all tiers at $500.50, "],
  ])("stands before the sentence", (of, search, words) => {
    expect(supposedPrefix(of, supposedTerms(of, search), ladder, "USD")).toBe(words);
  });
});

describe("saving what is supposed", () => {
  it("keeps every other field, and who sees it locked only while they stand below the tier", () => {
    expect(savedWith(mission, { tier: undefined, target: "500" }, ladder)).toMatchObject({
      missionId: "m",
      tierEligibility: "tier_3",
      targetValue: "500",
      previewFromTier: "tier_2",
      enabled: true,
    });
    const lowered = savedWith(mission, { tier: "tier_2", target: undefined }, ladder);
    expect(lowered).toMatchObject({ tierEligibility: "tier_2", targetValue: "1000.00", previewFromTier: null });
    expect(savedWith(mission, { tier: "all", target: undefined }, ladder).previewFromTier).toBeNull();
  });
});
