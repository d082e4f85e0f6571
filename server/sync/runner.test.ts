import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/errors.ts";
import type { ClientId, RunId } from "../base/ids.ts";
import { createLog } from "../base/log.ts";
import type { StepOutcome } from "../base/step.ts";
import type { Db } from "../db/db.ts";
import { sql } from "../db/db.ts";
import { inClient } from "../db/tx.ts";
import { aClient, asOwner } from "../testing/builders.ts";
import { testDatabase } from "../testing/database.ts";
import { listEvents } from "./history/sql.ts";
import { getRun } from "./history/service.ts";
import type { RunnerDeps } from "./runner.ts";
import { runSync } from "./runner.ts";
import type { StepName } from "./schema.ts";
import { stepNames } from "./schema.ts";
import { cancelSync, failSilentRuns, startRun, startSync } from "./service.ts";
import type { SyncStep } from "./step-types.ts";

const db = testDatabase();
const now = new Date("2026-11-22T09:00:00Z");
const someone: Actor = { kind: "cli", name: "command line (test)" };

const outcome: StepOutcome = { rowsIn: 3, rowsOut: 2, skipped: { known: 1 }, counts: {}, message: "Done", warnings: 0 };

/** Eight steps that do nothing but leave their mark, with some replaced. */
function steps(
  replaced: Partial<Record<StepName, (tx: Db, client: ClientId) => Promise<StepOutcome>>> = {},
): SyncStep[] {
  return stepNames.map((name) => ({
    name,
    run: async (tx, step) => {
      await leaveMark(tx, step.settings.id, name);
      return (await replaced[name]?.(tx, step.settings.id)) ?? outcome;
    },
  }));
}

function leaveMark(tx: Db, client: ClientId, name: string): Promise<number> {
  return tx.execute(sql`
    insert into rewards (client_id, type, name, value_data)
    values (${client}::uuid, 'gift_card', ${`mark ${name}`}, '{"amount": 1}')`);
}

async function marks(client: ClientId): Promise<string[]> {
  const rows = await inClient(db, client, (tx) =>
    tx.query<{ name: string }>(sql`select name from rewards where client_id = ${client}::uuid order by name`),
  );
  return rows.map((row) => row.name.replace("mark ", ""));
}

function deps(more: Partial<RunnerDeps> = {}): RunnerDeps {
  return { now: () => now, log: createLog({ level: "silent" }), inboxDir: "/nowhere", steps: steps(), ...more };
}

async function started(client: ClientId): Promise<RunId> {
  const start = await startSync(db, someone, client, { inbox: false, now });
  expect(start.kind).toBe("started");
  return start.runId as RunId;
}

async function auditOf(client: ClientId): Promise<string[]> {
  const rows = await asOwner(db, (owner) =>
    owner.query<{ action: string }>(sql`select action from audit_log where client_id = ${client}::uuid order by at`),
  );
  return rows.map((row) => row.action);
}

function eventsOf(client: ClientId, run: RunId) {
  return inClient(db, client, (tx) => listEvents(tx, client, run, 0));
}

/** As if the process had died: nobody beats for it any more. */
function silence(client: ClientId, run: RunId): Promise<number> {
  return asOwner(db, (owner) =>
    owner.execute(sql`
      update sync_runs set heartbeat_at = clock_timestamp() - interval '31 s'
      where client_id = ${client}::uuid and id = ${run}::uuid`),
  );
}

