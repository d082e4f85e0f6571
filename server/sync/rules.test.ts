import { describe, expect, it } from "vitest";
import { AppError } from "../base/errors.ts";
import { failureOf, sourceOf, starterOf, totalsOf } from "./rules.ts";

describe("the sentence for a failed step", () => {
  it("is the refusal's own where there is one", () => {
    const refused = new AppError("file_refused", "The file lacks the column GMV.");
    expect(failureOf("import", refused, null)).toEqual({ code: "file_refused", message: refused.message });
  });

  it.each([
    ["57014", "timeout", /^Step 7 \(progress\) failed: it took too long/],
    ["53100", "disk_full", /no space left/],
    ["08006", "connection_lost", /connection to the database was lost/],
    ["57P01", "connection_lost", /connection to the database was lost/],
    ["23505", "unexpected", /something went wrong/],
    [null, "unexpected", /something went wrong/],
  ])("for %s of the database says %s in plain words", (state, code, words) => {
    const failure = failureOf("progress", new Error("relation 16384 exploded"), state);
    expect(failure.code).toBe(code);
    expect(failure.message).toMatch(words);
    expect(failure.message).not.toContain("16384");
  });
});

describe("the figures of a run", () => {
  it("are those of its steps, and 0 where a step has not run", () => {
    const totals = totalsOf([
      { name: "import", counts: { rows: 12, rejected: 2, creatorsCreated: 3 } },
      { name: "tiers", counts: { promoted: 4, maintained: 1, demoted: 5 } },
      { name: "seed", counts: { created: 6 } },
      { name: "wake", counts: { woken: 7 } },
      { name: "progress", counts: {} },
    ]);
    const done = { rows: 12, rejected: 2, creatorsCreated: 3, promoted: 4, demoted: 5, seeded: 6, woken: 7 };
    expect(totals).toEqual({ ...done, completed: 0, redemptions: 0 });
  });
});

describe("who started a run", () => {
  it("is known again from its row", () => {
    const job = { kind: "job" as const, name: "nightly schedule", clientId: "c" };
    const cli = { kind: "cli" as const, name: "command line (ops)" };
    expect(starterOf({ source: sourceOf(job), byName: job.name, byId: null }, "c")).toEqual(job);
    expect(starterOf({ source: sourceOf(cli), byName: cli.name, byId: null }, "c")).toEqual(cli);
    expect(starterOf({ source: "manual", byName: "Ann", byId: "a1" }, "c")).toMatchObject({ kind: "admin", id: "a1" });
  });
});
