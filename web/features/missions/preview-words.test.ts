import { describe, expect, it } from "vitest";
import type { PreviewDto, TierCounts } from "../../../server/eligibility/schema.ts";
import type { TierRule } from "../../lib/mission-words.ts";
import { acceptLower, nobodySentence, restOfSentence, seedResultText } from "./preview-words.ts";

const platinum: TierRule = { kind: "known", name: "Platinum", isTop: true };
const gold: TierRule = { kind: "known", name: "Gold", isTop: false };
const everybody: TierRule = { kind: "all", name: "All tiers", isTop: false };

function tier(tierOrder: number, tierName: string, notEligible: number): TierCounts {
  const tierId = `tier_${tierOrder + 1}`;
  return {
    tierId,
    tierName,
    tierOrder,
    tierColor: null,
    willCreate: 0,
    alreadySeeded: 0,
    notEligible,
    unknown: 0,
    total: notEligible,
  };
}

type Counted = Pick<PreviewDto, "counts" | "byReason" | "byTier">;

function aPreview(parts: Counted): PreviewDto {
  return parts as PreviewDto;
}

describe("the words of a preview", () => {
  it("says the other three buckets after the first", () => {
    expect(restOfSentence({ willCreate: 212, alreadySeeded: 63, notEligible: 995, unknown: 14, total: 1284 })).toBe(
      "63 already have it; 995 do not qualify; 14 cannot be judged.",
    );
    expect(restOfSentence({ willCreate: 0, alreadySeeded: 1, notEligible: 1, unknown: 0, total: 2 })).toBe(
      "1 already has it; 1 does not qualify; 0 cannot be judged.",
    );
  });

  it("names the nearest lower tier that would add anybody", () => {
    const byTier = [tier(0, "Member", 540), tier(1, "Silver", 331), tier(2, "Gold", 0)];
    expect(acceptLower(byTier, platinum)).toEqual({ name: "Silver", added: 331 });
    expect(acceptLower([tier(0, "Member", 0)], gold)).toBeNull();
    expect(acceptLower(byTier, everybody)).toBeNull();
  });

  it("says which rule removed most when nobody qualifies", () => {
    const preview = aPreview({
      counts: { willCreate: 0, alreadySeeded: 73, notEligible: 1197, unknown: 14, total: 1284 },
      byReason: { mission_disabled: 0, mission_tier_unknown: 0, creator_tier_unknown: 14, tier_too_low: 1197 },
      byTier: [tier(1, "Silver", 1001), tier(2, "Gold", 196)],
    });
    expect(nobodySentence(preview, platinum)).toBe(
      "1,197 are below Platinum, which removed most; 73 already have it, 14 cannot be judged because their tier is not in the ladder. Accepting Gold would add 196.",
    );
  });

  it("asks for an import where there is nobody to judge", () => {
    const preview = aPreview({
      counts: { willCreate: 0, alreadySeeded: 0, notEligible: 0, unknown: 0, total: 0 },
      byReason: { mission_disabled: 0, mission_tier_unknown: 0, creator_tier_unknown: 0, tier_too_low: 0 },
      byTier: [],
    });
    expect(nobodySentence(preview, gold)).toContain("no creators yet");
  });

  it("reports a seeding against its promise, and a second one as a success", () => {
    expect(seedResultText({ created: 212, alreadySeeded: 63 }, 212)).toBe("Created 212 rows (the preview said 212).");
    expect(seedResultText({ created: 0, alreadySeeded: 275 }, 212)).toBe(
      "0 created, 275 already there. Nothing to do.",
    );
  });
});
