/** Seeding at once, or as a job where that would take too long to wait for. */
import { record } from "../../audit/record.ts";
import type { Actor } from "../../base/actor.ts";
import { AppError } from "../../base/errors.ts";
import type { ClientId, MissionId } from "../../base/ids.ts";
import type { Db } from "../../db/db.ts";
import type { RootDb } from "../../db/pools.ts";
import { inClient } from "../../db/tx.ts";
import { planOf } from "../../eligibility/plans/service.ts";
import { TooManyPairs } from "../rules.ts";
import type { SeedQueued } from "../schema.ts";
import { countPairs } from "../sql.ts";
import { SEEDING } from "../transaction.ts";
import { busySentence } from "./rules.ts";
import type { JobRequest } from "./schema.ts";
import { type ActiveJob, enqueueJob, findActive, insertJob, type NewJob } from "./sql.ts";

export interface Asked {
  request: JobRequest;
  now: Date;
}

/** Two clicks at once may collide on the one place of the client; the loser looks again. */
const ATTEMPTS = 5;

/**
 * Does `work` in its one transaction, unless that counts more pairs than it may create: then nothing was written, and the request
 * is queued as a job. While a job has the client, the same request answers that job; any other that would create rows is refused:
 * conflict.
 */
export async function seedOrQueue<T>(
  db: RootDb,
  actor: Actor,
  client: ClientId,
  asked: Asked,
  work: (tx: Db) => Promise<T>,
): Promise<T | SeedQueued> {
  try {
    const inside = async (tx: Db) => {
      const active = await findActive(tx, client, asked.request);
      const isFree = active === null || (!active.isSame && (await createsNothing(tx, client, asked.request)));
      return isFree ? work(tx) : joined(active);
    };
    return await inClient(db, client, inside, SEEDING);
  } catch (error) {
    if (!(error instanceof TooManyPairs)) throw error;
    const { pairs, subject } = error;
    return queueJob(db, actor, client, { job: { request: asked.request, name: subject, pairs }, now: asked.now });
  }
}

/** True of a second click on what was done before: it is a success, also while a job seeds something else. */
async function createsNothing(tx: Db, client: ClientId, request: JobRequest): Promise<boolean> {
  if (request.kind === "run") {
    return (await countPairs(tx, client, (request.missionIds ?? null) as MissionId[] | null)).willCreate === 0;
  }
  if (request.kind === "plan") return isApplied(tx, client, request.planId);
  if (request.replaceOver) return false;
  if (request.planId !== undefined) return isApplied(tx, client, request.planId);
  const { willCreate, missionDisabled } = await countPairs(tx, client, [request.missionId as MissionId]);
  return willCreate === 0 && missionDisabled === 0;
}

async function isApplied(tx: Db, client: ClientId, planId: string): Promise<boolean> {
  return (await planOf(tx, client, planId)).seedId !== null;
}

async function joinActive(tx: Db, client: ClientId, request: JobRequest): Promise<SeedQueued | null> {
  const active = await findActive(tx, client, request);
  return active === null ? null : joined(active);
}

function joined(active: ActiveJob): SeedQueued {
  if (active.isSame) return { kind: "queued", jobId: active.id, pairs: active.pairs };
  throw new AppError("conflict", busySentence(active));
}

/** Creates the job, its work in the queue and the audit entry together; answers the job that has the client if it is of this request. */
export function queueJob(
  db: RootDb,
  actor: Actor,
  client: ClientId,
  { job, now, retryOf }: { job: NewJob; now: Date; retryOf?: string },
): Promise<SeedQueued> {
  return inClient(db, client, async (tx) => {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const jobId = await insertJob(tx, client, job, { actor, now });
      if (jobId !== null) {
        await enqueueJob(tx, jobId);
        await record(tx, actor, client, {
          action: "seeding.queued",
          subject: { kind: "seed_job", id: jobId, name: job.name },
          ...(retryOf === undefined ? {} : { after: { retryOf } }),
          counts: { pairs: job.pairs },
        });
        return { kind: "queued", jobId, pairs: job.pairs };
      }
      const active = await joinActive(tx, client, job.request);
      if (active !== null) return active;
    }
    throw new AppError(
      "conflict",
      "Other seedings of this client were starting and ending at the same moment; try again.",
    );
  });
}
