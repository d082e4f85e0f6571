/** Starting, cancelling and burying runs. What happens inside a run is the runner's. */
import { record } from "../audit/record.ts";
import type { Actor } from "../base/actor.ts";
import { AppError, notFound } from "../base/errors.ts";
import type { ClientId, ImportId, RunId } from "../base/ids.ts";
import type { Log } from "../base/log.ts";
import type { Db } from "../db/db.ts";
import type { RootDb } from "../db/pools.ts";
import { inAccess, inClient } from "../db/tx.ts";
import { chooseRows } from "../imports/service.ts";
import { PROCESS_DIED, sourceOf } from "./rules.ts";
import type { RunRow, RunStatus, SyncCancelled, SyncStarted } from "./schema.ts";
import * as store from "./sql.ts";

export interface StartOptions {
  importId?: string | undefined;
  /** of the file of `importId`: with one rejected row nothing is imported */
  allOrNothing?: boolean | undefined;
  inbox: boolean;
  now: Date;
  /** set by the schedule: the due time this run stands for */
  scheduledFor?: Date | undefined;
  /** where it comes from, when the actor does not say it: the demo */
  source?: RunRow["source"] | undefined;
}

/** `taken`: the scheduled time has its run already. */
export type RunStarted = SyncStarted | { kind: "taken" };

/** Two starts at once may collide on the number; the loser looks again. */
const ATTEMPTS = 5;

/**
 * Starts a run in the open transaction: its row, its eight steps, its job and the audit entry exist together or not at all.
 * Answers `busy` with the run that is queued or running (domain reference, section 8: one run per client at a time).
 */
export async function startRun(tx: Db, actor: Actor, client: ClientId, options: StartOptions): Promise<RunStarted> {
  await buryIfSilent(tx, actor, client, options.now);
  if (options.importId !== undefined) {
    await refuseUnusable(tx, client, options.importId);
    await chooseRows(tx, client, options.importId as ImportId, options.allOrNothing ?? false);
  }
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const run = await store.insertRun(tx, client, {
      source: options.source ?? sourceOf(actor),
      importId: (options.importId ?? null) as ImportId | null,
      takesInbox: options.inbox && options.importId === undefined,
      scheduledFor: options.scheduledFor ?? null,
      actor,
      now: options.now,
    });
    if (run !== null) {
      await store.insertSteps(tx, client, run.id);
      await store.enqueueRun(tx, run.id);
      await record(tx, actor, client, { action: "sync.started", subject: subjectOf(run) });
      return { kind: "started", runId: run.id, number: run.number };
    }
    const active = await store.findActiveRun(tx, client);
    if (active !== null) return { kind: "busy", runId: active.id, number: active.number };
    if (options.scheduledFor !== undefined && (await store.hasRunFor(tx, client, options.scheduledFor))) {
      return { kind: "taken" };
    }
  }
  throw new AppError("conflict", "Other syncs of this client were starting and ending at the same moment; try again.");
}

/** Starts a run for whoever asked; one at a time, the others are told which one is under way. */
export async function startSync(
  db: RootDb,
  actor: Actor,
  client: ClientId,
  options: Omit<StartOptions, "scheduledFor">,
): Promise<SyncStarted> {
  const started = await inClient(db, client, (tx) => startRun(tx, actor, client, options));
  if (started.kind === "taken") throw new Error("a run without a scheduled time cannot be taken");
  return started;
}

/** Cancels a queued or running run. A step in flight is rolled back when it comes to commit. */
export function cancelSync(
  db: RootDb,
  actor: Actor,
  client: ClientId,
  input: { runId: string; now: Date },
): Promise<SyncCancelled> {
  const runId = input.runId as RunId;
  return inClient(db, client, async (tx) => {
    const isCancelled = await store.endRun(tx, client, runId, { status: "cancelled", now: input.now });
    const run = await store.findRun(tx, client, runId);
    if (run === null) throw notFound("This sync");
    if (!isCancelled) return { kind: "over", status: run.status };
    await store.cancelSteps(tx, client, runId, input.now);
    await tellEnd(tx, client, runId, { status: "cancelled", error: null }, input.now);
    await record(tx, actor, client, {
      action: "sync.cancelled",
      subject: subjectOf({ id: runId, number: run.number }),
    });
    return { kind: "cancelled" };
  });
}

