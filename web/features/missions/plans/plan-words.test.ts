import { describe, expect, it } from "vitest";
import { driftKinds } from "../../../../server/eligibility/plans/schema.ts";
import type {
  DriftDto,
  DriftKind,
  DriftSide,
  PlanDto,
  TermChange,
} from "../../../../server/eligibility/plans/schema.ts";
import {
  createLabel,
  movedClauses,
  movedSentence,
  numberNow,
  planCode,
  planState,
  seedResultText,
  termText,
  tierMove,
  windowMove,
  withoutValueText,
} from "./plan-words.ts";

function drift(totals: Partial<Record<DriftKind, number>>, rest: Partial<DriftDto> = {}): DriftDto {
  const kinds = Object.fromEntries(driftKinds.map((kind) => [kind, { total: totals[kind] ?? 0, rows: [] }]));
  return { kinds: kinds as unknown as DriftDto["kinds"], terms: [], isLadderChanged: false, ...rest };
}

function term(field: TermChange["field"], before: string, after: string, missionName = "Gold Sprint"): TermChange {
  return { missionId: missionName, missionName, field, before, after };
}

function side(tierId: string | null, tierName: string | null, windowEnd: string | null = null): DriftSide {
  return { tierId, tierName, windowStart: null, windowEnd: windowEnd === null ? null : new Date(windowEnd) };
}

const silver = side("tier_2", "Silver");
const gold = side("tier_3", "Gold");

describe("a plan", () => {
  it("is called by the first six characters of its id", () => {
    expect(planCode("7f2a9c01-9433-444e-9533-f992c434b0b0")).toBe("pl_7F2A9C");
  });

  it("names its number on the button; one in place of a refused plan says so, also when nothing is left", () => {
    expect(createLabel(212, false)).toBe("Create 212 rows");
    expect(createLabel(1, false)).toBe("Create 1 row");
    expect(createLabel(1214, true)).toBe("Use the new plan: create 1,214 rows");
    expect(createLabel(0, true)).toBe("Use the new plan");
  });

  it("is reported against its promise, and a second time as a success", () => {
    expect(seedResultText({ created: 212, alreadySeeded: 63, planned: 212 }, false)).toBe(
      "Created 212 rows (the plan said 212).",
    );
    expect(seedResultText({ created: 1, alreadySeeded: 63, planned: 1 }, true)).toBe(
      "Created 1 row (the new plan said 1).",
    );
    expect(seedResultText({ created: 0, alreadySeeded: 275, planned: 212 }, false)).toBe(
      "0 created, 275 already there. Nothing to do.",
    );
  });

  it("names the rows that no money can be set against", () => {
    const missions = [
      { name: "Creator Dinner LA", rows: 73 },
      { name: "First Five", rows: 0 },
      { name: "Ring Light Draw", rows: 1200 },
    ];
    expect(withoutValueText(missions)).toBe("73 rows of Creator Dinner LA, 1,200 of Ring Light Draw");
  });
});

describe("what moved since a plan", () => {
  it("says each kind once, in the order of the lists, and leaves out what did not happen", () => {
    const all = drift(
      { newly_eligible: 3, no_longer_eligible: 1, seeded_meanwhile: 1, window_changed: 2 },
      { terms: [term("enabled", "true", "false")], isLadderChanged: true },
    );
    expect(movedClauses(all)).toEqual([
      "3 came",
      "1 left",
      "1 was seeded meanwhile",
      "2 windows changed",
      "Gold Sprint was changed",
      "the ladder's order changed",
    ]);
    expect(movedClauses(drift({ seeded_meanwhile: 1212 }))).toEqual(["1,212 were seeded meanwhile"]);
    expect(movedClauses(drift({}))).toEqual([]);
  });

  it("counts a mission with two changed terms once", () => {
    const twice = [term("enabled", "true", "false"), term("activated", "true", "false")];
    expect(movedClauses(drift({}, { terms: twice }))).toEqual(["Gold Sprint was changed"]);
    const two = [...twice, term("enabled", "true", "false", "First Five")];
    expect(movedClauses(drift({}, { terms: two }))).toEqual(["2 missions were changed"]);
  });

  it("adds up: the old number with those who came, left and were seeded", () => {
    const moved = drift({ newly_eligible: 3, no_longer_eligible: 1, window_changed: 9 });
    expect(numberNow(212, moved)).toBe(214);
    expect(numberNow(212, drift({ seeded_meanwhile: 212 }))).toBe(0);
    expect(movedSentence(212, drift({ newly_eligible: 3, no_longer_eligible: 1 }))).toBe(
      "said 212. It would be 214 now: 3 came, 1 left.",
    );
  });

  it("is a difference by name although the number is the same", () => {
    expect(movedSentence(212, drift({ newly_eligible: 1, no_longer_eligible: 1 }))).toBe(
      "said 212. It would be 212 now too: 1 came, 1 left.",
    );
  });

  it("may be nothing but time", () => {
    expect(movedSentence(212, drift({}))).toBe("said 212. Nothing else has moved since: it would be the same now.");
  });
});

