import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { AppError } from "../base/errors.ts";
import type { ClientId, RunId } from "../base/ids.ts";
import type { Db } from "../db/db.ts";
import { sql } from "../db/db.ts";
import { inClient } from "../db/tx.ts";
import { aClient, asOwner } from "../testing/builders.ts";
import { testDatabase } from "../testing/database.ts";
import { aRun, auditOf, markingSteps, marksOf, outcome, runnerDeps, someone } from "../testing/runs.ts";
import { getRun } from "./history/service.ts";
import { listEvents } from "./history/sql.ts";
import { runSync } from "./runner.ts";
import { stepNames } from "./schema.ts";
import { cancelSync, startRun, startSync } from "./service.ts";
import type { SyncStep } from "./step-types.ts";

const db = testDatabase();
const now = new Date("2026-11-22T09:00:00Z");

function eventsOf(client: ClientId, run: RunId) {
  return inClient(db, client, (tx) => listEvents(tx, client, run, 0));
}

describe("a run", () => {
  it("does its eight steps in order and says what each did", async () => {
    const client = await aClient(db);
    const run = await aRun(db, client);

    expect(await runSync(db, runnerDeps(), client, run)).toBe("succeeded");

    const seen = await getRun(db, client, run);
    expect(seen.status).toBe("succeeded");
    expect(seen.steps.map((step) => step.name)).toEqual([...stepNames]);
    expect(new Set(seen.steps.map((step) => step.status))).toEqual(new Set(["succeeded"]));
    expect(seen.steps[0]).toMatchObject({ rowsIn: 3, rowsOut: 2, skipped: { known: 1 }, message: "Done" });
    expect(await auditOf(db, client)).toEqual(["sync.started", "sync.succeeded"]);
  });

  it("stores its events with numbers that follow each other", async () => {
    const client = await aClient(db);
    const run = await aRun(db, client);
    await runSync(db, runnerDeps(), client, run);

    const events = await eventsOf(client, run);
    expect(events.map((event) => event.number)).toEqual(events.map((_, index) => index + 1));
    expect(events.map((event) => event.type)).toEqual([
      "run_started",
      ...stepNames.flatMap(() => ["step_started", "step_succeeded"]),
      "run_ended",
    ]);
    expect(events.at(-1)?.run).toEqual({ status: "succeeded", error: null });
    expect(events[2]?.step).toMatchObject({ name: "import", status: "succeeded", startedAt: now, endedAt: now });
  });

  it("succeeds with warnings when a step found something", async () => {
    const client = await aClient(db);
    const run = await aRun(db, client);
    const reading = () => Promise.resolve({ ...outcome, warnings: 2 });
    await runSync(db, runnerDeps({ steps: markingSteps({ import: reading }) }), client, run);
    expect(await getRun(db, client, run)).toMatchObject({ status: "succeeded_with_warnings", warnings: 2 });
  });

  it("gives every step the same clock and the name of who started it", async () => {
    const client = await aClient(db);
    const run = await aRun(db, client);
    let ticks = 0;
    const clock = () => new Date(now.getTime() + 1000 * (ticks += 1));
    const seen: unknown[] = [];
    const watching = stepNames.map((name): SyncStep => ({
      name,
      run: (_, step) => {
        seen.push([step.now.toISOString(), step.actor.name]);
        return Promise.resolve(outcome);
      },
    }));
    await runSync(db, runnerDeps({ steps: watching, now: clock }), client, run);
    expect(new Set(seen.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(seen[0]).toEqual(["2026-11-22T09:00:01.000Z", "command line (test)"]);
  });

  it("is run by one process only, however many try", async () => {
    const client = await aClient(db);
    const run = await aRun(db, client);
    const tries = await Promise.all([1, 2, 3].map(() => runSync(db, runnerDeps(), client, run)));
    expect(tries.toSorted()).toEqual(["not_queued", "not_queued", "succeeded"]);
    expect(await marksOf(db, client)).toEqual([...stepNames].toSorted());
  });
});

describe("a step that fails", () => {
  it("stops the run: what earlier steps did stays, its own work and the later steps do not", async () => {
    const client = await aClient(db);
    const run = await aRun(db, client);
    const tiers = () => Promise.reject(new AppError("conflict", "The ladder has no lowest tier."));

    expect(await runSync(db, runnerDeps({ steps: markingSteps({ tiers }) }), client, run)).toBe("failed");

    const seen = await getRun(db, client, run);
    expect(seen).toMatchObject({
      status: "failed",
      error: { code: "conflict", message: "The ladder has no lowest tier." },
    });
    expect(seen.steps.map((step) => step.status)).toEqual([
      "succeeded",
      "succeeded",
      "succeeded",
      "failed",
      "waiting",
      "waiting",
      "waiting",
      "waiting",
    ]);
    expect(await marksOf(db, client)).toEqual(["adjustments", "import", "totals"]);
    expect((await eventsOf(client, run)).slice(-2).map((event) => event.type)).toEqual(["step_failed", "run_ended"]);
    expect(await auditOf(db, client)).toEqual(["sync.started", "sync.failed"]);
  });

  it("is told in a plain sentence when nobody expected it, and does not stand in the way of the next run", async () => {
    const client = await aClient(db);
    const run = await aRun(db, client);
    const progress = () => Promise.reject(new TypeError("x is not a function"));
    await runSync(db, runnerDeps({ steps: markingSteps({ progress }) }), client, run);

    const { error } = await getRun(db, client, run);
    expect(error?.code).toBe("unexpected");
    expect(error?.message).toMatch(/^Step 7 \(progress\) failed: /);
    expect(error?.message).not.toMatch(/function/);
    expect(await runSync(db, runnerDeps(), client, await aRun(db, client))).toBe("succeeded");
  });

  it("fails in preparing as in running", async () => {
    const client = await aClient(db);
    const run = await aRun(db, client);
    const refuse: SyncStep = {
      name: "import",
      prepare: () => Promise.reject(new AppError("file_refused", "The file lacks the column GMV.")),
      run: () => Promise.resolve(outcome),
    };
    await runSync(db, runnerDeps({ steps: [refuse, ...markingSteps().slice(1)] }), client, run);
    expect(await getRun(db, client, run)).toMatchObject({
      status: "failed",
      error: { code: "file_refused", message: "The file lacks the column GMV." },
    });
    expect(await marksOf(db, client)).toEqual([]);
  });
});

describe("starting", () => {
  it("answers busy, with the run under way, while one is queued or running", async () => {
    const client = await aClient(db);
    const run = await aRun(db, client);
    const second = await startSync(db, someone, client, { inbox: false, now });
    expect(second).toEqual({ kind: "busy", runId: run, number: 1 });
  });

  it("lets exactly one of many at once start", async () => {
    const client = await aClient(db);
    const starts = await Promise.all(
      Array.from({ length: 8 }, () => startSync(db, someone, client, { inbox: false, now })),
    );
    expect(starts.filter((start) => start.kind === "started")).toHaveLength(1);
    expect(new Set(starts.map((start) => start.runId)).size).toBe(1);
  });

  it("numbers a client's runs from one on", async () => {
    const client = await aClient(db);
    await runSync(db, runnerDeps(), client, await aRun(db, client));
    await runSync(db, runnerDeps(), client, await aRun(db, client));
    const next = await startSync(db, someone, client, { inbox: false, now });
    expect(next.number).toBe(3);
  });

  it("creates run and job both or neither", async () => {
    const client = await aClient(db);
    const jobs = () =>
      asOwner(db, (owner) =>
        owner.query(sql`select 1 as one from graphile_worker._private_jobs where payload ->> 'clientId' = ${client}`),
      );
    const broken = inClient(db, client, async (tx) => {
      await startRun(tx, someone, client, { inbox: false, now });
      throw new Error("the transaction ends here");
    });
    await expect(broken).rejects.toThrow("ends here");
    expect(await jobs()).toHaveLength(0);
    expect(await startSync(db, someone, client, { inbox: false, now })).toMatchObject({ kind: "started", number: 1 });
    expect(await jobs()).toHaveLength(1);
  });

  it("refuses a file it does not have, or that is not there to be imported", async () => {
    const client = await aClient(db);
    const importId = randomUUID();
    await expect(startSync(db, someone, client, { importId, inbox: false, now })).rejects.toThrow("was not found");
    await asOwner(db, (owner) =>
      owner.execute(sql`
        insert into imports (client_id, id, file_name, source, sha256, size_bytes, status, by_name)
        values (${client}::uuid, ${importId}::uuid, 'day.csv', 'upload', repeat('0', 64), 1, 'discarded', 'x')`),
    );
    await expect(startSync(db, someone, client, { importId, inbox: false, now })).rejects.toThrow("was discarded");
    expect(await auditOf(db, client)).toEqual([]);
  });
});

describe("cancelling", () => {
  it("ends a queued run before it begins", async () => {
    const client = await aClient(db);
    const run = await aRun(db, client);
    expect(await cancelSync(db, someone, client, { runId: run, now })).toEqual({
      kind: "cancelled",
      kept: "Nothing was written.",
    });
    expect(await runSync(db, runnerDeps(), client, run)).toBe("not_queued");
    expect(await cancelSync(db, someone, client, { runId: run, now })).toEqual({ kind: "over", status: "cancelled" });
    expect(await auditOf(db, client)).toEqual(["sync.started", "sync.cancelled"]);
  });

  it("rolls back the step in flight", async () => {
    const client = await aClient(db);
    const run = await aRun(db, client);
    const seed = async () => {
      const kept = "Steps 1 to 4 are saved.";
      expect(await cancelSync(db, someone, client, { runId: run, now })).toEqual({ kind: "cancelled", kept });
      return outcome;
    };
    const deps = runnerDeps({ steps: markingSteps({ seed }), backoffMs: [0] });
    expect(await runSync(db, deps, client, run)).toBe("lost");
    const seen = await getRun(db, client, run);
    expect(seen.status).toBe("cancelled");
    expect(seen.steps.slice(0, 4).every((step) => step.status === "succeeded")).toBe(true);
    expect(seen.steps.slice(4).every((step) => step.status === "cancelled")).toBe(true);
    expect(await marksOf(db, client)).toEqual(["adjustments", "import", "tiers", "totals"]);
    expect((await eventsOf(client, run)).at(-1)?.run).toEqual({ status: "cancelled", error: null });
  });

  it("ends the statement under way rather than waiting for it", async () => {
    const client = await aClient(db);
    const run = await aRun(db, client);
    let isAsleep = () => {};
    const asleep = new Promise<void>((done) => {
      isAsleep = done;
    });
    const seed = async (tx: Db) => {
      isAsleep();
      await tx.query(sql`select pg_sleep(60)::text as slept`);
      return outcome;
    };
    const working = runSync(db, runnerDeps({ steps: markingSteps({ seed }), backoffMs: [0] }), client, run);
    await asleep;
    expect(await cancelSync(db, someone, client, { runId: run, now })).toMatchObject({ kind: "cancelled" });
    expect(await working).toBe("lost");
    const seen = await getRun(db, client, run);
    expect(seen).toMatchObject({ status: "cancelled", attempts: [{ outcome: "cancelled", atStep: 5 }] });
    expect(await marksOf(db, client)).toEqual(["adjustments", "import", "tiers", "totals"]);
  });
});
