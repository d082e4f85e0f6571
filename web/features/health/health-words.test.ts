import { describe, expect, it } from "vitest";
import type { HealthFinding } from "../../../server/health/schema.ts";
import { cleanText, fixOf, healthSentence, runNumberOf, sampleWords } from "./health-words.ts";

function finding(parts: Partial<HealthFinding>): HealthFinding {
  const at = new Date("2026-11-20T09:00:00Z");
  const figures = { count: 0, named: 0, sample: [], change: null, firstSeenAt: null, madeAt: at };
  const state = { trouble: null, muted: null, fix: null };
  return { code: "x", severity: "amber", title: "X", explanation: "", ...figures, ...state, ...parts };
}
const named = (kind: "creator" | "mission", ...labels: string[]) =>
  labels.map((label) => ({ kind, id: `id-${label}`, label }));

describe("the sentence of data health", () => {
  it("counts what asks for a decision apart from what is for information", () => {
    const checks = [
      finding({ severity: "red", count: 1 }),
      finding({ count: 27 }),
      finding({ severity: "grey", count: 61 }),
      finding({}),
      finding({}),
    ];
    expect(healthSentence(checks)).toEqual({
      bold: "2 findings",
      rest: " ask for a decision; 1 is for information. 2 checks are clean.",
    });
  });

  it("says so when nothing asks", () => {
    expect(healthSentence([finding({ severity: "grey", count: 2 }), finding({})])).toEqual({
      bold: "No finding",
      rest: " asks for a decision; 1 is for information. 1 check is clean.",
    });
  });
});

describe("where a finding is put right", () => {
  it("is the mission itself where there is only one", () => {
    expect(fixOf({ code: "pairs_to_be_created", sample: named("mission", "a") })).toMatchObject({
      page: "mission",
      missionId: "id-a",
      tab: "preview",
    });
    expect(fixOf({ code: "pairs_to_be_created", sample: named("mission", "a", "b") })).toMatchObject({
      page: "missions",
    });
  });

  it("is the ladder for unknown tiers, and nowhere for a check it does not know", () => {
    expect(fixOf({ code: "creators_unknown_tier", sample: named("creator", "a") })).toMatchObject({ page: "tiers" });
    expect(fixOf({ code: "of_tomorrow", sample: [] })).toBeNull();
  });
});

describe("the sample in the table", () => {
  it("counts creators one by one", () => {
    expect(sampleWords({ count: 14, sample: named("creator", "a", "b", "c", "d", "e") }).more).toBe(" and 13 more");
    expect(sampleWords({ count: 1, sample: named("creator", "a") }).more).toBe("");
  });

  it("counts missions by name, not by their rows", () => {
    expect(sampleWords({ count: 900, sample: named("mission", "a", "b") }).more).toBe(" and 1 more");
    expect(sampleWords({ count: 900, sample: named("mission", "a", "b", "c", "d", "e") }).more).toBe(
      " and at least 4 more",
    );
  });
});

describe("the words of a check", () => {
  it("turn round when it is clean", () => {
    expect(cleanText({ code: "tiers_without_threshold", title: "Tiers without a threshold" })).toBe(
      "Every tier has a threshold",
    );
    expect(cleanText({ code: "of_tomorrow", title: "Odd things" })).toBe("Odd things: none");
  });

  it("find the number of a run", () => {
    expect([runNumberOf("Run 12"), runNumberOf("")]).toEqual(["12", null]);
  });
});