describe("the words of a changed term", () => {
  const nameOf = (tierId: string) => ({ tier_3: "Gold", tier_4: "Platinum" })[tierId] ?? tierId;
  it.each([
    [term("tierEligibility", "tier_3", "tier_4"), "asked for Gold, now Platinum"],
    [term("tierEligibility", "all", "tier_9"), "asked for all tiers, now tier_9"],
    [term("enabled", "true", "false"), "was switched off: it creates no rows"],
    [term("enabled", "false", "true"), "was switched on"],
    [term("activated", "false", "true"), "was activated: its new rows start active"],
    [term("activated", "true", "false"), "was deactivated: its new rows start dormant"],
  ])("%j reads as a sentence after the mission's name", (change, text) => {
    expect(termText(change, nameOf)).toBe(text);
  });
});

describe("a creator before and after", () => {
  it.each([
    [silver, gold, "Silver, now Gold"],
    [gold, gold, "Gold"],
    [null, gold, "new here, Gold"],
    [gold, null, "was Gold, not in the programme now"],
    [side("tier_9", null), gold, "tier_9 (not in the ladder), now Gold"],
    [null, null, ""],
  ])("%j to %j reads %s", (before, after, text) => {
    expect(tierMove(before, after)).toBe(text);
  });

  it.each([
    ["2026-12-14T05:00:00Z", "2026-12-14T05:00:00Z", "none"],
    ["2026-12-14T05:00:00Z", "2026-12-14T23:00:00Z", "times"],
    ["2026-12-14T05:00:00Z", "2026-12-14T04:00:00Z", "days"],
    ["2026-12-14T05:00:00Z", null, "days"],
    [null, null, "none"],
  ])("whose window ended %s and ends %s has other %s in New York", (before, after, moved) => {
    const until = (end: string | null) => side("tier_3", "Gold", end);
    expect(windowMove(until(before), until(after), "America/New_York")).toBe(moved);
  });

  it("has no other window where there is nothing to compare", () => {
    expect(windowMove(null, gold, "UTC")).toBe("none");
    expect(windowMove(gold, null, "UTC")).toBe("none");
  });
});

describe("the state of a plan that is read", () => {
  const counts = { willCreate: 1, alreadySeeded: 0, notEligible: 0, unknown: 0, total: 1 };
  const plan = {
    seedId: null,
    isExpired: false,
    missions: [{ missionId: "Gold Sprint", missionName: "Gold Sprint", counts, statusToBeWritten: "dormant" }],
  } as unknown as PlanDto;

  it("is run before it is expired, and expired before it is stale", () => {
    expect(planState({ ...plan, seedId: "s", isExpired: true }, undefined)).toBe("run");
    expect(planState({ ...plan, isExpired: true }, drift({ newly_eligible: 1 }))).toBe("expired");
    expect(planState(plan, drift({ newly_eligible: 1 }))).toBe("stale");
    expect(planState(plan, drift({}))).toBe("ready");
    expect(planState(plan, undefined)).toBeNull();
  });

  it("is ready although terms changed that change no row, and stale when another status would be written", () => {
    expect(planState(plan, drift({}, { terms: [term("tierEligibility", "tier_3", "all")] }))).toBe("ready");
    expect(planState(plan, drift({}, { terms: [term("activated", "false", "true")] }))).toBe("stale");
  });
});
