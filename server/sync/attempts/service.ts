/** Taking runs up again when somebody asks: out of the hands of a process that is stuck, or after a failure. */
import { record } from "../../audit/record.ts";
import type { Actor } from "../../base/actor.ts";
import { AppError, notFound } from "../../base/errors.ts";
import type { ClientId, RunId } from "../../base/ids.ts";
import type { Db } from "../../db/db.ts";
import type { RootDb } from "../../db/pools.ts";
import { sqlStateOf } from "../../db/sql-errors.ts";
import { inClient } from "../../db/tx.ts";
import type { RunStatus, SyncReleased, SyncRetried, SyncRetryInput } from "../schema.ts";
import { lastEventNumber } from "../history/sql.ts";
import { refuseUnusable } from "../service.ts";
import * as runs from "../sql.ts";
import { subjectOf, tellRequeued } from "../tell.ts";
import { stepWords } from "./rules.ts";
import * as store from "./sql.ts";
import { requeue } from "./takeover.ts";

/** Takes a running run out of the hands of the process that holds it, for another to go on with. */
export function releaseSync(
  db: RootDb,
  actor: Actor,
  client: ClientId,
  input: { runId: string; now: Date },
): Promise<SyncReleased> {
  const runId = input.runId as RunId;
  return inClient(db, client, async (tx) => {
    await runs.makeWay(tx, client, runId, { gently: false });
    const held = await store.holdRun(tx, client, runId);
    if (held === null) throw notFound("This sync");
    if (held.status !== "running") return { kind: "not_running", status: held.status };
    const message = `Released by ${actor.name}`;
    await store.endAttempt(tx, client, runId, { outcome: "released", message, now: input.now });
    const note = `${actor.name} released the run from ${held.holder}; another process goes on at ${stepWords(held.nextStep)}.`;
    await requeue(tx, client, runId, { note, now: input.now });
    await record(tx, actor, client, {
      action: "sync.released",
      subject: subjectOf({ id: runId, number: held.number }),
      before: { holder: held.holder, heartbeatAt: held.heartbeatAt.toISOString() },
    });
    return { kind: "released" };
  });
}

/**
 * Has the client's latest run go on at the step it failed at, with the same clock; a refused file may be left out. Throws conflict
 * with a sentence for a run that did not fail, or after which another came, and for a file that cannot be taken.
 */
export async function retrySync(
  db: RootDb,
  actor: Actor,
  client: ClientId,
  input: Omit<SyncRetryInput, "clientId"> & { now: Date },
): Promise<SyncRetried> {
  try {
    return await inClient(db, client, (tx) => retryRun(tx, actor, client, input));
  } catch (error) {
    // The database holds one run at a time; the other start was not to be seen yet.
    if (sqlStateOf(error) !== "23505") throw error;
    throw new AppError("conflict", "Another sync of this client was started at the same moment; see to that one.");
  }
}

async function retryRun(
  tx: Db,
  actor: Actor,
  client: ClientId,
  input: Omit<SyncRetryInput, "clientId"> & { now: Date },
): Promise<SyncRetried> {
  const runId = input.runId as RunId;
  const run = await store.holdStoppedRun(tx, client, runId);
  if (run === null) throw notFound("This sync");
  refuseRetry(run);
  if (input.withoutFile && run.isImported) {
    throw new AppError("conflict", "The file of this run is in already; retry it as it is.", { field: "withoutFile" });
  }
  if (run.importId !== null && !run.isImported && !input.withoutFile) await refuseUnusable(tx, client, run.importId);
  const after = await lastEventNumber(tx, client, runId);
  const step = await store.reopenRun(tx, client, runId, { withoutFile: input.withoutFile });
  await runs.enqueueRun(tx, runId);
  const file = input.withoutFile ? ", without a file" : "";
  const note = `${actor.name} had the run go on at ${stepWords(step?.position ?? null)}${file}.`;
  await tellRequeued(tx, client, runId, { step, note, now: input.now });
  await record(tx, actor, client, {
    action: "sync.retried",
    subject: subjectOf({ id: runId, number: run.number }),
    after: { step: step?.name ?? null, withoutFile: input.withoutFile },
  });
  return { kind: "queued", runId, number: run.number, after };
}

function refuseRetry({ number, status, latest }: store.StoppedRun): void {
  if (status !== "failed") {
    throw new AppError("conflict", `Sync ${number} ${STATES[status]}; only a failed one can be retried.`);
  }
  if (latest !== number) {
    throw new AppError(
      "conflict",
      `Sync ${latest} came after it, so the programme has moved on; start a new sync instead of retrying ${number}.`,
    );
  }
}

const STATES: Record<RunStatus, string> = {
  queued: "is waiting for its turn",
  held: "is held",
  discarded: "was discarded",
  running: "is under way",
  succeeded: "went through",
  succeeded_with_warnings: "went through, with warnings",
  failed: "failed",
  cancelled: "was cancelled",
};
