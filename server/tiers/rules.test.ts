import { describe, expect, it } from "vitest";
import { checkpointsToAlign, ladderFault, newTierIds } from "./rules.ts";
import type { TiersUpdateInput } from "./schema.ts";

type TierInput = TiersUpdateInput["tiers"][number];
const tier = (salesThreshold: string | null, more: Partial<TierInput> = {}): TierInput => ({
  tierId: null,
  tierName: "A tier",
  tierColor: null,
  salesThreshold,
  unitsThreshold: null,
  commissionRate: "10",
  checkpointExempt: false,
  ...more,
});

describe("a ladder", () => {
  it.each([
    ["of one tier from 0 is fine", [tier("0")], null],
    ["that rises is fine", [tier("0"), tier("1000"), tier("1000.0001")], null],
    ["whose lowest tier starts above 0 is refused", [tier("1")], "tiers.0.salesThreshold"],
    ["without a threshold of the metric is refused", [tier("0"), tier(null)], "tiers.1.salesThreshold"],
    ["that stands still is refused", [tier("0"), tier("1000"), tier("1000.00")], "tiers.2.salesThreshold"],
    ["that falls is refused", [tier("0"), tier("1000"), tier("999.9999")], "tiers.2.salesThreshold"],
    [
      "compares large amounts exactly",
      [tier("0"), tier("999999999999.9999"), tier("999999999999.9998")],
      "tiers.2.salesThreshold",
    ],
    [
      "with one tier twice is refused",
      [tier("0", { tierId: "tier_1" }), tier("5", { tierId: "tier_1" })],
      "tiers.1.tierId",
    ],
    ["with a commission above 100 is refused", [tier("0", { commissionRate: "100.01" })], "tiers.0.commissionRate"],
    [
      "with the other metric's threshold alone is refused",
      [tier(null, { unitsThreshold: "0" })],
      "tiers.0.salesThreshold",
    ],
  ] as const)("%s", (_what, tiers, field) => {
    expect(ladderFault(tiers, "sales")?.field ?? null).toBe(field);
  });

  it("of a client that counts units asks for units", () => {
    expect(
      ladderFault([tier(null, { unitsThreshold: "0" }), tier(null, { unitsThreshold: "10" })], "units"),
    ).toBeNull();
    expect(ladderFault([tier("0")], "units")?.field).toBe("tiers.0.unitsThreshold");
  });
});

describe("a new tier gets", () => {
  it("the lowest free id", () => {
    expect(newTierIds([tier("0", { tierId: "tier_2" }), tier("1"), tier("2")], new Set())).toEqual([
      "tier_2",
      "tier_1",
      "tier_3",
    ]);
  });

  it("an id that creators name although the ladder lacked it only when no other is left", () => {
    const kept = ["tier_1", "tier_2", "tier_3"].map((tierId) => tier("0", { tierId }));
    expect(newTierIds([...kept, tier("9")], new Set(["tier_4", "tier_5"])).at(-1)).toBe("tier_6");
    expect(newTierIds([...kept, tier("9")], new Set(["tier_4", "tier_5", "tier_6"])).at(-1)).toBe("tier_4");
  });
});

it("checkpoints follow tiers whose flag changed and tiers that are new", () => {
  const before = [
    { tierId: "tier_1", checkpointExempt: true },
    { tierId: "tier_2", checkpointExempt: false },
  ];
  const after = [
    { tierId: "tier_1", checkpointExempt: true },
    { tierId: "tier_2", checkpointExempt: true },
    { tierId: "tier_3", checkpointExempt: false },
  ];
  expect(checkpointsToAlign(before, after)).toEqual(["tier_2", "tier_3"]);
});
