import { describe, expect, it } from "vitest";
import type { CreatorMissionDto } from "../../../server/eligibility/schema.ts";
import { ladderOf } from "../../lib/ladder.ts";
import { gatesOf, goalText, missionReason, missionsSentence } from "./verdict-words.ts";

const ladder = ladderOf(
  ["Bronze", "Silver", "Gold"].map((tierName, index) => ({
    tierId: `tier_${index + 1}`,
    tierOrder: index + 1,
    tierName,
    tierColor: null,
    salesThreshold: "0",
    unitsThreshold: null,
    commissionRate: "0",
    checkpointExempt: false,
    creators: 0,
  })),
);
const silver = { tierId: "tier_2", tierName: "Silver" };
const forgotten = { tierId: "vip", tierName: null };

function aMission(parts: Partial<CreatorMissionDto>): CreatorMissionDto {
  return {
    missionId: "m",
    missionName: "Gold Sprint",
    missionType: "sales_dollars",
    targetValue: "1000",
    tierEligibility: "tier_3",
    tierName: "Gold",
    state: "active",
    bucket: "not_eligible",
    reason: "tier_too_low",
    progress: null,
    redemption: null,
    ...parts,
  };
}

const completed = {
  value: "5",
  status: "completed" as const,
  isOver: false,
  windowStart: null,
  windowEnd: null,
  completedAt: new Date(0),
  seededAt: new Date(0),
};

describe("the sentence of a creator's missions", () => {
  it("counts the rows and says what the others would be", () => {
    const missions = [
      aMission({ bucket: "already_seeded", reason: null, progress: completed }),
      aMission({ bucket: "already_seeded", reason: null, progress: { ...completed, status: "active" } }),
      aMission({ bucket: "will_create", reason: null }),
      aMission({}),
      aMission({}),
      aMission({ bucket: "unknown", reason: "mission_tier_unknown" }),
    ];
    expect(missionsSentence(missions)).toEqual({
      bold: "2 rows, 1 completed.",
      rest: "Gold Sprint would be created now. 2 missions do not apply, each for a reason. 1 mission cannot be judged.",
    });
  });

  it("says so when there is nothing", () => {
    expect(missionsSentence([])).toEqual({ bold: "No row yet.", rest: "" });
  });
});

describe("the gates of a verdict", () => {
  const passes = (mission: CreatorMissionDto, creator = silver as Parameters<typeof gatesOf>[1]) =>
    gatesOf(mission, creator, ladder).map((gate) => gate.pass);

  it("fail first where the definition decides", () => {
    expect(passes(aMission({ reason: "mission_disabled" }))).toEqual([false, true, true, false]);
    expect(passes(aMission({}))).toEqual([true, true, true, false]);
    expect(passes(aMission({ tierEligibility: "tier_2", bucket: "will_create", reason: null }))).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  it("cannot tell where a tier is not in the ladder", () => {
    expect(passes(aMission({ tierEligibility: "old", reason: "mission_tier_unknown" }))).toEqual([
      true,
      null,
      true,
      null,
    ]);
    expect(passes(aMission({ reason: "creator_tier_unknown" }), forgotten)).toEqual([true, true, null, null]);
  });

  it("let everybody through a mission that is open to all", () => {
    expect(passes(aMission({ tierEligibility: "all", bucket: "will_create", reason: null }), forgotten)).toEqual([
      true,
      true,
    ]);
  });
});

describe("the words of a mission for a creator", () => {
  it("give the reason with what is needed", () => {
    expect(missionReason(aMission({}), silver, ladder)).toBe("Tier Silver; needs Gold");
    expect(missionReason(aMission({ bucket: "unknown", reason: "creator_tier_unknown" }), forgotten, ladder)).toBe(
      "Tier vip is not in the ladder",
    );
  });

  it.each([
    ["sales_dollars", "1000.0000", "$1,000 sales"],
    ["sales_units", "100", "100 units"],
    ["views", "1000000", "1,000,000 views"],
    ["raffle", "0", "taking part"],
  ] as const)("name the goal of %s %s", (missionType, targetValue, text) => {
    expect(goalText({ missionType, targetValue }, "USD")).toBe(text);
  });
});
