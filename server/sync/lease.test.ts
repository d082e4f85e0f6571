import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { ClientId, RunId } from "../base/ids.ts";
import { createLog } from "../base/log.ts";
import type { Db } from "../db/db.ts";
import { sql } from "../db/db.ts";
import { Prisma } from "../db/generated/client.ts";
import { inClient } from "../db/tx.ts";
import { aClient, asOwner } from "../testing/builders.ts";
import { testDatabase } from "../testing/database.ts";
import { aRun, auditOf, markingSteps, marksOf, outcome, runnerDeps, someone } from "../testing/runs.ts";
import { retrySync } from "./attempts/service.ts";
import { lookAfterRuns } from "./attempts/watch.ts";
import { getRun } from "./history/service.ts";
import { listEvents } from "./history/sql.ts";
import { runSync } from "./runner.ts";
import { stepNames } from "./schema.ts";
import type { StepName } from "./schema.ts";
import { startSync } from "./service.ts";

const db = testDatabase();
const now = new Date("2026-11-22T09:00:00Z");
const watch = { now: () => now, log: createLog({ level: "silent" }) };

/** As if the process had died: nobody beats for it any more. */
function silence(client: ClientId, run: RunId): Promise<number> {
  return asOwner(db, (owner) =>
    owner.execute(sql`
      update sync_runs set heartbeat_at = clock_timestamp() - interval '31 s'
      where client_id = ${client}::uuid and id = ${run}::uuid`),
  );
}

describe("a process that died", () => {
  it("has its run taken over, which goes on at the step that was not finished, and nothing is done twice", async () => {
    const client = await aClient(db);
    const run = await aRun(db, client);
    const tiers = async (_: Db, inside: ClientId) => {
      await silence(inside, run);
      expect(await lookAfterRuns(db, watch)).toBe(1);
      return outcome;
    };
    // The process was only thought dead: what it comes back with is not committed.
    expect(await runSync(db, runnerDeps({ steps: markingSteps({ tiers }), backoffMs: [0] }), client, run)).toBe("lost");
    const seen = await getRun(db, client, run);
    expect(seen).toMatchObject({ status: "queued", error: null, lease: null });
    expect(seen.steps[3]).toMatchObject({ name: "tiers", status: "waiting", startedAt: null });
    expect(await marksOf(db, client)).toEqual(["adjustments", "import", "totals"]);

    expect(await runSync(db, runnerDeps(), client, run)).toBe("succeeded");
    expect(await marksOf(db, client)).toEqual([...stepNames].toSorted());
    const { attempts } = await getRun(db, client, run);
    expect(attempts).toMatchObject([
      { number: 1, fromStep: 1, atStep: 4, outcome: "process_died", holder: expect.stringMatching(/^Process \d+ on /) },
      { number: 2, fromStep: 4, atStep: null, outcome: "succeeded", endedAt: now },
    ]);
    const events = await inClient(db, client, (tx) => listEvents(tx, client, run, 0));
    expect(events.map((event) => event.number)).toEqual(events.map((_, index) => index + 1));
    const requeued = events.find((event) => event.type === "run_requeued");
    expect(requeued?.note).toMatch(/gave no sign of life; another process goes on at step 4 \(tiers\)/);
    expect(await auditOf(db, client)).toEqual(["sync.started", "sync.taken_over", "sync.succeeded"]);
  });

  it("has the backend that it left ended, whatever that is doing", async () => {
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
    await silence(client, run);
    expect(await lookAfterRuns(db, watch)).toBe(1);
    expect(await working).toBe("lost");
    expect(await marksOf(db, client)).toEqual(["adjustments", "import", "tiers", "totals"]);
  });

  it("is noticed by the next start too, which is told that the run goes on", async () => {
    const client = await aClient(db);
    const run = await aRun(db, client);
    await asOwner(db, (owner) =>
      owner.execute(sql`
        update sync_runs set status = 'running', started_at = now(), lease_token = gen_random_uuid(),
          heartbeat_at = clock_timestamp() - interval '5 min' where id = ${run}::uuid`),
    );
    expect(await startSync(db, someone, client, { inbox: false, now })).toEqual({
      kind: "busy",
      runId: run,
      number: 1,
    });
    expect((await getRun(db, client, run)).status).toBe("queued");
  });

  it("five times at one step fails the run, which may then be retried", async () => {
    const client = await aClient(db);
    const run = await aRun(db, client);
    const die = (at: StepName) =>
      markingSteps({
        [at]: async (_: Db, inside: ClientId) => {
          await silence(inside, run);
          await lookAfterRuns(db, watch);
          return outcome;
        },
      });
    // One death at another step counts for that one.
    for (const at of ["tiers", "seed", "seed", "seed", "seed", "seed"] as const) {
      expect((await getRun(db, client, run)).status).toBe("queued");
      expect(await runSync(db, runnerDeps({ steps: die(at), backoffMs: [0] }), client, run)).toBe("lost");
    }
    const seen = await getRun(db, client, run);
    expect(seen).toMatchObject({
      status: "failed",
      failure: {
        code: "process_died",
        message: "Step 5 (seed) ended the process that worked on it 5 times. Nothing of this step was saved.",
        kept: "Steps 1 to 4 are saved.",
        noRetry: null,
      },
    });
    await retrySync(db, someone, client, { runId: run, withoutFile: false, now });
    expect(await runSync(db, runnerDeps({ steps: die("seed"), backoffMs: [0] }), client, run)).toBe("lost");
    expect((await getRun(db, client, run)).status).toBe("queued");
    expect(await runSync(db, runnerDeps(), client, run)).toBe("succeeded");
  });

  it("leaves living runs alone", async () => {
    const client = await aClient(db);
    const run = await aRun(db, client);
    const seed = async () => {
      expect(await lookAfterRuns(db, watch)).toBe(0);
      return outcome;
    };
    expect(await runSync(db, runnerDeps({ steps: markingSteps({ seed }) }), client, run)).toBe("succeeded");
  });

  it("cannot commit with a lease that another process holds now", async () => {
    const client = await aClient(db);
    const run = await aRun(db, client);
    const seed = async () => {
      await asOwner(db, (owner) =>
        owner.execute(sql`update sync_runs set lease_token = gen_random_uuid() where id = ${run}::uuid`),
      );
      return outcome;
    };
    expect(await runSync(db, runnerDeps({ steps: markingSteps({ seed }) }), client, run)).toBe("lost");
    expect(await marksOf(db, client)).not.toContain("seed");
    expect((await getRun(db, client, run)).status).toBe("running");
  });

  it("that took the job with it has the run queued again", async () => {
    const client = await aClient(db);
    const run = await aRun(db, client);
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
    await lookAfterRuns(db, watch);
    expect((await jobs()).map((job) => job.locked)).toEqual([true, false]);
    expect((await getRun(db, client, run)).status).toBe("queued");
  });
});

