import { describe, expect, it } from "vitest";
import type { CreatorMissionDto } from "../../server/eligibility/explain/schema.ts";
import { creatorText, explanationText } from "./copy-text.ts";

const place = { currency: "USD", timezone: "America/New_York" };

function row(missionName: string, value: string, parts: Partial<NonNullable<CreatorMissionDto["progress"]>> = {}) {
  const progress = {
    value,
    status: "active",
    isOver: false,
    windowStart: null,
    windowEnd: new Date("2026-12-14T05:00:00Z"),
    completedAt: null,
    seededAt: new Date(0),
    ...parts,
  };
  return { missionName, missionType: "sales_units", targetValue: "100", progress } as CreatorMissionDto;
}

describe("the sentence for a creator", () => {
  it("counts, names what is done and what is nearest", () => {
    const missions = [
      row("Winter Units", "10"),
      row("Holiday Hundred", "72"),
      row("First Five", "100", { status: "completed" }),
      row("Summer Units", "99", { isOver: true }),
    ];
    expect(creatorText("mara.makes", missions, place)).toBe(
      "@mara.makes: 4 missions, completed: First Five. Nearest: Holiday Hundred: 72 of 100 units, until 14 Dec 2026.",
    );
  });

  it("leaves out what is not there", () => {
    expect(creatorText("new", [], place)).toBe("@new: no mission yet.");
    expect(creatorText("asleep", [row("A", "0", { status: "dormant" })], place)).toBe(
      "@asleep: 1 mission, none completed yet.",
    );
  });
});

describe("the sentence that explains a mission", () => {
  const sold = { ...place, vipMetric: "sales" as const };
  const climb = {
    tierId: "tier_3",
    tierName: "Gold",
    threshold: "5000",
    value: "4812.40",
    pending: "0",
    missing: "187.60",
    isReached: false,
    since: null,
    before: null as string | null,
  };
  const mission = {
    missionName: "Gold Sprint",
    missionType: "sales_dollars",
    targetValue: "1000",
    tierEligibility: "tier_3",
    bucket: "not_eligible",
    reason: "tier_too_low",
    statusIfSeeded: "active",
    climb,
    progress: null,
    gates: [{ key: "tier_high_enough", required: { words: "Gold or higher" } }],
  } as CreatorMissionDto;

  it.each<[string, Partial<CreatorMissionDto>, string | null]>([
    [
      "names the way to the tier",
      {},
      "You are $187.60 in sales away from Gold. Reach it, and Gold Sprint starts for you the next morning.",
    ],
    [
      "names the day until which it counts",
      { climb: { ...climb, before: "2027-01-09" }, statusIfSeeded: "dormant" },
      "You are $187.60 in sales away from Gold. Reach it before 9 Jan 2027, and Gold Sprint is yours once it starts.",
    ],
    [
      "says when it is reached",
      { climb: { ...climb, isReached: true } },
      "You have reached Gold: Gold Sprint starts for you the next morning.",
    ],
    ["names the tier where no amount leads there", { climb: null }, "Gold Sprint is for Gold or higher."],
    [
      "says when it would be created",
      { bucket: "will_create", reason: null },
      "Gold Sprint starts for you the next morning: $1,000 sales.",
    ],
    ["keeps the programme's own reasons", { reason: "mission_disabled" }, null],
    ["keeps them also where a tier is unknown", { bucket: "unknown", reason: "creator_tier_unknown" }, null],
    [
      "tells of the row",
      { progress: row("", "250").progress },
      "Gold Sprint: $250 of $1,000 sales, until 14 Dec 2026.",
    ],
  ])("%s", (_, parts, text) => {
    expect(explanationText({ ...mission, ...parts }, sold)).toBe(text);
  });

  it("counts units where the client does", () => {
    const units = { ...mission, climb: { ...climb, missing: "12" } };
    expect(explanationText(units, { ...sold, vipMetric: "units" })).toMatch(/^You are 12 units away from Gold/);
  });
});