describe("a run", () => {
  it("does its eight steps in order and says what each did", async () => {
    const client = await aClient(db);
    const run = await started(client);

    expect(await runSync(db, deps(), client, run)).toBe("succeeded");

    const seen = await getRun(db, client, run);
    expect(seen.status).toBe("succeeded");
    expect(seen.steps.map((step) => step.name)).toEqual([...stepNames]);
    expect(new Set(seen.steps.map((step) => step.status))).toEqual(new Set(["succeeded"]));
    expect(seen.steps[0]).toMatchObject({ rowsIn: 3, rowsOut: 2, skipped: { known: 1 }, message: "Done" });
    expect(await auditOf(client)).toEqual(["sync.started", "sync.succeeded"]);
  });

  it("stores its events with numbers that follow each other", async () => {
    const client = await aClient(db);
    const run = await started(client);
    await runSync(db, deps(), client, run);

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
    const run = await started(client);
    const reading = () => Promise.resolve({ ...outcome, warnings: 2 });
    await runSync(db, deps({ steps: steps({ import: reading }) }), client, run);
    expect(await getRun(db, client, run)).toMatchObject({ status: "succeeded_with_warnings", warnings: 2 });
  });

  it("gives every step the same clock and the name of who started it", async () => {
    const client = await aClient(db);
    const run = await started(client);
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
    await runSync(db, deps({ steps: watching, now: clock }), client, run);
    expect(new Set(seen.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(seen[0]).toEqual(["2026-11-22T09:00:01.000Z", "command line (test)"]);
  });

  it("is run by one process only, however many try", async () => {
    const client = await aClient(db);
    const run = await started(client);
    const tries = await Promise.all([1, 2, 3].map(() => runSync(db, deps(), client, run)));
    expect(tries.toSorted()).toEqual(["not_queued", "not_queued", "succeeded"]);
    expect(await marks(client)).toEqual([...stepNames].toSorted());
  });
});

describe("a step that fails", () => {
  it("stops the run: what earlier steps did stays, its own work and the later steps do not", async () => {
    const client = await aClient(db);
    const run = await started(client);
    const tiers = () => Promise.reject(new AppError("conflict", "The ladder has no lowest tier."));

    expect(await runSync(db, deps({ steps: steps({ tiers }) }), client, run)).toBe("failed");

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
    expect(await marks(client)).toEqual(["adjustments", "import", "totals"]);
    expect((await eventsOf(client, run)).slice(-2).map((event) => event.type)).toEqual(["step_failed", "run_ended"]);
    expect(await auditOf(client)).toEqual(["sync.started", "sync.failed"]);
  });

  it("is told in a plain sentence when nobody expected it, and does not stand in the way of the next run", async () => {
    const client = await aClient(db);
    const run = await started(client);
    const progress = () => Promise.reject(new TypeError("x is not a function"));
    await runSync(db, deps({ steps: steps({ progress }) }), client, run);

    const { error } = await getRun(db, client, run);
    expect(error?.code).toBe("unexpected");
    expect(error?.message).toMatch(/^Step 7 \(progress\) failed: /);
    expect(error?.message).not.toMatch(/function/);
    expect(await runSync(db, deps(), client, await started(client))).toBe("succeeded");
  });

  it("fails in preparing as in running", async () => {
    const client = await aClient(db);
    const run = await started(client);
    const refuse: SyncStep = {
      name: "import",
      prepare: () => Promise.reject(new AppError("file_refused", "The file lacks the column GMV.")),
      run: () => Promise.resolve(outcome),
    };
    await runSync(db, deps({ steps: [refuse, ...steps().slice(1)] }), client, run);
    expect(await getRun(db, client, run)).toMatchObject({
      status: "failed",
      error: { code: "file_refused", message: "The file lacks the column GMV." },
    });
    expect(await marks(client)).toEqual([]);
  });
});

describe("starting", () => {
  it("answers busy, with the run under way, while one is queued or running", async () => {
    const client = await aClient(db);
    const run = await started(client);
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
    await runSync(db, deps(), client, await started(client));
    await runSync(db, deps(), client, await started(client));
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
    expect(await auditOf(client)).toEqual([]);
  });
});

describe("cancelling", () => {
  it("ends a queued run before it begins", async () => {
    const client = await aClient(db);
    const run = await started(client);
    expect(await cancelSync(db, someone, client, { runId: run, now })).toEqual({ kind: "cancelled" });
    expect(await runSync(db, deps(), client, run)).toBe("not_queued");
    expect(await cancelSync(db, someone, client, { runId: run, now })).toEqual({ kind: "over", status: "cancelled" });
    expect(await auditOf(client)).toEqual(["sync.started", "sync.cancelled"]);
  });

  it("rolls back the step in flight", async () => {
    const client = await aClient(db);
    const run = await started(client);
    const seed = async () => {
      await cancelSync(db, someone, client, { runId: run, now });
      return outcome;
    };
    expect(await runSync(db, deps({ steps: steps({ seed }) }), client, run)).toBe("lost");
    const seen = await getRun(db, client, run);
    expect(seen.status).toBe("cancelled");
    expect(seen.steps.slice(0, 4).every((step) => step.status === "succeeded")).toBe(true);
    expect(seen.steps.slice(4).every((step) => step.status === "cancelled")).toBe(true);
    expect(await marks(client)).toEqual(["adjustments", "import", "tiers", "totals"]);
    expect((await eventsOf(client, run)).at(-1)?.run).toEqual({ status: "cancelled", error: null });
  });
});

describe("a process that died", () => {
  it("leaves a run that is shown as failed and does not block the next", async () => {
    const client = await aClient(db);
    const run = await started(client);
    const tiers = async (_: Db, inside: ClientId) => {
      await silence(inside, run);
      expect(await failSilentRuns(db, () => now)).toBe(1);
      return outcome;
    };
    // The process was only thought dead: what it comes back with is not committed.
    expect(await runSync(db, deps({ steps: steps({ tiers }) }), client, run)).toBe("lost");
    const seen = await getRun(db, client, run);
    expect(seen).toMatchObject({ status: "failed", error: { code: "process_died" } });
    expect(seen.steps[3]).toMatchObject({ name: "tiers", status: "failed" });
    expect(await marks(client)).toEqual(["adjustments", "import", "totals"]);
    expect(await runSync(db, deps(), client, await started(client))).toBe("succeeded");
    expect(await auditOf(client)).toEqual(["sync.started", "sync.failed", "sync.started", "sync.succeeded"]);
  });

  it("is noticed by the next start too", async () => {
    const client = await aClient(db);
    const run = await started(client);
    await asOwner(db, (owner) =>
      owner.execute(sql`
        update sync_runs set status = 'running', started_at = now(), lease_token = gen_random_uuid(),
          heartbeat_at = clock_timestamp() - interval '5 min' where id = ${run}::uuid`),
    );
    expect(await startSync(db, someone, client, { inbox: false, now })).toMatchObject({ kind: "started", number: 2 });
    expect(await getRun(db, client, run)).toMatchObject({ status: "failed", error: { code: "process_died" } });
  });

  it("leaves living runs alone", async () => {
    const client = await aClient(db);
    const run = await started(client);
    const seed = async () => {
      expect(await failSilentRuns(db, () => now)).toBe(0);
      return outcome;
    };
    expect(await runSync(db, deps({ steps: steps({ seed }) }), client, run)).toBe("succeeded");
  });

  it("cannot commit with a lease that another process holds now", async () => {
    const client = await aClient(db);
    const run = await started(client);
    const seed = async () => {
      await asOwner(db, (owner) =>
        owner.execute(sql`update sync_runs set lease_token = gen_random_uuid() where id = ${run}::uuid`),
      );
      return outcome;
    };
    expect(await runSync(db, deps({ steps: steps({ seed }) }), client, run)).toBe("lost");
    expect(await marks(client)).not.toContain("seed");
    expect((await getRun(db, client, run)).status).toBe("running");
  });

  it("that took the job with it has the run queued again", async () => {
    const client = await aClient(db);
    const run = await started(client);
    const jobs = () =>
      asOwner(db, (owner) =>
        owner.query<{ locked: boolean }>(sql`
          select locked_at is not null as locked from graphile_worker._private_jobs
          where payload ->> 'runId' = ${run} order by id`),
      );
    await asOwner(db, (owner) =>
      owner.execute(sql`
        update graphile_worker._private_jobs set locked_at = now(), locked_by = 'the dead', attempts = 1
        where payload ->> 'runId' = ${run}`),
    );
    await silence(client, run);
    await failSilentRuns(db, () => now);
    expect((await jobs()).map((job) => job.locked)).toEqual([true, false]);
    expect((await getRun(db, client, run)).status).toBe("queued");
  });
});

describe("a process that is asked to stop", () => {
  it("finishes the step and gives the run back for another to go on with", async () => {
    const client = await aClient(db);
    const run = await started(client);
    const stop = new AbortController();
    const totals = () => {
      stop.abort();
      return Promise.resolve(outcome);
    };
    expect(await runSync(db, deps({ steps: steps({ totals }), stopping: stop.signal }), client, run)).toBe(
      "given_back",
    );
    expect(await getRun(db, client, run)).toMatchObject({ status: "queued" });
    expect(await marks(client)).toEqual(["adjustments", "import", "totals"]);

    expect(await runSync(db, deps(), client, run)).toBe("succeeded");
    expect(await marks(client)).toEqual([...stepNames].toSorted());
  });

  it("gives up a step that does not end in time; its work is not committed", async () => {
    const client = await aClient(db);
    const run = await started(client);
    const stop = new AbortController();
    let release = () => {};
    const held = new Promise<void>((done) => {
      release = done;
    });
    const totals = async () => {
      stop.abort();
      await held;
      return outcome;
    };
    const signals = { stopping: stop.signal, givingUp: stop.signal };
    expect(await runSync(db, deps({ steps: steps({ totals }), ...signals }), client, run)).toBe("given_back");
    release();
    expect(await runSync(db, deps(), client, run)).toBe("succeeded");
    expect(await marks(client)).toEqual([...stepNames].toSorted());
  });

  it("beats while a long step runs", async () => {
    const client = await aClient(db);
    const run = await started(client);
    const beat = async () => {
      const [row] = await asOwner(db, (owner) =>
        owner.query<{ at: string }>(sql`select heartbeat_at::text as at from sync_runs where id = ${run}::uuid`),
      );
      return row!.at;
    };
    const seed = async () => {
      const before = await beat();
      for (let look = 0; look < 100 && (await beat()) === before; look += 1) await wait(20);
      expect(await beat()).not.toBe(before);
      return outcome;
    };
    expect(await runSync(db, deps({ steps: steps({ seed }), heartbeatMs: 20 }), client, run)).toBe("succeeded");
  });
});
