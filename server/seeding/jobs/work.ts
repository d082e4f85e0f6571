/**
 * Works on a job: what the request would have done, and the job's end, in one transaction. Whoever works holds the job's lock; a
 * process that dies lets go of it, what it did is rolled back, and another takes the job.
 */
import { record } from "../../audit/record.ts";
import type { ClientId } from "../../base/ids.ts";
import { unlessGivenUp } from "../../base/give-up.ts";
import type { Log } from "../../base/log.ts";
import type { Db } from "../../db/db.ts";
import type { RootDb } from "../../db/pools.ts";
import { isConnectionLost, troubleOf } from "../../db/sql-errors.ts";
import { refreshStatistics } from "../../db/statistics.ts";
import { inClient } from "../../db/tx.ts";
import { activate } from "../activation/service.ts";
import { seedFromPlan } from "../apply/service.ts";
import type { SeedRefused } from "../schema.ts";
import { seedChosen } from "../service.ts";
import { SEEDING } from "../transaction.ts";
import { jobFailure, refusalFailure, starterOf } from "./rules.ts";
import { type JobOutcome, jobRequest } from "./schema.ts";
import { touchQueued } from "./silent-sql.ts";
import * as store from "./sql.ts";

export interface JobDeps {
  now: () => Date;
  log: Log;
  /** aborted when the process is asked to stop: nothing new is begun */
  stopping?: AbortSignal | undefined;
  /** aborted when there is no time left: the work is given up and the job goes back into the queue */
  givingUp?: AbortSignal | undefined;
}

/** `waits`: for a sync, and is queued again. `lost`: cancelled or taken over meanwhile. `left`: the connection broke; whoever looks after jobs takes it up. */
export type JobEnd = "succeeded" | "failed" | "waits" | "not_queued" | "lost" | "left" | "given_back";

/** A sync takes minutes. */
const WAIT_FOR_SYNC_MS = 5_000;

/** The job is no longer this process's: what is under way is rolled back. */
class JobLost extends Error {}

/** Takes a queued job and brings it to its end, unless it is taken away or the process stops. Never throws for what failed in it. */
export async function workOnJob(db: RootDb, deps: JobDeps, client: ClientId, jobId: string): Promise<JobEnd> {
  if (deps.stopping?.aborted === true) return "not_queued";
  const job = await inClient(db, client, (tx) => store.claimJob(tx, client, jobId, deps.now()));
  if (job === null) return inClient(db, client, (tx) => waitInQueue(tx, client, jobId));
  const end = await unlessGivenUp(finish(db, deps, client, job), deps.givingUp);
  return end === "given_up" ? giveBack(db, client, job) : end;
}

async function waitInQueue(tx: Db, client: ClientId, jobId: string): Promise<JobEnd> {
  if (!(await touchQueued(tx, client, jobId))) return "not_queued";
  await store.enqueueJob(tx, jobId, WAIT_FOR_SYNC_MS);
  return "waits";
}

async function finish(db: RootDb, deps: JobDeps, client: ClientId, job: store.ClaimedJob): Promise<JobEnd> {
  try {
    // What was rolled back let go of the lock, and the job may have been taken longer ago than a process may be silent.
    const beforeRetry = () => inClient(db, client, (tx) => store.renewTaking(tx, client, job));
    const options = { ...SEEDING, beforeRetry };
    const { status, created } = await inClient(db, client, (tx) => work(tx, deps, client, job), options);
    await inform(db, client, deps, created);
    return status;
  } catch (error) {
    if (error instanceof JobLost) return "lost";
    // It may even have been committed: nothing can be said of it from here.
    if (isConnectionLost(error)) {
      deps.log.warn({ err: error, client, job: job.id }, "a seeding lost its connection");
      return "left";
    }
    return fail(db, deps, client, job, error);
  }
}

async function work(
  tx: Db,
  deps: JobDeps,
  client: ClientId,
  job: store.ClaimedJob,
): Promise<{ status: "succeeded" | "failed"; created: number }> {
  await store.beginWork(tx, job.id);
  if (!(await store.isStillOurs(tx, client, job))) throw new JobLost();
  const answer = await perform(tx, client, job);
  const now = deps.now();
  if (!("kind" in answer)) {
    if (!(await store.endJob(tx, client, job, { ...answer, now }))) throw new JobLost();
    return { status: "succeeded", created: answer.outcome.created };
  }
  const failure = refusalFailure(answer);
  if (!(await store.endJob(tx, client, job, { failure, now }))) throw new JobLost();
  await recordFailure(tx, client, job, failure);
  return { status: "failed", created: 0 };
}

interface Done {
  outcome: JobOutcome;
  seedId: string | null;
}

/** What was asked for, as at the moment when it was: a preview does not expire in the queue. */
async function perform(tx: Db, client: ClientId, job: store.ClaimedJob): Promise<Done | SeedRefused> {
  const request = jobRequest.parse(job.request);
  const [actor, now] = [starterOf(job, client), job.createdAt];
  const whole = { atMost: Number.POSITIVE_INFINITY, now };
  if (request.kind === "run") return doneOf(await seedChosen(tx, actor, client, request, whole));
  const answer =
    request.kind === "plan"
      ? await seedFromPlan(tx, actor, client, request.planId, whole)
      : await activate(tx, actor, client, request, whole);
  return answer.kind === "stale" || answer.kind === "expired" ? answer : doneOf(answer);
}

type Answer = Pick<JobOutcome, "created" | "alreadySeeded"> & Partial<JobOutcome> & { seedId: string | null };

function doneOf({ seedId, created, alreadySeeded, notEligible, unknown, woken, replaced }: Answer): Done {
  const outcome = {
    created,
    alreadySeeded,
    notEligible: notEligible ?? null,
    unknown: unknown ?? null,
    woken: woken ?? null,
    replaced: replaced ?? null,
  };
  return { outcome, seedId };
}

/** What was written is committed: a plan that is worse than it could be is no reason to fail. */
async function inform(db: RootDb, client: ClientId, { log }: JobDeps, created: number): Promise<void> {
  try {
    await refreshStatistics(db, client, { mission_progress: created });
  } catch (error) {
    log.warn({ err: error }, "the planner's statistics could not be refreshed");
  }
}

function fail(
  db: RootDb,
  deps: JobDeps,
  client: ClientId,
  job: store.ClaimedJob,
  error: unknown,
): Promise<"failed" | "lost"> {
  const failure = jobFailure(error, troubleOf(error));
  return inClient(db, client, async (tx) => {
    if (!(await store.endJob(tx, client, job, { failure, now: deps.now() }))) return "lost";
    if (failure.code === "unexpected")
      deps.log.error({ err: error, client, job: job.id }, "a seeding failed unexpectedly");
    await recordFailure(tx, client, job, failure);
    return "failed";
  });
}

async function recordFailure(
  tx: Db,
  client: ClientId,
  job: store.ClaimedJob,
  failure: { code: string; message: string },
): Promise<void> {
  await record(tx, starterOf(job, client), client, {
    action: "seeding.failed",
    subject: { kind: "seed_job", id: job.id, name: job.name },
    after: { ...failure },
  });
}

/** Back into the queue for another process; what was under way is rolled back. */
function giveBack(db: RootDb, client: ClientId, job: store.ClaimedJob): Promise<JobEnd> {
  return inClient(db, client, async (tx) => {
    if (!(await store.requeueJob(tx, client, job))) return "lost";
    await store.stopWork(tx, job.id, { gently: false });
    await store.enqueueJob(tx, job.id);
    return "given_back";
  });
}
