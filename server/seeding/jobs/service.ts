/** Looking at seedings that are jobs, cancelling one, and trying one again. */
import { authorise } from "../../access/authorise.ts";
import { record } from "../../audit/record.ts";
import type { Actor } from "../../base/actor.ts";
import { AppError, notFound } from "../../base/errors.ts";
import type { ClientId, SeedId } from "../../base/ids.ts";
import type { Db } from "../../db/db.ts";
import type { RootDb } from "../../db/pools.ts";
import { inClient } from "../../db/tx.ts";
import { findSeed } from "../history/sql.ts";
import type { SeedQueued } from "../schema.ts";
import { queueJob } from "./queue.ts";
import { failureDto, missionOfRequest, planOfRequest } from "./rules.ts";
import { type JobCancelled, jobRequest, type SeedJobDto } from "./schema.ts";
import * as store from "./sql.ts";

/** One job as it stands; not_found for an id of nobody here. */
export function getJob(db: RootDb, client: ClientId, jobId: string): Promise<SeedJobDto> {
  return inClient(db, client, async (tx) => dtoOf(tx, client, await jobOf(tx, client, jobId)));
}

/** The newest job of the client, or null where no seeding was ever that large. */
export function latestJob(db: RootDb, client: ClientId): Promise<SeedJobDto | null> {
  return inClient(db, client, async (tx) => {
    const row = await store.findLatest(tx, client);
    return row === null ? null : dtoOf(tx, client, row);
  });
}

/** Cancels a job that is queued or under way; what it wrote is rolled back, also when it comes to commit at this very moment. */
export function cancelJob(
  db: RootDb,
  actor: Actor,
  client: ClientId,
  { jobId, now }: { jobId: string; now: Date },
): Promise<JobCancelled> {
  return inClient(db, client, async (tx) => {
    const isCancelled = await store.cancelJob(tx, client, jobId, now);
    const job = await jobOf(tx, client, jobId);
    if (!isCancelled) return { kind: "over", status: job.status };
    await store.stopWork(tx, jobId, { gently: true });
    await record(tx, actor, client, {
      action: "seeding.cancelled",
      subject: { kind: "seed_job", id: jobId, name: job.name },
    });
    return { kind: "cancelled" };
  });
}

/**
 * Queues anew what a failed or cancelled job was asked for, in the name of whoever tries again. conflict for one that did not fail,
 * or whose preview does not hold any more; forbidden for an activation by somebody who may not activate.
 */
export async function retryJob(
  db: RootDb,
  actor: Actor,
  client: ClientId,
  { jobId, now }: { jobId: string; now: Date },
): Promise<SeedQueued> {
  const row = await inClient(db, client, (tx) => jobOf(tx, client, jobId));
  const request = jobRequest.parse(row.request);
  if (request.kind === "activation") await authorise(db, actor, client, "missions:write");
  const refusal = retryRefusal(row);
  if (refusal !== null) throw new AppError("conflict", refusal);
  const job = { request, name: row.name, pairs: row.pairs };
  return queueJob(db, actor, client, { job, now, retryOf: jobId });
}

function retryRefusal(row: store.JobRow): string | null {
  if (row.status === "cancelled") return null;
  if (row.status !== "failed") return "Only a seeding that failed or was cancelled can be tried again.";
  const { noRetry, advice } = failureOf(row)!;
  return noRetry === null ? null : `${noRetry} ${advice}`;
}

async function jobOf(tx: Db, client: ClientId, jobId: string): Promise<store.JobRow> {
  const row = await store.findJob(tx, client, jobId);
  if (row === null) throw notFound("This seeding");
  return row;
}

async function dtoOf(tx: Db, client: ClientId, row: store.JobRow): Promise<SeedJobDto> {
  const request = jobRequest.parse(row.request);
  const { id, status, name, pairs, byName, createdAt, startedAt, endedAt, attempts, waitsForRun, outcome } = row;
  const taken = { createdAt, startedAt, endedAt, attempts, waitsForRun };
  return {
    id,
    status,
    name,
    pairs,
    byName,
    outcome,
    ...taken,
    kind: request.kind,
    planId: planOfRequest(request),
    missionId: missionOfRequest(request),
    seed: row.seedId === null ? null : await findSeed(tx, client, row.seedId as SeedId),
    failure: failureOf(row),
  };
}

function failureOf({ errorCode, errorMessage }: store.JobRow) {
  return errorMessage === null ? null : failureDto({ code: errorCode ?? "unexpected", message: errorMessage });
}
