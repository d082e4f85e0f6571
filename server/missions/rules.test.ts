import { describe, expect, it } from "vitest";
import { missionChange, missionRefusal, type Rung, type Standing, titleOfCopy } from "./rules.ts";
import type { MissionCreateInput, MissionDto } from "./schema.ts";

const ladder: Rung[] = [
  { tierId: "tier_1", tierOrder: 1 },
  { tierId: "tier_2", tierOrder: 2 },
  { tierId: "tier_3", tierOrder: 5 },
];

function mission(values: Partial<MissionCreateInput> = {}): MissionCreateInput {
  return {
    missionType: "sales_dollars",
    title: "Gold Sprint",
    displayName: "",
    description: "",
    targetValue: "1000",
    rewardId: null,
    tierEligibility: "all",
    previewFromTier: null,
    displayOrder: 0,
    raffleEndDate: null,
    enabled: false,
    ...values,
  };
}

const raffle = { missionType: "raffle", targetValue: "0", raffleEndDate: "2026-12-24" } as const;
const standing: Standing = { tierEligibility: "all", previewFromTier: null, activated: false };

describe("a mission may be saved", () => {
  it.each<[string, Partial<MissionCreateInput>, Standing | null]>([
    ["with a target in money and cents", { targetValue: "999.50" }, null],
    ["counting units up to a whole number", { missionType: "sales_units", targetValue: "25" }, null],
    ["counting views up to a whole number written with decimals", { missionType: "views", targetValue: "25.00" }, null],
    ["as a raffle with an end date and no target", raffle, null],
    ["as a raffle whose end date has passed", { ...raffle, raffleEndDate: "2020-01-01" }, null],
    ["for a tier of the ladder", { tierEligibility: "tier_3" }, null],
    ["with a preview from below its tier", { tierEligibility: "tier_3", previewFromTier: "tier_2" }, null],
    [
      "with an unknown tier that stands already",
      { tierEligibility: "legacy" },
      { ...standing, tierEligibility: "legacy" },
    ],
    [
      "with an unknown preview that stands already",
      { tierEligibility: "tier_2", previewFromTier: "legacy" },
      { ...standing, tierEligibility: "tier_2", previewFromTier: "legacy" },
    ],
    ["without a reward while it is not activated", { rewardId: null }, standing],
  ])("%s", (_, values, before) => {
    expect(missionRefusal(mission(values), ladder, before)).toBeNull();
  });
});

describe("a mission is refused, naming the field", () => {
  it.each<[string, Partial<MissionCreateInput>, Standing | null, keyof MissionCreateInput]>([
    ["without a target", { targetValue: "0.00" }, null, "targetValue"],
    ["with half a unit", { missionType: "sales_units", targetValue: "2.5" }, null, "targetValue"],
    ["with half a video", { missionType: "videos", targetValue: "0.5" }, null, "targetValue"],
    ["with half a view", { missionType: "views", targetValue: "1.1" }, null, "targetValue"],
    ["with half a like", { missionType: "likes", targetValue: "1.0001" }, null, "targetValue"],
    ["with an end date although it is no raffle", { raffleEndDate: "2026-12-24" }, null, "raffleEndDate"],
    ["as a raffle without an end date", { ...raffle, raffleEndDate: null }, null, "raffleEndDate"],
    ["as a raffle with a target", { ...raffle, targetValue: "1" }, null, "targetValue"],
    ["for a tier that the ladder does not have", { tierEligibility: "tier_6" }, null, "tierEligibility"],
    [
      "when its tier changes to one that the ladder does not have",
      { tierEligibility: "tier_6" },
      standing,
      "tierEligibility",
    ],
    [
      "with a preview from an unknown tier",
      { tierEligibility: "tier_2", previewFromTier: "tier_6" },
      null,
      "previewFromTier",
    ],
    ["with a preview although it is for all", { previewFromTier: "tier_1" }, null, "previewFromTier"],
    [
      "with a preview from its own tier",
      { tierEligibility: "tier_2", previewFromTier: "tier_2" },
      null,
      "previewFromTier",
    ],
    [
      "with a preview from above its tier",
      { tierEligibility: "tier_2", previewFromTier: "tier_3" },
      null,
      "previewFromTier",
    ],
    ["without a reward while it is activated", { rewardId: null }, { ...standing, activated: true }, "rewardId"],
  ])("%s", (_, values, before, field) => {
    expect(missionRefusal(mission(values), ladder, before)?.field).toBe(field);
  });
});

describe("what the audit keeps of a change", () => {
  const stands: MissionDto = {
    ...mission(),
    id: "m",
    name: "Gold Sprint",
    targetUnit: "dollars",
    reward: { id: "a5", name: "Card", value: { type: "gift_card", amount: 25 }, enabled: true },
    tierName: null,
    isTierKnown: true,
    activated: false,
    state: "draft",
    createdAt: new Date(0),
    updatedAt: new Date(0),
  };

  it("is nothing where nothing differs, however it is written", () => {
    expect(missionChange(stands, mission({ rewardId: "A5", targetValue: "1000.00" }))).toBeNull();
  });

  it("is the last place of the largest target too", () => {
    const large = { ...stands, targetValue: "999999999999.9998" };
    expect(missionChange(large, mission({ rewardId: "a5", targetValue: "999999999999.9999" }))).not.toBeNull();
  });

  it("is each field that differs, before and after", () => {
    expect(missionChange(stands, mission({ title: "Silver Sprint", targetValue: "1000.01" }))).toEqual({
      before: { title: "Gold Sprint", targetValue: "1000", rewardId: "a5" },
      after: { title: "Silver Sprint", targetValue: "1000.01", rewardId: null },
    });
  });
});

it("the title of a copy says so and stays within its length", () => {
  expect(titleOfCopy("Gold Sprint")).toBe("Gold Sprint (copy)");
  expect(titleOfCopy("x".repeat(200))).toHaveLength(200);
  expect(titleOfCopy("x".repeat(200))).toMatch(/x \(copy\)$/);
});