describe("the watch over all clients", () => {
  it("is not kept from the others by one that it cannot help", async () => {
    // The watch goes by id.
    const [stuck, client] = [await aClient(db), await aClient(db)].toSorted() as [ClientId, ClientId];
    const runs: [ClientId, RunId][] = [];
    for (const each of [stuck, client]) runs.push([each, await aRun(db, each)]);
    await asOwner(db, async (owner) => {
      for (const [each, run] of runs) {
        await owner.execute(sql`
          update sync_runs set status = 'running', started_at = now(), lease_token = gen_random_uuid(),
            heartbeat_at = clock_timestamp() - interval '5 min'
          where client_id = ${each}::uuid and id = ${run}::uuid`);
      }
      // It cannot be queued again.
      await owner.execute(
        sql`alter table sync_runs add constraint stuck check (not (status = 'queued' and client_id = ${Prisma.raw(`'${stuck}'`)}))`,
      );
    });
    expect(await lookAfterRuns(db, watch)).toBe(1);
    expect((await getRun(db, client, runs[1]![1])).status).toBe("queued");
    expect((await getRun(db, stuck, runs[0]![1])).status).toBe("running");
    await asOwner(db, (owner) => owner.execute(sql`alter table sync_runs drop constraint stuck`));
  });
});

describe("a process that is asked to stop", () => {
  it("finishes the step and gives the run back for another to go on with", async () => {
    const client = await aClient(db);
    const run = await aRun(db, client);
    const stop = new AbortController();
    const totals = () => {
      stop.abort();
      return Promise.resolve(outcome);
    };
    expect(await runSync(db, runnerDeps({ steps: markingSteps({ totals }), stopping: stop.signal }), client, run)).toBe(
      "given_back",
    );
    expect(await getRun(db, client, run)).toMatchObject({ status: "queued" });
    expect(await marksOf(db, client)).toEqual(["adjustments", "import", "totals"]);

    expect(await runSync(db, runnerDeps(), client, run)).toBe("succeeded");
    expect(await marksOf(db, client)).toEqual([...stepNames].toSorted());
  });

  it("gives up a step that does not end in time; its work is not committed", async () => {
    const client = await aClient(db);
    const run = await aRun(db, client);
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
    expect(await runSync(db, runnerDeps({ steps: markingSteps({ totals }), ...signals }), client, run)).toBe(
      "given_back",
    );
    release();
    expect(await runSync(db, runnerDeps(), client, run)).toBe("succeeded");
    expect(await marksOf(db, client)).toEqual([...stepNames].toSorted());
  });

  it("beats while a long step runs", async () => {
    const client = await aClient(db);
    const run = await aRun(db, client);
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
    expect(await runSync(db, runnerDeps({ steps: markingSteps({ seed }), heartbeatMs: 20 }), client, run)).toBe(
      "succeeded",
    );
  });
});
