import { describe, expect, it } from "vitest";
import type { Day } from "../../base/days.ts";
import type { MissionDto } from "../../missions/schema.ts";
import { type LintFacts, lintOf, redFindings } from "./rules.ts";
import { type LintCode, lintCodes, lintLevels } from "./schema.ts";

const at = new Date("2026-11-01T10:00:00Z");
const reward = { id: "r", name: "$25 gift card", value: { type: "gift_card", amount: 25 }, enabled: true } as const;
const mission: MissionDto = {
  id: "m",
  name: "Gold Sprint",
  title: "gold-sprint",
  displayName: "Gold Sprint",
  description: "",
  missionType: "sales_dollars",
  targetValue: "1000",
  targetUnit: "dollars",
  reward,
  tierEligibility: "tier_3",
  tierName: "Gold",
  isTierKnown: true,
  previewFromTier: null,
  displayOrder: 70,
  raffleEndDate: null,
  enabled: false,
  activated: false,
  state: "draft",
  createdAt: at,
  updatedAt: at,
};
const other: MissionDto = { ...mission, id: "o", name: "Gold Rush", state: "active", displayOrder: 10 };
const healthy: LintFacts = {
  mission,
  others: [other],
  settings: { vipMetric: "sales", currency: "USD" },
  today: "2026-11-22" as Day,
  creators: { total: 1284, eligible: 100, tierUnknown: 0 },
  rows: { concerned: 100, completeAtOnce: 12, windowsOver: 0, windowsEndingSoon: 3 },
  costAtOnce: "300",
};

type Changes = Partial<Omit<LintFacts, "mission">> & { mission?: Partial<MissionDto> };
const facts = ({ mission: changed, ...more }: Changes): LintFacts => ({
  ...healthy,
  ...more,
  mission: { ...mission, ...changed },
});
const rows = (changes: Partial<LintFacts["rows"]>) => ({ rows: { ...healthy.rows, ...changes } });
const raffle = { missionType: "raffle", targetValue: "0", targetUnit: "count" } as const;

/** For every code the facts that bring it and no other, and what is said of them. */
const alone: Record<LintCode, { facts: Changes; sentence: string; count?: number; missionId?: string }> = {
  no_reward: {
    facts: { mission: { reward: null }, costAtOnce: null },
    sentence: "It has no reward yet, and cannot be activated without one.",
  },
  mission_tier_unknown: {
    facts: {
      mission: { tierEligibility: "tier_6", tierName: null, isTierKnown: false },
      creators: { total: 1284, eligible: 0, tierUnknown: 0 },
      ...rows({ concerned: 0, completeAtOnce: 0, windowsEndingSoon: 0 }),
    },
    sentence: "It asks for tier_6, a tier that the ladder does not have: none of 1,284 creators can be judged.",
    count: 1284,
  },
  raffle_past: {
    facts: { mission: { ...raffle, raffleEndDate: "2026-11-21", state: "ended" }, ...rows({ completeAtOnce: 0 }) },
    sentence: "The raffle ended on 21 Nov 2026: whoever joins now takes part in nothing.",
  },
  target_reached: {
    facts: { ...rows({ completeAtOnce: 91 }), costAtOnce: "2275.0" },
    sentence: "91 of 100 creators have reached the target already, so it would cost $2,275.00 at once.",
    count: 91,
  },
  nobody_eligible: {
    facts: {
      creators: { total: 1284, eligible: 0, tierUnknown: 0 },
      ...rows({ concerned: 0, completeAtOnce: 0, windowsEndingSoon: 0 }),
    },
    sentence: "None of 1,284 creators qualifies: it asks for Gold or higher.",
    count: 0,
  },
  reward_disabled: {
    facts: { mission: { reward: { ...reward, enabled: false } } },
    sentence: "Its reward $25 gift card is disabled; whoever completes it would earn it all the same.",
  },
  metric_clash: {
    facts: { settings: { vipMetric: "units", currency: "USD" } },
    sentence: "It counts sales in money, but the programme counts units.",
  },
  creators_unknown: {
    facts: { creators: { total: 1284, eligible: 100, tierUnknown: 14 } },
    sentence: "14 creators stand in a tier that the ladder does not have and would not get it.",
    count: 14,
  },
  windows_short: {
    facts: rows({ windowsOver: 1, windowsEndingSoon: 50 }),
    sentence: "The windows of 51 of 100 creators leave no time: 1 is over, 50 end within 3 days.",
    count: 51,
  },
  twin: {
    facts: { others: [{ ...other, displayOrder: 70 }] },
    sentence: "Gold Rush has the same type, tier and place in the list (70).",
    count: 1,
    missionId: "o",
  },
};

