import { describe, expect, it } from "vitest";
import type { HealthFinding } from "../../../server/health/schema.ts";
import { confirmText, doneText, leftText } from "./fix-words.ts";
import {
  changeText,
  cleanText,
  healthSentence,
  muteEnd,
  placeOf,
  runNumberOf,
  sampleWords,
  troubleText,
} from "./health-words.ts";

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

describe("a muted finding", () => {
  it("is no part of the sentence", () => {
    const muted = { reason: "Known", until: new Date(), byName: "Dana", at: new Date() };
    expect(healthSentence([finding({ count: 3, muted }), finding({})])).toEqual({
      bold: "No finding",
      rest: " asks for a decision. 1 check is clean.",
    });
  });

  it("is muted for days from now", () => {
    expect(muteEnd(new Date("2026-11-20T09:00:00Z"), "7")).toEqual(new Date("2026-11-27T09:00:00Z"));
  });
});

describe("the change of a finding", () => {
  it.each([
    [null, "not compared yet"],
    [{ by: 0, sinceRun: 41 }, "no change since sync 41"],
    [{ by: 12, sinceRun: 41 }, "+12 since sync 41"],
    [{ by: -3, sinceRun: 7 }, "\u22123 since sync 7"],
  ])("%j is told as %s", (change, words) => {
    expect(changeText({ change })).toBe(words);
  });
});

describe("checks that came to nothing", () => {
  const at = new Date("2026-11-20T09:00:00Z");

  it("are named, and whether their figures are old", () => {
    const late = finding({ title: "Sums", trouble: { at, kind: "timed_out" } });
    expect(troubleText([late])).toEqual({
      title: "1 check took too long.",
      rest: "Sums. Their figures are those of the time before.",
    });
    const broken = finding({ title: "Rows", madeAt: null, trouble: { at, kind: "failed" } });
    expect(troubleText([{ ...late, madeAt: null }, broken])).toEqual({
      title: "2 checks could not be made.",
      rest: "Sums, Rows.",
    });
  });

  it("are not clean", () => {
    expect(healthSentence([finding({ madeAt: null, trouble: { at, kind: "failed" } })]).rest).toContain(
      "0 checks are clean",
    );
  });
});

describe("the words of a fix", () => {
  it("carry its number before and after", () => {
    expect(confirmText("attach", 14)).toBe("Attach 14 creators");
    expect(doneText("wake", 1)).toBe("Woke 1 row (the preview said 1).");
  });

  it("say what is left and why", () => {
    expect(leftText({ left: 0, leftBecause: "" })).toBeNull();
    expect(leftText({ left: 2, leftBecause: "have another unknown tier" })).toBe(
      "2 records of the finding are left as they are: they have another unknown tier.",
    );
  });
});

describe("where a finding is put right", () => {
  it("is the mission itself where there is only one", () => {
    expect(placeOf({ code: "pairs_to_be_created", sample: named("mission", "a") })).toMatchObject({
      page: "mission",
      missionId: "id-a",
      tab: "preview",
    });
    expect(placeOf({ code: "pairs_to_be_created", sample: named("mission", "a", "b") })).toMatchObject({
      page: "missions",
    });
  });

  it("is the ladder for unknown tiers, and nowhere for a check it does not know", () => {
    expect(placeOf({ code: "creators_unknown_tier", sample: named("creator", "a") })).toMatchObject({ page: "tiers" });
    expect(placeOf({ code: "of_tomorrow", sample: [] })).toBeNull();
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
