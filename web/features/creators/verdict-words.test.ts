import { describe, expect, it } from "vitest";
import type { CreatorMissionDto } from "../../../server/eligibility/explain/schema.ts";
import { ladderOf } from "../../lib/ladder.ts";
import { missionReason, missionsSentence } from "./verdict-words.ts";

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
    verdict: "no",
    sentence: "",
    gates: [],
    wouldChange: [],
    climb: null,
    statusIfSeeded: "active",
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
  seed: null,
  since: {
    creatorTier: { was: silver, now: silver },
    window: { was: { start: null, end: null }, now: { start: null, end: null } },
    missionTier: { was: silver, now: silver },
  },
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

describe("the words of a mission for a creator", () => {
  it("give the reason with what is needed", () => {
    expect(missionReason(aMission({}), silver, ladder)).toBe("Tier Silver; needs Gold");
    expect(missionReason(aMission({ bucket: "unknown", reason: "creator_tier_unknown" }), forgotten, ladder)).toBe(
      "Tier vip is not in the ladder",
    );
  });
});
