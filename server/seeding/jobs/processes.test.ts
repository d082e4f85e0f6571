/** A large seeding and the processes that work on it: whatever becomes of them, its rows are there once or not at all. */
import { describe, expect, it } from "vitest";
import type { ClientId } from "../../base/ids.ts";
import { sql } from "../../db/db.ts";
import { withOwner } from "../../db/tx.ts";
import { getRun } from "../../sync/history/service.ts";
import { runSync } from "../../sync/runner.ts";
import { pipeline } from "../../sync/steps.ts";
import { aCreator, aMission, asOwner } from "../../testing/builders.ts";
import { testDatabase } from "../../testing/database.ts";
import { startEntry } from "../../testing/processes.ts";
import { aRun, auditOf, runnerDeps } from "../../testing/runs.ts";
import { aLargeClient, jobDeps, jobNow as now, rowsIn, whileHalfWritten } from "../../testing/seed-jobs.ts";
import { othersWait } from "../../testing/waiting.ts";
import { ATTEMPTS_AT_MOST } from "./rules.ts";
import { lookAfterJobs } from "./watch.ts";

const db = testDatabase();
const look = () => lookAfterJobs(db, { ...jobDeps, silentAfterMs: 0 });

async function aJob() {
  const large = await aLargeClient(db);
  const { jobId } = await large.caller.seeding.run(large.asked);
  const job = () => large.caller.seeding.job({ ...large.asked, jobId: jobId! });
  return { ...large, jobId: jobId!, job };
}

/** As if a process had taken the job a minute ago and died before it began, or long after. */
function leave(client: ClientId, attempts = 1): Promise<number> {
  return asOwner(db, (owner) =>
    owner.execute(sql`
      update seed_jobs set status = 'running', attempts = ${attempts}, started_at = created_at,
        looked_at = statement_timestamp() - interval '1 minute'
      where client_id = ${client}::uuid`),
  );
}

describe("a process killed in the middle", () => {
  it("leaves no row, and the next takes the job and creates each once", async () => {
    const { client, mission, users, jobId, job, work } = await aJob();
    const worker = startEntry("worker.ts", { env: { DATABASE_URL: db.url, LOG_LEVEL: "silent" } });
    await whileHalfWritten(
      db,
      { client, mission, users },
      () => undefined,
      async () => {
        expect(await job()).toMatchObject({ status: "running", attempts: 1 });
        expect(await look()).toBe(0);
        worker.kill("SIGKILL");
        await worker.ended;
        // The database finds within 2 s that nobody listens any more.
        while ((await look()) === 0);
        return undefined;
      },
    );
    expect(await job()).toMatchObject({ status: "queued" });
    expect(await rowsIn(db, client)).toBe(0);
    expect(await work(jobId)).toBe("succeeded");
    expect(await job()).toMatchObject({ status: "succeeded", attempts: 2, outcome: { created: 3, alreadySeeded: 0 } });
    expect(await rowsIn(db, client)).toBe(3);
    expect(await auditOf(db, client)).toEqual(["seeding.queued", "missions.seeded"]);
  }, 60_000);

  it("and one that lost only its connection leave the same behind: a job that is taken up again", async () => {
    const { client, mission, users, jobId, job, work } = await aJob();
    const start = () => work(jobId);
    await whileHalfWritten(db, { client, mission, users }, start, async (working) => {
      await asOwner(db, (owner) =>
        owner.query(sql`
          select pg_terminate_backend(pid)::text as ended from pg_locks where locktype = 'advisory' and database =
            (select oid from pg_database where datname = current_database()) and pid <> pg_backend_pid()`),
      );
      expect(await working).toBe("left");
    });
    expect(await look()).toBe(1);
    expect(await work(jobId)).toBe("succeeded");
    expect(await job()).toMatchObject({ attempts: 2, outcome: { created: 3 } });
    expect(await rowsIn(db, client)).toBe(3);
  });

  it("five times ends the job as failed, with a sentence and a way to try again", async () => {
    const { client, asked, caller, jobId, job, work } = await aJob();
    await leave(client, ATTEMPTS_AT_MOST);
    expect(await look()).toBe(1);
    const { status, failure } = await job();
    expect(status).toBe("failed");
    expect(failure).toMatchObject({
      code: "process_died",
      message: "The seeding ended the process that worked on it 5 times. Nothing was written.",
      noRetry: null,
    });
    expect(await auditOf(db, client)).toEqual(["seeding.queued", "seeding.failed"]);
    const again = await caller.seeding.retryJob({ ...asked, jobId });
    expect(await work(again.jobId)).toBe("succeeded");
    expect(await rowsIn(db, client)).toBe(3);
  });

  it("that only seemed dead finds its job gone and writes nothing", async () => {
    const { client, mission, users, jobId, work, job } = await aJob();
    const start = () => work(jobId);
    const { working } = await whileHalfWritten(db, { client, mission, users }, start, async (begun) => {
      await leave(client, 7);
      return { working: begun };
    });
    expect(await working).toBe("lost");
    expect(await rowsIn(db, client)).toBe(0);
    expect(await job()).toMatchObject({ status: "running", attempts: 7 });
  });
});

