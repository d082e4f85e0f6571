import { describe, expect, it } from "vitest";
import type { Plan, Refused } from "./plans/use-plan.ts";
import { NOTHING_TO_CREATE, reasonNotToRun, reasonNotToSeed } from "./seed-reason.ts";

function aPlan(willCreate: number, planId: string | null = "p"): Plan {
  const counts = { willCreate, alreadySeeded: 0, notEligible: 0, unknown: 0, total: willCreate };
  return { planId, computedAt: new Date(0), counts };
}

const refused: Refused<Plan> = { plan: aPlan(3), refusal: { kind: "expired", expiredAt: new Date(0) } };

describe("a mission", () => {
  it("can be seeded when it is enabled and rows are missing, or when that is not known yet", () => {
    expect(reasonNotToSeed({ enabled: true }, 3)).toBeUndefined();
    expect(reasonNotToSeed({ enabled: true }, undefined)).toBeUndefined();
    expect(reasonNotToSeed({ enabled: true }, 0)).toBe(NOTHING_TO_CREATE);
    expect(reasonNotToSeed({ enabled: false }, 3)).toContain("draft");
  });
});

describe("the plan of a dialog", () => {
  const run = (plan: Plan | undefined, rest: { isCounting?: boolean; refused?: Refused<Plan> } = {}, isLeft = false) =>
    reasonNotToRun({ plan, isCounting: false, refused: null, ...rest }, isLeft);

  it("can be run once it is counted and its number is typed where that is asked", () => {
    expect(run(aPlan(3))).toBeUndefined();
    expect(run(aPlan(3), { isCounting: true })).toContain("Counting");
    expect(run(undefined)).toBe("The rows could not be counted.");
    expect(run(aPlan(20_000), {}, true)).toBe("Type the number of rows first.");
  });

  it("has nothing to run without rows, or without a mission", () => {
    expect(run(aPlan(0))).toBe(NOTHING_TO_CREATE);
    expect(run(aPlan(0, null))).toContain("No mission is enabled");
  });

  it("can always be run in place of a refused one, to hear that nothing is left", () => {
    expect(run(aPlan(0), { refused })).toBeUndefined();
  });
});