/**
 * Fails running runs whose process gave no sign of life for 30 s and queues again those whose job got lost; of all clients.
 * Called at every tick and at start. Answers how many were failed. One client's trouble is logged and leaves the others alone.
 */
export async function failSilentRuns(db: RootDb, { now, log }: { now: () => Date; log: Log }): Promise<number> {
  const silent = await inAccess(db, (tx) => store.listSilentRuns(tx));
  let failed = 0;
  // A loop over clients, of which few have a silent run: each is dealt with inside its own client.
  for (const run of silent) {
    try {
      if (await lookAfter(db, run, now())) failed += 1;
    } catch (error) {
      log.error(
        { err: error, client: run.clientId, run: run.runId },
        "a run without a sign of life could not be looked after",
      );
    }
  }
  return failed;
}

/** True when the run was failed. */
function lookAfter(db: RootDb, { clientId, runId, status }: store.SilentRun, now: Date): Promise<boolean> {
  const watch: Actor = { kind: "job", name: "sync watch", clientId };
  return inClient(db, clientId, async (tx) => {
    if (status === "running") return bury(tx, watch, clientId, runId, now);
    if (await store.touchQueuedRun(tx, clientId, runId)) await store.enqueueRun(tx, runId);
    return false;
  });
}

/** Tells the end of a run to its readers; the run's row is held by this transaction. */
export async function tellEnd(
  tx: Db,
  client: ClientId,
  run: RunId,
  state: { status: RunStatus; error: { code: string; message: string } | null },
  now: Date,
): Promise<void> {
  await store.appendEvent(tx, client, run, { type: "run_ended", step: null, run: state, now });
}

/** How the audit log names a run. */
export function subjectOf(run: { id: RunId; number: number }): { kind: string; id: string; name: string } {
  return { kind: "sync", id: run.id, name: `Sync ${run.number}` };
}

/** Fails the client's running run when its process gave no sign of life for 30 s, so that it stands in nobody's way. */
export async function buryIfSilent(tx: Db, actor: Actor, client: ClientId, now: Date): Promise<void> {
  const active = await store.findActiveRun(tx, client);
  if (active !== null) await bury(tx, actor, client, active.id, now);
}

async function bury(tx: Db, actor: Actor, client: ClientId, runId: RunId, now: Date): Promise<boolean> {
  if (!(await store.failSilentRun(tx, client, runId, PROCESS_DIED, now))) return false;
  const step = await store.failRunningStep(tx, client, runId, PROCESS_DIED, now);
  if (step !== null) await store.appendEvent(tx, client, runId, { type: "step_failed", step, run: null, now });
  await tellEnd(tx, client, runId, { status: "failed", error: PROCESS_DIED }, now);
  const run = await store.findRun(tx, client, runId);
  await record(tx, actor, client, {
    action: "sync.failed",
    subject: subjectOf({ id: runId, number: run!.number }),
    after: { ...PROCESS_DIED },
  });
  return true;
}

/** Throws not_found or conflict for a file that no run can take; it is kept from being discarded until the transaction ends. */
export async function refuseUnusable(tx: Db, client: ClientId, importId: string): Promise<void> {
  const status = await store.holdImport(tx, client, importId);
  if (status === null) throw notFound("This file");
  if (status === "stored") return;
  const why = { imported: "was imported before", refused: "was refused", discarded: "was discarded" }[status];
  throw new AppError("conflict", `This file ${why ?? `is ${status}`}; upload a new one.`, { field: "importId" });
}
