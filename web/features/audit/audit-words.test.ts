import { describe, expect, it } from "vitest";
import { actionText, countsText, differencesOf, shortText, wholeText } from "./audit-words.ts";

const named = (tierId: string) => (tierId === "tier_2" ? "Silver" : tierId);

describe("the words of an audit entry", () => {
  it.each([
    ["mission.activated", "Mission activated"],
    ["tiers.updated", "Ladder changed"],
    ["something.turned_round", "Something turned round"],
  ])("%s reads as %s", (action, text) => {
    expect(actionText(action)).toBe(text);
  });

  it("leave out what stayed, and show what is nested leaf by leaf", () => {
    expect(
      differencesOf(
        {
          before: { title: "A", value: { type: "discount", percent: 10 }, enabled: true },
          after: { title: "A", value: { type: "discount", percent: 15, durationMinutes: 60 }, enabled: false },
        },
        named,
      ),
    ).toEqual([
      { field: "value percent", before: "10", after: "15" },
      { field: "enabled", before: "yes", after: "no" },
      { field: "value duration minutes", before: null, after: "60" },
    ]);
  });

  it("tell tiers by their id, so that one added does not change the others", () => {
    const silver = { tierId: "tier_2", tierName: "Silver", salesThreshold: "1000" };
    const bronze = { tierId: "tier_1", tierName: "Bronze", salesThreshold: "0" };
    expect(
      differencesOf(
        {
          before: { tiers: [silver] },
          after: { tiers: [bronze, { ...silver, salesThreshold: "1500" }] },
        },
        named,
      ),
    ).toContainEqual({ field: "tier_2 sales threshold", before: "1000", after: "1500" });
    expect(differencesOf({ before: { tiers: [silver] }, after: { tiers: [bronze, silver] } }, named)).toHaveLength(3);
  });

  it("say first, and in words, what was done against a red light", () => {
    const entry = {
      before: { enabled: false },
      after: { enabled: true, overridden: ["target_reached", "raffle_past"] },
    };
    expect(differencesOf(entry, named)[0]).toEqual({
      field: "red light overridden",
      before: null,
      after: "nearly all had reached the target, the raffle was over",
    });
    expect(shortText({ ...entry, counts: null }, named)).toMatch(
      /^red light overridden nearly all .*; enabled no to yes$/,
    );
  });

  it("say a word once that both the field and its value begin with", () => {
    const paused = { before: null, after: { reason: "Holidays", until: "until somebody resumes" }, counts: null };
    expect(shortText(paused, named)).toBe("reason Holidays; until somebody resumes");
  });

  it("are cut after two fields in the table, and whole in the title", () => {
    const entry = { before: null, after: { type: "bonus", amount: "5.00", reason: "late" }, counts: { rows: 2 } };
    expect(shortText(entry, named)).toBe("type bonus; amount 5.00; 1 more; 2 rows");
    expect(wholeText(entry, named)).toBe("type bonus; amount 5.00; reason late; 2 rows");
  });

  it("name tiers and types as the pages do, and one of a thing in the singular", () => {
    expect(
      shortText(
        {
          before: { tierEligibility: "tier_2", missionType: "views" },
          after: { tierEligibility: "tier_9", missionType: "likes" },
          counts: { warnings: 1, created: 1 },
        },
        named,
      ),
    ).toBe("tier Silver to tier_9; type Views to Likes; 1 warning, 1 created");
  });

  it("are short in the table", () => {
    expect(
      shortText(
        {
          before: { targetValue: "1000", a: 1, b: 1 },
          after: { targetValue: "1500", a: 2, b: 2 },
          counts: { woken: 1063, replaced: 0 },
        },
        named,
      ),
    ).toBe("target 1000 to 1500; a 1 to 2; 1 more; 1,063 woken");
    expect(shortText({ before: null, after: { role: "viewer" }, counts: null }, named)).toBe("role viewer");
    expect(countsText(null)).toBe("");
  });
});
