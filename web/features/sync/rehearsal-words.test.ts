import { describe, expect, it } from "vitest";
import type { RehearsalDto, RehearsalTotals } from "../../../server/sync/rehearsal/schema.ts";
import { stepNames } from "../../../server/sync/schema.ts";
import type { StepDto, StepStatus } from "../../../server/sync/schema.ts";
import { meanwhileWords, rehearsalSentence, wouldWords } from "./rehearsal-words.ts";
import { skipsOf } from "./skip-words.ts";

const totals: RehearsalTotals = {
  rows: 1250,
  rejected: 9,
  creatorsCreated: 3,
  promoted: 9,
  demoted: 2,
  seeded: 301,
  woken: 0,
  completed: 12,
  redemptions: 12,
  videosCreated: 38,
  videosUpdated: 1103,
  applied: 0,
  maintained: 4,
  redemptionsValue: "300",
  redemptionsWithoutPrice: 0,
};

const nothing: RehearsalTotals = { ...totals, promoted: 0, demoted: 0, seeded: 0, completed: 0, redemptions: 0 };

function steps(done: number, status: StepStatus, skipped: Record<string, number> = {}): StepDto[] {
  return stepNames.map((name, index) => ({
    position: index + 1,
    name,
    status: index < done ? "succeeded" : index === done ? status : "waiting",
    startedAt: null,
    endedAt: null,
    rowsIn: 0,
    rowsOut: 0,
    skipped: index < done ? skipped : {},
    counts: {},
    message: "",
  }));
}

function aRehearsal(more: Partial<RehearsalDto>): RehearsalDto {
  return {
    id: "r",
    status: "finished",
    byName: "Dana Reyes",
    at: new Date("2026-11-22T15:32:41Z"),
    endedAt: null,
    fileName: null,
    importId: null,
    totals,
    error: null,
    steps: steps(8, "succeeded"),
    seeded: [],
    named: { created: 3, promoted: 9, demoted: 2, seeded: 301, completed: 12, redemption: 12 },
    meanwhile: null,
    ...more,
  };
}

const said = (rehearsal: RehearsalDto) =>
  rehearsalSentence(rehearsal, "USD", "10:32:41 New York")
    .map((piece) => piece.text)
    .join("");

describe("what the night would do", () => {
  it("is one line with its numbers, and leaves out what would not happen", () => {
    expect(wouldWords(totals, "USD")).toBe(
      "promote 9, demote 2, create 301 rows, complete 12 rows, owe 12 rewards worth $300.00",
    );
    expect(wouldWords({ ...nothing, seeded: 1 }, "USD")).toBe("create 1 row");
    expect(wouldWords(nothing, "USD")).toBeNull();
  });

  it("tells rewards without a money value apart, as parts of their number", () => {
    const owed = { ...nothing, redemptions: 3 };
    expect(wouldWords({ ...owed, redemptionsWithoutPrice: 1, redemptionsValue: "50" }, "USD")).toBe(
      "owe 3 rewards (2 worth $50.00, 1 without a money value)",
    );
    expect(wouldWords({ ...owed, redemptionsWithoutPrice: 3, redemptionsValue: "0" }, "USD")).toBe(
      "owe 3 rewards without a money value",
    );
  });
});

describe("the sentence over a rehearsal", () => {
  it("says with which file, and what it comes to", () => {
    expect(said(aRehearsal({ fileName: "day.csv" }))).toBe(
      "With day.csv, tonight would promote 9, demote 2, create 301 rows, complete 12 rows, owe 12 rewards worth $300.00. Asked for by Dana Reyes at 10:32:41 New York.",
    );
    expect(said(aRehearsal({ totals: nothing }))).toBe(
      "Without a new file, tonight would promote, seed and complete nobody. Asked for by Dana Reyes at 10:32:41 New York.",
    );
  });

  it("says where it stands while it is played", () => {
    expect(said(aRehearsal({ status: "running", steps: steps(3, "running") }))).toBe(
      "Step 4 of 8, asked for by Dana Reyes at 10:32:41 New York. Nothing is written. You can leave this page.",
    );
  });

  it("says at which step the night would fail, and where it was ended", () => {
    const failed = aRehearsal({ status: "failed", fileName: "day.csv", steps: steps(0, "failed") });
    expect(said(failed)).toMatch(/^With day.csv, tonight would fail at step 1, import\. /);
    expect(said(aRehearsal({ status: "ended", steps: steps(6, "cancelled") }))).toMatch(
      /^Ended early at step 7, progress\. /,
    );
  });
});

describe("what came in between", () => {
  it("is named as the audit log does, and otherwise left out", () => {
    expect(meanwhileWords(null)).toBe("");
    expect(meanwhileWords({ byName: "Dana Reyes", action: "mission.updated", subject: "Gold Sprint" })).toBe(
      "Dana Reyes: mission updated, Gold Sprint.",
    );
  });
});

describe("what was left out", () => {
  it("is told by step and reason, also for a reason of tomorrow", () => {
    expect(skipsOf(steps(1, "waiting", { duplicate: 12, number_invalid: 9, nothing: 0 }))).toEqual([
      {
        key: "import duplicate",
        step: "step 1, import",
        reason: "Rows of the file for a video that stands further down again",
        count: 12,
      },
      { key: "import number_invalid", step: "step 1, import", reason: "Rejected rows: number invalid", count: 9 },
    ]);
  });
});
