import { describe, expect, it } from "vitest";
import { type Group, previewNumbers } from "./rules.ts";

function group(values: Partial<Group>): Group {
  return {
    tierId: "tier_1",
    tierName: "Bronze",
    tierOrder: 1,
    tierColor: null,
    bucket: "will_create",
    reason: null,
    creators: 1,
    ...values,
  };
}

describe("the numbers of a preview", () => {
  const numbers = previewNumbers([
    group({ creators: 995, bucket: "not_eligible", reason: "tier_too_low" }),
    group({ tierId: "tier_2", creators: 212 }),
    group({ tierId: "tier_2", creators: 63, bucket: "already_seeded" }),
    group({ tierId: "tier_3", bucket: null, creators: 0 }),
    group({ tierId: "?", tierName: null, creators: 14, bucket: "unknown", reason: "creator_tier_unknown" }),
  ]);

  it("add up buckets and reasons", () => {
    expect(numbers.counts).toEqual({ willCreate: 212, alreadySeeded: 63, notEligible: 995, unknown: 14, total: 1284 });
    expect(numbers.byReason).toEqual({
      mission_disabled: 0,
      mission_tier_unknown: 0,
      creator_tier_unknown: 14,
      tier_too_low: 995,
    });
  });

  it("keep the order of the tiers and show a tier without creators", () => {
    expect(numbers.byTier.map(({ tierId, total }) => [tierId, total])).toEqual([
      ["tier_1", 995],
      ["tier_2", 275],
      ["tier_3", 0],
      ["?", 14],
    ]);
  });

  it("fall from all creators to those who will be seeded, one bucket at every gate", () => {
    expect(numbers.waterfall.map(({ gate, dropped, remaining, bucket }) => [gate, dropped, remaining, bucket])).toEqual(
      [
        ["all", 0, 1284, null],
        ["enabled", 0, 1284, "not_eligible"],
        ["not_seeded", 63, 1221, "already_seeded"],
        ["tiers_known", 14, 1207, "unknown"],
        ["tier_high_enough", 995, 212, "not_eligible"],
        ["will_create", 0, 212, "will_create"],
      ],
    );
  });

  it("are all 0 for a client without creators and tiers", () => {
    const none = previewNumbers([]);
    expect(none.counts.total).toBe(0);
    expect(none.byTier).toEqual([]);
    expect(none.waterfall.map(({ remaining }) => remaining)).toEqual([0, 0, 0, 0, 0, 0]);
  });
});
