/** The queue's worker: takes the jobs of queued runs, in this process, with a small pool of the owner's (the queue's tables are his). */
import { setTimeout as wait } from "node:timers/promises";
import type { Runner, TaskList } from "graphile-worker";
import { Logger, run } from "graphile-worker";
import { z } from "zod";
import { authorise } from "../access/authorise.ts";
import type { RunId } from "../base/ids.ts";
import type { Log } from "../base/log.ts";
import { createPool } from "../db/pool.ts";
import { placesOf } from "../db/homes.ts";
import type { RootDb } from "../db/pools.ts";
import { workOnJob } from "../seeding/jobs/work.ts";
import { startWatch } from "./attempts/watch.ts";
import type { RunnerDeps } from "./runner.ts";
import { runSync } from "./runner.ts";

/** Runs or large seedings of two clients at once: a step keeps one core of the database busy. */
const CONCURRENCY = 2;
/** A step may take this long to finish once the process is asked to stop; with the rest the exit stays under 10 s. */
const GRACE_MS = 7_000;
const RESTART_MS = 2_000;
const SHUTDOWN_MS = 5_000;
/** So many questions for jobs that failed in a row. */
const FAILURES_AT_MOST = 5;

const payload = z.object({ clientId: z.guid(), runId: z.guid() });
const seedPayload = z.object({ clientId: z.guid(), jobId: z.guid() });

export interface Worker {
  /** Takes no new job; running steps finish or are given back. Resolves within 8 s. */
  stop: () => Promise<void>;
}

export interface WorkerOptions {
  graceMs?: number | undefined;
  /** a run without a sign of life for this long is taken over, 20 s unless said otherwise */
  silentAfterMs?: number | undefined;
  /** how often that is looked for, every 3 s unless said otherwise */
  watchMs?: number | undefined;
}

/** Starts working on queued runs, and watching for those whose process died. Should the queue's connection fail for long, the worker comes back by itself. */
export async function startWorker(
  db: RootDb,
  deps: Omit<RunnerDeps, "stopping" | "givingUp">,
  options: WorkerOptions = {},
): Promise<Worker> {
  const stopping = new AbortController();
  const givingUp = new AbortController();
  const runnerDeps: RunnerDeps = { ...deps, stopping: stopping.signal, givingUp: givingUp.signal };
  const taskList: TaskList = {
    sync: (job) => work(db, runnerDeps, job),
    seed: (job) => seed(db, runnerDeps, job),
  };
  const queues = await Promise.all(
    (await placesOf(db)).map((place) =>
      startQueue(place, taskList, stopping.signal, { log: deps.log, isNode: place !== db }),
    ),
  );
  const watch = startWatch(db, { now: deps.now, log: deps.log, ...options });
  return {
    async stop() {
      stopping.abort();
      await watch.stop();
      const timer = setTimeout(() => givingUp.abort(), options.graceMs ?? GRACE_MS);
      await Promise.all(queues.map((queue) => queue.stop()));
      clearTimeout(timer);
    },
  };
}

/**
 * Works on the queue of one database: a cluster has one on every node with clients, whose jobs are written beside their rows. A node
 * need not be there yet, so that the others' clients are worked for.
 */
async function startQueue(
  { url, session }: RootDb,
  taskList: TaskList,
  stopping: AbortSignal,
  { log, isNode }: { log: Log; isNode: boolean },
): Promise<{ stop: () => Promise<void> }> {
  const pool = createPool({
    connectionString: url,
    application_name: "muster worker",
    max: CONCURRENCY + 2,
    options: session,
  });
  const start = () =>
    run({
      pgPool: pool,
      concurrency: CONCURRENCY,
      noHandleSignals: true,
      // Batched, because only batches are waited for at the end: otherwise the last job stays locked for hours.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      logger: queueLog(log),
      taskList,
    });
  let runner = isNode ? null : await start();
  const watching = keepRunning(runner, stopping, log, async () => (runner = await start()));
  return {
    async stop() {
      // A runner that ended by itself says so by rejecting; then there is nothing left to stop.
      await runner?.stop().catch((error: unknown) => log.debug({ err: error }, "the queue had stopped already"));
      // One whose node is away asks for it again and again, until its pool ends.
      await (isNode ? Promise.race([watching, wait(1_000, undefined, { ref: false })]) : watching);
      // A queue that was given up may never let go of its connection.
      await Promise.race([pool.end(), wait(1_000, undefined, { ref: false })]);
    },
  };
}

async function work(db: RootDb, deps: RunnerDeps, job: unknown): Promise<void> {
  const { clientId, runId } = payload.parse(job);
  const { client } = await authorise(db, { kind: "job", name: "sync worker", clientId }, clientId, "sync:run");
  const outcome = await runSync(db, deps, client, runId as RunId);
  // Most jobs that find nothing to do are of runs that the command line worked on itself.
  if (outcome !== "not_queued") deps.log.info({ client, run: runId, outcome }, "a sync was worked on");
}

async function seed(db: RootDb, deps: RunnerDeps, job: unknown): Promise<void> {
  const { clientId, jobId } = seedPayload.parse(job);
  const { client } = await authorise(db, { kind: "job", name: "seeding worker", clientId }, clientId, "seeding:run");
  const outcome = await workOnJob(db, deps, client, jobId);
  if (outcome !== "waits") deps.log.info({ client, job: jobId, outcome }, "a seeding was worked on");
}

/** A database that comes back finds a worker again, whatever its absence did to the queue. */
async function keepRunning(
  first: Runner | null,
  stopping: AbortSignal,
  log: Log,
  restart: () => Promise<Runner>,
): Promise<void> {
  let runner = first;
  while (!stopping.aborted) {
    try {
      runner ??= await restart();
      await endOf(runner);
    } catch (error) {
      log.warn({ err: error }, "the queue's connection failed; the worker starts again");
    }
    runner = null;
    if (!stopping.aborted) await wait(RESTART_MS, undefined, { signal: stopping }).catch(() => undefined);
  }
}

/**
 * Resolves when the queue has ended or is of no use any more. After a lost connection it may hang in ending itself, waiting for an
 * answer on that very connection; and where its first question was lost it remembers the failure as the answer for ever (0.17.3).
 * Another is then started beside it; what it still works on, it ends.
 */
function endOf(runner: Runner): Promise<void> {
  return new Promise((done, broken) => {
    runner.promise.then(done, broken);
    runner.events.once("pool:gracefulShutdown", () => setTimeout(done, SHUTDOWN_MS).unref());
    let failures = 0;
    const works = () => (failures = 0);
    runner.events.on("worker:getJob:empty", works);
    runner.events.on("job:start", works);
    runner.events.on("worker:getJob:error", () => {
      failures += 1;
      if (failures === FAILURES_AT_MOST) void runner.stop("it cannot ask for jobs").then(done, done);
    });
  });
}

function queueLog(log: Log): Logger {
  return new Logger((scope) => (level, message, meta) => {
    const line = { ...scope, ...(meta?.["error"] === undefined ? {} : { err: meta["error"] }) };
    // A const enum of theirs, which single files cannot read; its values are these words.
    const word: string = level;
    if (word === "error") log.error(line, message);
    else if (word === "warning") log.warn(line, message);
    else log.debug(line, message);
  });
}
