import { describe, expect, it } from "vitest";
import type { TierDto } from "../../server/tiers/schema.ts";
import { ladderOf } from "./ladder.ts";

const tier = (tierId: string, tierOrder: number, tierName: string): TierDto => ({
  tierId,
  tierOrder,
  tierName,
  tierColor: null,
  salesThreshold: null,
  unitsThreshold: null,
  commissionRate: "10",
  checkpointExempt: false,
  creators: 0,
});

describe("a ladder", () => {
  const ladder = ladderOf([tier("tier_5", 30, "Gold"), tier("tier_1", 10, "Member"), tier("tier_2", 20, "Silver")]);
  it("ranks by order, whatever the ids and gaps", () => {
    expect(ladder.rankOf("tier_1")).toBe(0);
    expect(ladder.rankOf("tier_5")).toBe(2);
    expect(ladder.rankOf("tier_9")).toBeNull();
  });
  it("offers the highest tier first", () => {
    expect(ladder.options.map((option) => option.label)).toEqual(["Gold", "Silver", "Member"]);
  });
});
