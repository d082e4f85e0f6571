import { describe, expect, it } from "vitest";
import { stepNames } from "../../../server/sync/schema.ts";
import type { RunDto, RunEvent, RunStepDto, StepStatus } from "../../../server/sync/schema.ts";
import { attemptSpan, attemptStatus } from "./attempt-words.ts";
import { eventWords } from "./event-words.ts";
import { againOf, retryLabel } from "./retry-words.ts";
import { afterEvents, withEvent } from "./run-events.ts";
import { runSentence } from "./run-words.ts";
import { stepRow } from "./step-words.ts";

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 22, 15, 32, 41 + seconds));

/** Eight steps: the first `done` have succeeded, the next has `status`, the others wait. */
function aRun(done: number, status: StepStatus, run: Partial<RunDto> = {}): RunDto {
  const steps = stepNames.map((name, index): RunStepDto => ({
    position: index + 1,
    name,
    status: index < done ? "succeeded" : index === done ? status : "waiting",
    startedAt: index <= done ? at(index) : null,
    endedAt: index < done ? at(index + 1) : null,
    rowsIn: 0,
    rowsOut: 0,
    skipped: {},
    counts: {},
    message: "",
    waitsFor: null,
  }));
  return {
    id: "r",
    number: 418,
    source: "manual",
    status: "running",
    byName: "Dana Reyes",
    createdAt: at(0),
    startedAt: at(0),
    endedAt: null,
    scheduledFor: null,
    fileName: null,
    importId: null,
    totals: {
      rows: 1250,
      rejected: 9,
      creatorsCreated: 0,
      promoted: 9,
      demoted: 2,
      seeded: 301,
      woken: 0,
      completed: 22,
      redemptions: 1,
    },
    warnings: 0,
    error: null,
    steps,
    lastEvent: 0,
    attempts: [],
    lease: null,
    failure: null,
    tierMoves: [],
    ...run,
  };
}

const stateOf = (run: RunDto) => ({ status: run.status, hasFile: run.importId !== null });

const said = (run: RunDto) =>
  runSentence(run, { startedAt: "10:32:41 New York", length: 4_200 })
    .map((piece) => piece.text)
    .join("");

describe("the sentence over a run", () => {
  it("counts the steps of one that is on", () => {
    expect(said(aRun(6, "running"))).toBe(
      "Step 7 of 8, started by Dana Reyes at 10:32:41 New York. 6 steps done, nothing failed. You can leave this page.",
    );
    expect(said(aRun(3, "waiting"))).toMatch(/^Step 4 of 8, .* 3 steps done/);
  });

  it("says what one that went through did, and what was set aside", () => {
    expect(said(aRun(8, "succeeded", { status: "succeeded_with_warnings" }))).toBe(
      "Went through in 4.2\u00a0s: 9 promoted, 2 demoted, 301 seeded, 22 completed, 1 redemption made. " +
        "9 rows of the file were set aside. Started by Dana Reyes at 10:32:41 New York.",
    );
  });

  it("says where one stopped and what was kept", () => {
    expect(said(aRun(6, "failed", { status: "failed" }))).toBe(
      "Failed at step 7, progress. Steps 1 to 6 are saved. Nothing after them was touched. Started by Dana Reyes at 10:32:41 New York.",
    );
    expect(said(aRun(0, "failed", { status: "failed" }))).toBe(
      "Failed at step 1, import. Nothing was written. Started by Dana Reyes at 10:32:41 New York.",
    );
    const unbegun = aRun(0, "cancelled", { status: "cancelled", startedAt: null });
    unbegun.steps[0]!.startedAt = null;
    expect(said(unbegun)).toMatch(/^Cancelled before it began\./);
  });
});

describe("the events of a run", () => {
  const step = (run: RunDto, position: number, change: Partial<RunStepDto>) => ({
    ...run.steps[position - 1]!,
    ...change,
  });
  const event = (number: number, type: RunEvent["type"], rest: Partial<RunEvent>): RunEvent => ({
    number,
    at: at(number),
    type,
    step: null,
    run: null,
    note: "",
    ...rest,
  });

  it("move the run on, in any order of arrival, and each once", () => {
    const run = aRun(0, "waiting", { status: "queued", startedAt: null });
    const started = event(1, "run_started", { run: { status: "running", error: null } });
    const begun = event(2, "step_started", { step: step(run, 1, { status: "running", startedAt: at(2) }) });
    const ended = event(3, "run_ended", { run: { status: "cancelled", error: null } });
    const events = [begun, ended, started, begun].reduce(withEvent, [] as readonly RunEvent[]);
    expect(events.map((one) => one.number)).toEqual([1, 2, 3]);
    const after = afterEvents(run, events);
    expect(after).toMatchObject({ status: "cancelled", lastEvent: 3, startedAt: at(1), endedAt: at(3) });
    expect(after.steps[0]).toMatchObject({ status: "running" });
  });

  it("leave a run alone that was read after them", () => {
    const run = aRun(8, "succeeded", { status: "succeeded", lastEvent: 5 });
    expect(afterEvents(run, [event(5, "run_ended", { run: { status: "failed", error: null } })])).toBe(run);
  });

  it("stand in the log in words", () => {
    const run = aRun(1, "failed");
    const failed = event(4, "step_failed", { step: step(run, 2, { message: "The database has no space left." }) });
    expect(eventWords(failed)).toEqual({
      status: "failed",
      text: "Step 2, Adjustments: failed, rolled back",
      message: "The database has no space left.",
    });
  });
});

