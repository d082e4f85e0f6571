import { describe, expect, it } from "vitest";
import type { PreviewDto, TierCounts } from "../../../server/eligibility/schema.ts";
import type { RelaxHint } from "../../../server/eligibility/what-if/schema.ts";
import type { TierRule } from "../../lib/mission-words.ts";
import { bestHint, nobodySentence, restOfSentence } from "./preview-words.ts";
import { hintWords } from "./what-if/hint-words.ts";

const platinum: TierRule = { kind: "known", name: "Platinum", isTop: true };
const gold: TierRule = { kind: "known", name: "Gold", isTop: false };

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

function hint(told: Pick<RelaxHint, "kind" | "adds" | "tierName">): RelaxHint {
  return { reason: "tier_too_low", removes: 1, sentence: "", whatIf: null, ...told };
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

  it("names what helps most plainly: a lower tier before opening it to all, nothing that lets nobody in", () => {
    const open = hint({ kind: "accept_all", adds: 1211, tierName: null });
    const lower = hint({ kind: "lower_tier", adds: 196, tierName: "Gold" });
    const fix = hint({ kind: "put_tiers_right", adds: null, tierName: null });
    expect(bestHint([open, fix, lower])).toBe(lower);
    expect(bestHint([open, fix])).toBe(open);
    expect(bestHint([fix, hint({ kind: "enable", adds: 0, tierName: null })])).toBeUndefined();
    expect([open, fix, lower].map(hintWords)).toEqual([
      "open to all: +1,211",
      "put their tiers right",
      "accept Gold: +196",
    ]);
  });

  it("says which rule removed most when nobody qualifies", () => {
    const preview = aPreview({
      counts: { willCreate: 0, alreadySeeded: 73, notEligible: 1197, unknown: 14, total: 1284 },
      byReason: { mission_disabled: 0, mission_tier_unknown: 0, creator_tier_unknown: 14, tier_too_low: 1197 },
      byTier: [tier(1, "Silver", 1001), tier(2, "Gold", 196)],
    });
    expect(nobodySentence(preview, platinum, hint({ kind: "lower_tier", adds: 196, tierName: "Gold" }))).toBe(
      "1,197 are below Platinum, which removed most; 73 already have it, 14 cannot be judged because their tier is not in the ladder. Accepting Gold would add 196.",
    );
  });

  it("asks for an import where there is nobody to judge", () => {
    const preview = aPreview({
      counts: { willCreate: 0, alreadySeeded: 0, notEligible: 0, unknown: 0, total: 0 },
      byReason: { mission_disabled: 0, mission_tier_unknown: 0, creator_tier_unknown: 0, tier_too_low: 0 },
      byTier: [],
    });
    expect(nobodySentence(preview, gold, undefined)).toContain("no creators yet");
  });
});