describe("a live job", () => {
  it("is not taken from a process that took it after the look had begun", async () => {
    const { client, job } = await aJob();
    await leave(client);
    await withOwner(db, (other) =>
      withOwner(db, async (watcher) => {
        await other.query("begin");
        // The list may be read, and no row held.
        await other.query("lock table seed_jobs in exclusive mode");
        const looking = lookAfterJobs(db, jobDeps);
        await othersWait(watcher);
        await other.query("update seed_jobs set attempts = 2, looked_at = statement_timestamp() where client_id = $1", [
          client,
        ]);
        await other.query("commit");
        await looking;
      }),
    );
    expect(await job()).toMatchObject({ status: "running", attempts: 2 });
    // As long ago as the other was, it is.
    await leave(client, 2);
    await lookAfterJobs(db, jobDeps);
    expect(await job()).toMatchObject({ status: "queued", attempts: 2 });
  });

  it("says that it is alive before its work is run again", async () => {
    const { client, mission, users, jobId, job, work } = await aJob();
    const start = () => work(jobId);
    const { working } = await whileHalfWritten(db, { client, mission, users }, start, async (begun) => {
      // Taken long ago; and changed since its snapshot, which makes it run again.
      await leave(client);
      return { working: begun };
    });
    expect(await working).toBe("succeeded");
    expect(await job()).toMatchObject({ status: "succeeded", attempts: 1 });
    const [row] = await asOwner(db, (owner) =>
      owner.query<{ isRecent: boolean }>(sql`
        select looked_at > now() - interval '50 s' as "isRecent" from seed_jobs where client_id = ${client}::uuid`),
    );
    expect(row).toEqual({ isRecent: true });
  });
});

it("a cancel ends what is under way, and nothing of it stays", async () => {
  const { client, mission, users, asked, caller, jobId, work, job } = await aJob();
  const start = () => work(jobId);
  await whileHalfWritten(db, { client, mission, users }, start, async (working) => {
    expect(await caller.seeding.cancelJob({ ...asked, jobId })).toEqual({ kind: "cancelled" });
    expect(await working).toBe("lost");
  });
  expect(await job()).toMatchObject({ status: "cancelled", outcome: null, failure: null });
  expect(await rowsIn(db, client)).toBe(0);
  expect(await caller.seeding.cancelJob({ ...asked, jobId })).toEqual({ kind: "over", status: "cancelled" });
  expect(await auditOf(db, client)).toEqual(["seeding.queued", "seeding.cancelled"]);
  const again = await caller.seeding.retryJob({ ...asked, jobId });
  expect(await work(again.jobId)).toBe("succeeded");
});

it("a process that is asked to stop gives its job back, for another", async () => {
  const { client, mission, users, jobId, work, job } = await aJob();
  const givingUp = new AbortController();
  const start = () => work(jobId, { givingUp: givingUp.signal });
  await whileHalfWritten(db, { client, mission, users }, start, async (working) => {
    givingUp.abort();
    expect(await working).toBe("given_back");
  });
  expect(await job()).toMatchObject({ status: "queued" });
  expect(await rowsIn(db, client)).toBe(0);
  expect(await work(jobId)).toBe("succeeded");
  expect(await rowsIn(db, client)).toBe(3);
});

it("a job waits while a sync of its client is under way, and says which", async () => {
  const { client, jobId, work, job } = await aJob();
  const run = await aRun(db, client);
  const runs = (status: "running" | "cancelled") =>
    asOwner(db, (owner) =>
      owner.execute(sql`
        update sync_runs set status = ${status}, started_at = ${now}::timestamptz, lease_token = gen_random_uuid(),
          ended_at = case when ${status} = 'cancelled' then now() end
        where client_id = ${client}::uuid and id = ${run}::uuid`),
    );
  await runs("running");
  expect(await work(jobId)).toBe("waits");
  expect(await job()).toMatchObject({ status: "queued", attempts: 0, waitsForRun: 1 });
  await runs("cancelled");
  expect(await work(jobId)).toBe("succeeded");
  expect(await rowsIn(db, client)).toBe(3);
});

it("a sync that begins while a job is under way waits for its rows, and the two add up", async () => {
  const { client, mission, users, jobId, work, job } = await aJob();
  await aCreator(db, client, { tier: "tier_2" });
  await aMission(db, client);
  const run = await aRun(db, client);
  const start = () => work(jobId);
  const both = await whileHalfWritten(db, { client, mission, users }, start, async (working) => {
    const syncing = runSync(db, runnerDeps({ steps: pipeline }), client, run);
    await withOwner(db, (watcher) => othersWait(watcher, 2));
    return { working, syncing };
  });
  expect(await both.working).toBe("succeeded");
  expect(await both.syncing).toBe("succeeded");
  const { outcome } = await job();
  const { totals } = await getRun(db, client, run);
  expect(outcome!.created + totals.seeded).toBe(await rowsIn(db, client));
  expect(await rowsIn(db, client)).toBe(4 * 2);
});

it("a queued job whose place in the queue was lost is queued again", async () => {
  const { jobId, job } = await aJob();
  const key = `seed:${jobId}`;
  const places = async () => {
    const rows = await asOwner(db, (owner) =>
      owner.query(sql`select 1 as place from graphile_worker.jobs where key = ${key}`),
    );
    return rows.length;
  };
  expect(await places()).toBe(1);
  await asOwner(db, (owner) => owner.query(sql`select graphile_worker.remove_job(${key})::text as gone`));
  expect(await places()).toBe(0);
  await look();
  expect(await places()).toBe(1);
  expect(await job()).toMatchObject({ status: "queued", attempts: 0 });
});
