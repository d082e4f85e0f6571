import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { ClientId, RunId } from "../base/ids.ts";
import { createLog } from "../base/log.ts";
import type { Db } from "../db/db.ts";
import { sql } from "../db/db.ts";
import { Prisma } from "../db/generated/client.ts";
import { aClient, asOwner } from "../testing/builders.ts";
import { testDatabase } from "../testing/database.ts";
import { aRun, auditOf, markingSteps, marksOf, outcome, runnerDeps, someone } from "../testing/runs.ts";
import { getRun } from "./history/service.ts";
import { runSync } from "./runner.ts";
import { stepNames } from "./schema.ts";
import { failSilentRuns, startSync } from "./service.ts";

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
  it("leaves a run that is shown as failed and does not block the next", async () => {
    const client = await aClient(db);
    const run = await aRun(db, client);
    const tiers = async (_: Db, inside: ClientId) => {
      await silence(inside, run);
      expect(await failSilentRuns(db, watch)).toBe(1);
      return outcome;
    };
    // The process was only thought dead: what it comes back with is not committed.
    expect(await runSync(db, runnerDeps({ steps: markingSteps({ tiers }) }), client, run)).toBe("lost");
    const seen = await getRun(db, client, run);
    expect(seen).toMatchObject({ status: "failed", error: { code: "process_died" } });
    expect(seen.steps[3]).toMatchObject({ name: "tiers", status: "failed" });
    expect(await marksOf(db, client)).toEqual(["adjustments", "import", "totals"]);
    expect(await runSync(db, runnerDeps(), client, await aRun(db, client))).toBe("succeeded");
    expect(await auditOf(db, client)).toEqual(["sync.started", "sync.failed", "sync.started", "sync.succeeded"]);
  });

  it("is noticed by the next start too", async () => {
    const client = await aClient(db);
    const run = await aRun(db, client);
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
    const run = await aRun(db, client);
    const seed = async () => {
      expect(await failSilentRuns(db, watch)).toBe(0);
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
    await failSilentRuns(db, watch);
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
      // Its end cannot be written.
      await owner.execute(
        sql`alter table sync_runs add constraint stuck check (not (status = 'failed' and client_id = ${Prisma.raw(`'${stuck}'`)}))`,
      );
    });
    expect(await failSilentRuns(db, watch)).toBe(1);
    expect((await getRun(db, client, runs[1]![1])).status).toBe("failed");
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
