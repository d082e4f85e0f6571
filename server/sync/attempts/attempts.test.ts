import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { AppError } from "../../base/errors.ts";
import { createLog } from "../../base/log.ts";
import type { ClientId, RunId } from "../../base/ids.ts";
import type { Db } from "../../db/db.ts";
import { sql } from "../../db/db.ts";
import { inClient } from "../../db/tx.ts";
import { aClient, asOwner } from "../../testing/builders.ts";
import { callerAs } from "../../testing/caller.ts";
import { testDatabase } from "../../testing/database.ts";
import { aRun, auditOf, markingSteps, marksOf, outcome, runnerDeps, someone } from "../../testing/runs.ts";
import { followRun } from "../progress.ts";
import { runSync } from "../runner.ts";
import type { RunEvent } from "../schema.ts";
import { stepNames } from "../schema.ts";
import { cancelSync } from "../service.ts";
import { holdLease } from "../sql.ts";
import { releaseSync } from "./service.ts";
import { lookAfterRuns } from "./watch.ts";

const db = testDatabase();
const now = new Date("2026-11-22T09:00:00Z");
const log = createLog({ level: "silent" });

/** A run that failed at step 4. */
async function aFailedRun(client: ClientId): Promise<RunId> {
  const run = await aRun(db, client);
  const tiers = () => Promise.reject(new AppError("conflict", "The ladder has no lowest tier."));
  expect(await runSync(db, runnerDeps({ steps: markingSteps({ tiers }) }), client, run)).toBe("failed");
  return run;
}

async function eventsOf(client: ClientId, runId: RunId, after = 0): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const event of followRun(db, client, { runId, after, recheck: () => Promise.resolve() }))
    events.push(event);
  return events;
}