describe("a step's row", () => {
  it("says what went in and out, and whom step 4 could not judge", () => {
    const run = aRun(8, "succeeded", { status: "succeeded" });
    const tiers = {
      ...run.steps[3]!,
      rowsIn: 1270,
      counts: { promoted: 9, demoted: 2 },
      skipped: { creator_tier_unknown: 14 },
      message: "9 promoted, 10 maintained, 2 demoted",
    };
    expect(stepRow(tiers, stateOf(run), at(60))).toMatchObject({
      status: "done",
      input: "1,270 creators",
      output: "9 up, 2 down",
      message: "9 promoted, 10 maintained, 2 demoted; 14 creators of unknown tier left out",
      milliseconds: 1_000,
    });
  });

  it("counts the time of the step that is on, and calls those skipped that will not come", () => {
    const run = aRun(6, "running");
    expect(stepRow(run.steps[6]!, stateOf(run), at(10))).toMatchObject({ status: "running", milliseconds: 4_000 });
    expect(stepRow(run.steps[7]!, stateOf(run), at(10)).status).toBe("waiting");
    expect(stepRow(run.steps[7]!, { ...stateOf(run), status: "failed" }, at(10)).status).toBe("skipped");
  });
});

describe("taking a stopped run up again", () => {
  const failure: RunDto["failure"] = {
    code: "conflict",
    message: "The ladder has no lowest tier.",
    step: "tiers",
    kept: "Steps 1 to 3 are saved.",
    advice: "Put right what the sentence names, then retry.",
    noRetry: null,
    offersWithoutFile: false,
  };

  it("names the step at which a failed one goes on, or that its refused file is left out", () => {
    expect(retryLabel(aRun(3, "failed", { failure }))).toBe("Retry from step 4, tiers");
    expect(retryLabel(aRun(3, "waiting", { failure: { ...failure, step: null } }))).toBe("Retry");
    expect(retryLabel(aRun(0, "failed", { failure: { ...failure, offersWithoutFile: true } }))).toBe(
      "Retry without a file",
    );
  });

  it("takes a cancelled one's file again only where it was not imported", () => {
    expect(againOf(aRun(6, "cancelled", { importId: "i" })).choice).toEqual({});
    expect(againOf(aRun(0, "cancelled", { importId: "i" })).choice).toEqual({ importId: "i" });
    expect(againOf(aRun(0, "cancelled")).choice).toEqual({ inbox: true });
  });

  it("shows what each later step waits for", () => {
    const run = aRun(3, "failed", { status: "failed", failure });
    const waiting = { ...run.steps[5]!, waitsFor: "tiers" as const };
    const canGoOn = { ...stateOf(run), canGoOn: true };
    expect(stepRow(waiting, canGoOn, at(60))).toMatchObject({ status: "waiting", message: "waits for step 4, tiers" });
    // Another run came after it.
    expect(stepRow(waiting, stateOf(run), at(60))).toMatchObject({ status: "skipped", message: "" });
  });

  it("tells its attempts in words", () => {
    expect(attemptSpan({ fromStep: 1, atStep: 4 })).toBe("from step 1, Import to step 4, Tiers");
    expect(attemptSpan({ fromStep: 4, atStep: null })).toBe("from step 4, Tiers");
    expect(attemptStatus({ outcome: "process_died" }).text).toBe("Process died");
    expect(attemptStatus({ outcome: null })).toEqual({ status: "running", text: "Working" });
  });

  it("follows it behind its first end", () => {
    const run = aRun(3, "failed", { status: "failed", endedAt: at(9), lastEvent: 5 });
    const step = { ...run.steps[3]!, status: "waiting" as const, startedAt: null };
    const requeued: RunEvent = {
      number: 6,
      at: at(60),
      type: "run_requeued",
      step,
      run: { status: "queued", error: null },
      note: "Ada had the run go on at step 4 (tiers).",
    };
    const after = afterEvents(run, [requeued]);
    expect(after).toMatchObject({ status: "queued", endedAt: null });
    expect(after.steps[4]).toMatchObject({ status: "waiting", waitsFor: "tiers" });
    expect(eventWords(requeued).message).toBe("Ada had the run go on at step 4 (tiers).");
  });
});
