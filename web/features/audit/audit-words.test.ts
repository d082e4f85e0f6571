import { describe, expect, it } from "vitest";
import { actionText, countsText, differencesOf, shortText } from "./audit-words.ts";

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
      differencesOf({
        before: { title: "A", value: { type: "discount", percent: 10 }, enabled: true },
        after: { title: "A", value: { type: "discount", percent: 15, durationMinutes: 60 }, enabled: false },
      }),
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
      differencesOf({
        before: { tiers: [silver] },
        after: { tiers: [bronze, { ...silver, salesThreshold: "1500" }] },
      }),
    ).toContainEqual({ field: "tier_2 sales threshold", before: "1000", after: "1500" });
    expect(differencesOf({ before: { tiers: [silver] }, after: { tiers: [bronze, silver] } })).toHaveLength(3);
  });

  it("tell a list of words in one", () => {
    expect(differencesOf({ before: {}, after: { overridden: ["target_reached", "raffle_past"] } })).toEqual([
      { field: "overridden", before: null, after: "target_reached, raffle_past" },
    ]);
  });

  it("are short in the table", () => {
    expect(
      shortText({
        before: { targetValue: "1000", a: 1, b: 1 },
        after: { targetValue: "1500", a: 2, b: 2 },
        counts: { woken: 1063, replaced: 0 },
      }),
    ).toBe("target value 1000 to 1500; a 1 to 2; 1 more; 1,063 woken");
    expect(shortText({ before: null, after: { role: "viewer" }, counts: null })).toBe("role viewer");
    expect(countsText(null)).toBe("");
  });
});