describe("a retry", () => {
  it("goes on with the same run at the step that failed, and keeps what happened before", async () => {
    const client = await aClient(db);
    const run = await aFailedRun(client);
    const caller = await callerAs(db, "operator", client);
    const before = await caller.sync.get({ clientId: client, runId: run });

    const retried = await caller.sync.retry({ clientId: client, runId: run });
    expect(retried).toEqual({ kind: "queued", runId: run, number: 1, after: before.lastEvent });
    const waiting = await caller.sync.get({ clientId: client, runId: run });
    expect(waiting).toMatchObject({ status: "queued", error: null, endedAt: null, failure: null });
    expect(waiting.steps[3]).toMatchObject({ status: "waiting", message: "", waitsFor: null });
    expect(waiting.steps[4]).toMatchObject({ status: "waiting", waitsFor: "tiers" });

    expect(await runSync(db, runnerDeps(), client, run)).toBe("succeeded");
    expect(await marksOf(db, client)).toEqual([...stepNames].toSorted());
    const seen = await caller.sync.get({ clientId: client, runId: run });
    expect(seen.attempts).toMatchObject([
      { number: 1, fromStep: 1, atStep: 4, outcome: "failed", message: "The ladder has no lowest tier." },
      { number: 2, fromStep: 4, outcome: "succeeded" },
    ]);
    expect(await auditOf(db, client)).toEqual(["sync.started", "sync.failed", "sync.retried", "sync.succeeded"]);
  });

  it("is followed behind the first end of the run, with numbers that go on", async () => {
    const client = await aClient(db);
    const run = await aFailedRun(client);
    const caller = await callerAs(db, "operator", client);
    const { after } = await caller.sync.retry({ clientId: client, runId: run });
    const following = eventsOf(client, run, after);
    await runSync(db, runnerDeps(), client, run);
    const live = await following;
    expect(live[0]).toMatchObject({
      type: "run_requeued",
      note: expect.stringMatching(/go on at step 4 \(tiers\)\.$/),
    });
    expect(live.at(-1)).toMatchObject({ type: "run_ended", run: { status: "succeeded" } });
    const all = await eventsOf(client, run);
    expect(all.map((event) => event.number)).toEqual(all.map((_, index) => index + 1));
    expect(all.filter((event) => event.type === "run_ended").map((event) => event.run?.status)).toEqual([
      "failed",
      "succeeded",
    ]);
  });

  it("is refused, in a sentence, for a run that did not fail, and for one after which another came", async () => {
    const client = await aClient(db);
    const caller = await callerAs(db, "operator", client);
    const failed = await aFailedRun(client);
    const later = await aRun(db, client);
    const retry = (runId: string) => caller.sync.retry({ clientId: client, runId });
    await expect(retry(later)).rejects.toThrow("Sync 2 is waiting for its turn; only a failed one can be retried.");
    await expect(retry(failed)).rejects.toThrow(/^Sync 2 came after it, so the programme has moved on/);
    expect((await caller.sync.get({ clientId: client, runId: failed })).failure).toMatchObject({
      noRetry: "Run 2 came after it, so the programme has moved on.",
      advice: "Start a new run; it does the rest.",
    });
    await runSync(db, runnerDeps(), client, later);
    await expect(retry(later)).rejects.toThrow("Sync 2 went through; only a failed one can be retried.");
    await expect(retry(randomUUID())).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("of many at once happens once", async () => {
    const client = await aClient(db);
    const run = await aFailedRun(client);
    const caller = await callerAs(db, "operator", client);
    const tries = await Promise.allSettled(
      Array.from({ length: 4 }, () => caller.sync.retry({ clientId: client, runId: run })),
    );
    expect(tries.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    expect(await runSync(db, runnerDeps(), client, run)).toBe("succeeded");
  });

  it("may leave out a file that was refused, and goes on without", async () => {
    const client = await aClient(db);
    const caller = await callerAs(db, "operator", client);
    const [file] = await asOwner(db, (owner) =>
      owner.query<{ id: string }>(sql`
        insert into imports (client_id, file_name, source, sha256, size_bytes, by_name)
        values (${client}::uuid, 'day.csv', 'upload', repeat('a', 64), 10, 'Ada') returning id`),
    );
    const { runId } = await caller.sync.start({ clientId: client, importId: file!.id });
    const refuse = markingSteps({
      import: () => Promise.reject(new AppError("file_refused", "The file lacks the column GMV.")),
    });
    await runSync(db, runnerDeps({ steps: refuse }), client, runId as RunId);
    const failed = await caller.sync.get({ clientId: client, runId });
    expect(failed.failure).toMatchObject({ code: "file_refused", step: "import", kept: "Nothing was written." });
    expect(failed.failure?.offersWithoutFile).toBe(true);

    await caller.sync.retry({ clientId: client, runId, withoutFile: true });
    expect(await caller.sync.get({ clientId: client, runId })).toMatchObject({ importId: null, fileName: null });
    expect(await runSync(db, runnerDeps(), client, runId as RunId)).toBe("succeeded");
  });

  it("cannot leave out a file that is in", async () => {
    const client = await aClient(db);
    const run = await aFailedRun(client);
    const caller = await callerAs(db, "operator", client);
    await expect(caller.sync.retry({ clientId: client, runId: run, withoutFile: true })).rejects.toThrow(
      "The file of this run is in already; retry it as it is.",
    );
  });

  it("is the only way back from an end that the database allows", async () => {
    const client = await aClient(db);
    const run = await aFailedRun(client);
    const set = (change: ReturnType<typeof sql>) =>
      inClient(db, client, (tx) =>
        tx.execute(sql`update sync_runs set ${change} where client_id = ${client}::uuid and id = ${run}::uuid`),
      );
    const words = "a run that has ended keeps its status";
    await expect(set(sql`status = 'queued', ended_at = null`)).rejects.toThrow(words);
    await expect(set(sql`status = 'running', ended_at = null, retries = retries + 1`)).rejects.toThrow(words);
    await expect(set(sql`status = 'succeeded', retries = retries + 1`)).rejects.toThrow(words);
  });
});

describe("a release", () => {
  it("takes a run from a process that holds on to it; another goes on, and the first cannot commit", async () => {
    const client = await aClient(db);
    const run = await aRun(db, client);
    const owner = await callerAs(db, "owner", client);
    const totals = async (tx: Db) => {
      const { lease } = await owner.sync.get({ clientId: client, runId: run });
      expect(lease).toMatchObject({ holder: expect.stringMatching(/^Process \d+ on /), isSilent: false });
      expect(await owner.sync.release({ clientId: client, runId: run })).toEqual({ kind: "released" });
      await tx.query(sql`select 1 as one`);
      return outcome;
    };
    expect(await runSync(db, runnerDeps({ steps: markingSteps({ totals }), backoffMs: [0] }), client, run)).toBe(
      "lost",
    );
    expect(await marksOf(db, client)).toEqual(["adjustments", "import"]);
    expect(await runSync(db, runnerDeps(), client, run)).toBe("succeeded");
    const seen = await owner.sync.get({ clientId: client, runId: run });
    expect(seen).toMatchObject({ lease: null, attempts: [{ outcome: "released", atStep: 3 }, { fromStep: 3 }] });
    expect(await auditOf(db, client)).toEqual(["sync.started", "sync.released", "sync.succeeded"]);
  });

  it("of a run that nobody has says how it stands", async () => {
    const client = await aClient(db);
    const run = await aRun(db, client);
    const owner = await callerAs(db, "owner", client);
    expect(await owner.sync.release({ clientId: client, runId: run })).toEqual({
      kind: "not_running",
      status: "queued",
    });
  });

  it("ends no work on another client's run", async () => {
    const client = await aClient(db);
    const other = await aClient(db);
    const run = await aRun(db, other);
    await expect(
      inClient(db, client, (tx) => tx.query(sql`select stop_run_work(${run}::uuid, false) as stopped`)),
    ).rejects.toThrow("is none of this client");
  });
});

describe("two processes that work on one run", () => {
  it("never do so at once: the second waits until what the first left is rolled back", async () => {
    const client = await aClient(db);
    const run = await aRun(db, client);
    let release = () => {};
    const held = new Promise<void>((done) => {
      release = done;
    });
    let isReached = () => {};
    const reached = new Promise<void>((done) => {
      isReached = done;
    });
    const seed = async () => {
      isReached();
      await held;
      return outcome;
    };
    const paused = runSync(db, runnerDeps({ steps: markingSteps({ seed }) }), client, run);
    await reached;
    // Its lease goes, but nobody ends its connection: as where the owner may not.
    await asOwner(db, (owner) =>
      owner.execute(sql`update sync_runs set status = 'queued', lease_token = null where id = ${run}::uuid`),
    );
    const next = runSync(db, runnerDeps(), client, run);
    const isWaiting = async () => {
      const rows = await asOwner(db, (owner) =>
        owner.query(sql`select 1 as one from pg_locks where locktype = 'advisory' and not granted`),
      );
      return rows.length > 0;
    };
    while (!(await isWaiting()));
    release();
    expect([await paused, await next]).toEqual(["lost", "succeeded"]);
    expect(await marksOf(db, client)).toEqual([...stepNames].toSorted());
  });
});

describe("a process that is paused with the run's row in its hands", () => {
  it("keeps nobody from taking the run over, releasing or cancelling it", async () => {
    const actions = {
      takenOver: async () => {
        // The first look makes way, the next takes it over.
        for (let look = 0; look < 200; look += 1) if ((await lookAfterRuns(db, { now: () => now, log })) > 0) return;
      },
      released: (client: ClientId, runId: RunId) => releaseSync(db, someone, client, { runId, now }),
      cancelled: (client: ClientId, runId: RunId) => cancelSync(db, someone, client, { runId, now }),
    };
    for (const [name, act] of Object.entries(actions)) {
      const client = await aClient(db);
      const run = await aRun(db, client);
      const token = randomUUID();
      await asOwner(db, (owner) =>
        owner.execute(sql`
          update sync_runs set status = 'running', started_at = now(), lease_token = ${token}::uuid,
            heartbeat_at = clock_timestamp() - interval '5 min' where id = ${run}::uuid`),
      );
      const paused = inClient(db, client, async (tx) => {
        expect(await holdLease(tx, { client, run, token })).toBe(true);
        await act(client, run);
        await tx.query(sql`select 1 as one`);
      });
      await expect(paused).rejects.toThrow(/terminat|connection/i);
      const [row] = await asOwner(db, (owner) =>
        owner.query<{ status: string }>(sql`select status from sync_runs where id = ${run}::uuid`),
      );
      expect([name, row!.status]).toEqual([name, name === "cancelled" ? "cancelled" : "queued"]);
    }
  });
});