describe("the lint of a mission", () => {
  it("is green and finds nothing on a healthy one", () => {
    expect(lintOf(healthy)).toEqual({ light: "green", findings: [] });
  });

  it.each(lintCodes)("finds %s alone, with its level and a sentence", (code) => {
    const { facts: changes, ...told } = alone[code];
    const level = lintLevels[code];
    expect(lintOf(facts(changes))).toEqual({ light: level, findings: [{ code, level, ...told }] });
  });

  it("names the worst first", () => {
    const bad = facts({ ...rows({ completeAtOnce: 100, windowsOver: 60 }), others: [{ ...other, displayOrder: 70 }] });
    const lint = lintOf(bad);
    expect(lint.light).toBe("red");
    expect(lint.findings.map(({ code }) => code)).toEqual(["target_reached", "windows_short", "twin"]);
    expect(redFindings(lint).map(({ code }) => code)).toEqual(["target_reached"]);
  });
});

describe("a finding", () => {
  const codesOf = (changes: Changes) => lintOf(facts(changes)).findings.map(({ code }) => code);

  it.each<[string, Changes]>([
    ["exactly 90 % have reached the target", rows({ completeAtOnce: 90 })],
    ["there is no row to complete", rows({ concerned: 0, completeAtOnce: 0, windowsEndingSoon: 0 })],
    ["exactly half of the windows are short", rows({ windowsOver: 20, windowsEndingSoon: 30 })],
    ["a raffle ends today", { mission: { ...raffle, raffleEndDate: "2026-11-22" } }],
    ["it counts videos, whatever the programme counts", { mission: { missionType: "videos", targetUnit: "count" } }],
    [
      "creators of unknown tier may have it, because all tiers may",
      {
        mission: { tierEligibility: "all", tierName: null },
        creators: { total: 1284, eligible: 1284, tierUnknown: 14 },
      },
    ],
    ["its twin is a draft", { others: [{ ...other, displayOrder: 70, state: "draft" }] }],
    ["its twin has ended", { others: [{ ...other, displayOrder: 70, state: "ended" }] }],
    [
      "another of that place asks for another tier",
      { others: [{ ...other, displayOrder: 70, tierEligibility: "all" }] },
    ],
    ["another of that place counts units", { others: [{ ...other, displayOrder: 70, missionType: "sales_units" }] }],
  ])("is none where %s", (_, changes) => {
    expect(codesOf(changes)).toEqual([]);
  });

  const sentenceOf = (changes: Changes) => lintOf(facts(changes)).findings[0]?.sentence;

  it("names the reward where it has no value in money", () => {
    const kit = { ...reward, name: "Ring light kit", value: { type: "physical_gift" } } as const;
    expect(sentenceOf({ mission: { reward: kit }, ...rows({ completeAtOnce: 95 }), costAtOnce: null })).toBe(
      "95 of 100 creators have reached the target already, so each earns Ring light kit at once.",
    );
  });

  it("counts in the other direction where units clash with sales", () => {
    expect(sentenceOf({ mission: { missionType: "sales_units", targetUnit: "units" } })).toBe(
      "It counts units, but the programme counts sales in money.",
    );
  });

  it("says that a programme is empty", () => {
    const creators = { total: 0, eligible: 0, tierUnknown: 0 };
    expect(sentenceOf({ creators, ...rows({ concerned: 0, completeAtOnce: 0, windowsEndingSoon: 0 }) })).toBe(
      "The programme has no creators yet: 0 would get it.",
    );
  });

  it("speaks of one creator and of one window as one", () => {
    expect(sentenceOf({ creators: { total: 9, eligible: 2, tierUnknown: 1 } })).toBe(
      "1 creator stands in a tier that the ladder does not have and would not get it.",
    );
    expect(sentenceOf(rows({ concerned: 1, completeAtOnce: 0, windowsOver: 0, windowsEndingSoon: 1 }))).toBe(
      "The windows of 1 of 1 creator leave no time: 1 ends within 3 days.",
    );
  });

  it("counts twins beyond the first", () => {
    const twins = ["o", "p", "q"].map((id) => ({ ...other, id, displayOrder: 70 }));
    expect(sentenceOf({ others: twins })).toBe(
      "Gold Rush and 2 more have the same type, tier and place in the list (70).",
    );
  });
});
