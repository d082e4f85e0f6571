import { describe, expect, it } from "vitest";
import type { RunId } from "../../base/ids.ts";
import { aClient } from "../../testing/builders.ts";
import { callerAs } from "../../testing/caller.ts";
import { testDatabase } from "../../testing/database.ts";
import { aRun, markingSteps, outcome, runnerDeps } from "../../testing/runs.ts";
import { runSync } from "../runner.ts";
import type { StepDto } from "../schema.ts";
import { compareSteps } from "./rules.ts";

const db = testDatabase();

const step: StepDto = {
  position: 4,
  name: "tiers",
  status: "succeeded",
  startedAt: new Date("2026-11-22T09:00:00Z"),
  endedAt: new Date("2026-11-22T09:00:02Z"),
  rowsIn: 10,
  rowsOut: 3,
  skipped: { creator_tier_unknown: 1 },
  counts: { promoted: 2, demoted: 1 },
  message: "",
};

describe("two runs", () => {
  it("are held against each other by every figure that either has", () => {
    const before: StepDto = { ...step, rowsOut: 1, counts: { promoted: 1 }, skipped: {}, endedAt: null };
    expect(compareSteps([before], [step])).toEqual([
      {
        position: 4,
        name: "tiers",
        status: { before: "succeeded", after: "succeeded" },
        figures: [
          { kind: "rows", name: "in", before: 10, after: 10 },
          { kind: "rows", name: "out", before: 1, after: 3 },
          { kind: "count", name: "promoted", before: 1, after: 2 },
          { kind: "count", name: "demoted", before: null, after: 1 },
          { kind: "skipped", name: "creator_tier_unknown", before: 0, after: 1 },
          { kind: "time", name: "milliseconds", before: null, after: 2000 },
        ],
      },
    ]);
  });

  it("know nothing of a step that has not run, not even a nought", () => {
    const [compared] = compareSteps([{ ...step, status: "failed" }], [step]);
    expect(compared!.figures.every(({ before }) => before === null)).toBe(true);
  });

  it("are compared as a viewer asks, and another client's is not found", async () => {
    const [client, elsewhere] = [await aClient(db), await aClient(db)];
    const run = async (promoted: number) => {
      const runId = await aRun(db, client);
      const steps = markingSteps({ totals: () => Promise.resolve({ ...outcome, counts: { moved: promoted } }) });
      await runSync(db, runnerDeps({ steps }), client, runId);
      return runId;
    };
    const [first, second] = [await run(1), await run(4)];
    const viewer = await callerAs(db, "viewer", client);
    const compared = await viewer.sync.compare({ clientId: client, runId: second, withRunId: first });

    expect([compared.before.number, compared.after.number]).toEqual([1, 2]);
    expect(compared.steps).toHaveLength(8);
    expect(compared.steps[2]!.figures).toContainEqual({ kind: "count", name: "moved", before: 1, after: 4 });
    const foreign: RunId = await aRun(db, elsewhere);
    await expect(viewer.sync.compare({ clientId: client, runId: second, withRunId: foreign })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});
