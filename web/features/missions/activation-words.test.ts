import { describe, expect, it } from "vitest";
import type { ActivationFactsDto } from "../../../server/missions/schema.ts";
import { activateLabel, activationPlan, activationResult } from "./activation-words.ts";

function facts(woken: number, created: number, replaceable = 0): ActivationFactsDto {
  return {
    willEnable: false,
    refusal: null,
    concerned: woken + created,
    woken,
    created,
    completeAtOnce: 0,
    costAtOnce: null,
    currency: "USD",
    windowsOver: 0,
    windowsEndingSoon: 0,
    dormantOver: replaceable,
    replaceable,
  };
}

const seeding = { seed: true, replaceOver: false };

describe("the words of an activation", () => {
  it.each([
    [0, 212, true, "Activate and create 212 rows"],
    [63, 0, true, "Activate and wake 63 rows"],
    [63, 212, true, "Activate, wake 63 and create 212 rows"],
    [63, 212, false, "Activate and wake 63 rows"],
    [0, 212, false, "Activate"],
    [0, 1, true, "Activate and create 1 row"],
  ])("with %d to wake, %d to create and seeding %s the button says so", (woken, created, seed, label) => {
    expect(activateLabel(activationPlan(facts(woken, created), { seed, replaceOver: false }))).toBe(label);
  });

  it("says that the plan is a new one", () => {
    expect(activateLabel(activationPlan(facts(63, 213), seeding), true)).toBe(
      "Use the new plan: activate, wake 63 and create 213 rows",
    );
  });

  it("counts a replaced row as created and no longer as woken", () => {
    expect(activationPlan(facts(63, 212, 12), { seed: true, replaceOver: true })).toEqual({
      woken: 51,
      created: 224,
      replaced: 12,
    });
    expect(activationPlan(facts(63, 212, 12), { seed: false, replaceOver: true })).toEqual({
      woken: 63,
      created: 0,
      replaced: 0,
    });
  });

  it("reports what happened, then what was there", () => {
    const result = { woken: 63, created: 212, replaced: 0, alreadySeeded: 63, seedId: "s", enabled: true };
    expect(activationResult("Gold Sprint", result, activationPlan(facts(63, 212), seeding), false)).toBe(
      "Gold Sprint is enabled and runs. Created 212 rows (the plan said 212); 63 rows woke up.",
    );
    const nothing = { ...result, woken: 0, created: 0, seedId: null };
    expect(activationResult("Gold Sprint", nothing, activationPlan(facts(0, 0), seeding), true)).toBe(
      "Gold Sprint runs. No row was created.",
    );
    const replaced = { ...result, created: 12, replaced: 12, woken: 51 };
    expect(activationResult("Gold Sprint", replaced, { woken: 51, created: 12, replaced: 12 }, true)).toBe(
      "Gold Sprint runs. Created 12 rows (the plan said 12), 12 of them in place of rows that had run out; 51 rows woke up.",
    );
  });
});
