/** Looks for jobs whose process died, or whose place in the queue was lost with one. */
import { record } from "../../audit/record.ts";
import type { Actor } from "../../base/actor.ts";
import type { ClientId } from "../../base/ids.ts";
import type { Log } from "../../base/log.ts";
import type { Db } from "../../db/db.ts";
import type { RootDb } from "../../db/pools.ts";
import { inAccess, inClient } from "../../db/tx.ts";
import { ATTEMPTS_AT_MOST, killedItsProcesses, SILENT_AFTER_MS } from "./rules.ts";
import { holdSilent, isWorkFree, listSilent, touchQueued } from "./silent-sql.ts";
import * as store from "./sql.ts";

export interface WatchOptions {
  now: () => Date;
  log: Log;
  silentAfterMs?: number | undefined;
}

/**
 * Queues jobs of all clients again on which nobody works any more; one that cost five processes fails. Answers how many had lost
 * their process. One client's trouble is logged and leaves the others alone.
 */
export async function lookAfterJobs(db: RootDb, options: WatchOptions): Promise<number> {
  const silentAfterMs = options.silentAfterMs ?? SILENT_AFTER_MS;
  const silent = await inAccess(db, (tx) => listSilent(tx, silentAfterMs));
  let lost = 0;
  // A loop over clients with a large seeding under way, of which there are few.
  for (const { clientId, jobId } of silent) {
    try {
      const asked = { silentAfterMs, now: options.now() };
      if (await inClient(db, clientId, (tx) => lookAfter(tx, clientId, jobId, asked))) {
        options.log.warn({ client: clientId, job: jobId }, "a seeding had lost its process");
        lost += 1;
      }
    } catch (error) {
      options.log.error({ err: error, client: clientId, job: jobId }, "a seeding could not be looked after");
    }
  }
  return lost;
}

/** True when the job had lost its process. */
async function lookAfter(
  tx: Db,
  client: ClientId,
  jobId: string,
  { silentAfterMs, now }: { silentAfterMs: number; now: Date },
): Promise<boolean> {
  const job = await holdSilent(tx, client, jobId, silentAfterMs);
  if (job?.status === "queued") {
    if (await touchQueued(tx, client, jobId)) await store.enqueueJob(tx, jobId);
    return false;
  }
  // As long as its transaction lives, somebody works on it, and a look must not touch its row.
  if (job?.status !== "running" || !(await isWorkFree(tx, jobId))) return false;
  if (job.attempts >= ATTEMPTS_AT_MOST) {
    const failure = killedItsProcesses(job.attempts);
    await store.endJob(tx, client, job, { failure, now });
    const actor: Actor = { kind: "job", name: "seeding watch", clientId: client };
    const subject = { kind: "seed_job", id: job.id, name: job.name };
    await record(tx, actor, client, { action: "seeding.failed", subject, after: { ...failure } });
  } else if (await store.requeueJob(tx, client, job)) {
    await store.enqueueJob(tx, jobId);
  }
  return true;
}
