/** Starting and cancelling runs. What happens inside a run is the runner's. */
import { record } from "../audit/record.ts";
import type { Actor } from "../base/actor.ts";
import { AppError, notFound } from "../base/errors.ts";
import type { ClientId, ImportId, RunId } from "../base/ids.ts";
import type { Db } from "../db/db.ts";
import type { RootDb } from "../db/pools.ts";
import { inClient } from "../db/tx.ts";
import { chooseRows } from "../imports/service.ts";
import { endAttempt } from "./attempts/sql.ts";
import { takeOverIfSilent } from "./attempts/takeover.ts";
import { sourceOf } from "./rules.ts";
import { keptWords } from "./schema.ts";
import type { RunRow, SyncCancelled, SyncStarted } from "./schema.ts";
import * as store from "./sql.ts";
import { subjectOf, tellEnd } from "./tell.ts";

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
  await takeOverSilentRun(tx, actor, client, options.now);
  const importId = (options.importId ?? null) as ImportId | null;
  if (importId !== null) await refuseUnusable(tx, client, importId);
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const run = await store.insertRun(tx, client, {
      source: options.source ?? sourceOf(actor),
      importId,
      takesInbox: options.inbox && importId === null,
      scheduledFor: options.scheduledFor ?? null,
      actor,
      now: options.now,
    });
    if (run !== null) {
      // Not before: a run that is under way with this file keeps to what was chosen for it.
      if (importId !== null) await chooseRows(tx, client, importId, options.allOrNothing ?? false);
      await store.insertSteps(tx, client, run.id);
      await store.enqueueRun(tx, run.id);
      await record(tx, actor, client, { action: "sync.started", subject: subjectOf(run) });
      return { kind: "started", runId: run.id, number: run.number };
    }
    const active = await store.findActiveRun(tx, client);
    if (active !== null)
      return { kind: "busy", runId: active.id, number: active.number, ...(active.isHeld ? { isHeld: true } : {}) };
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

/**
 * Cancels a queued or running run and answers what stays. A statement under way is cancelled; what the step wrote is rolled back,
 * also when it comes to commit at this very moment.
 */
export function cancelSync(
  db: RootDb,
  actor: Actor,
  client: ClientId,
  input: { runId: string; now: Date },
): Promise<SyncCancelled> {
  const runId = input.runId as RunId;
  return inClient(db, client, async (tx) => {
    await store.makeWay(tx, client, runId, { gently: true });
    const isCancelled = await store.endRun(tx, client, runId, { status: "cancelled", now: input.now });
    const run = await store.findRun(tx, client, runId);
    if (run === null) throw notFound("This sync");
    if (!isCancelled) return { kind: "over", status: run.status };
    await store.stopWork(tx, runId, { gently: true });
    const kept = keptWords(await store.listSteps(tx, client, runId));
    await endAttempt(tx, client, runId, {
      outcome: "cancelled",
      message: `Cancelled by ${actor.name}`,
      now: input.now,
    });
    await store.cancelSteps(tx, client, runId, input.now);
    await tellEnd(tx, client, runId, { status: "cancelled", error: null, note: kept }, input.now);
    await record(tx, actor, client, {
      action: "sync.cancelled",
      subject: subjectOf({ id: runId, number: run.number }),
      after: { kept },
    });
    return { kind: "cancelled", kept };
  });
}

/** Takes the client's running run over when its process gave no sign of life, so that whoever starts one is told the truth. */
export async function takeOverSilentRun(tx: Db, actor: Actor, client: ClientId, now: Date): Promise<void> {
  const active = await store.findActiveRun(tx, client);
  if (active !== null) await takeOverIfSilent(tx, actor, client, active.id, { now });
}

/** Throws not_found or conflict for a file that no run can take; it is kept from being discarded until the transaction ends. */
export async function refuseUnusable(tx: Db, client: ClientId, importId: string): Promise<void> {
  const status = await store.holdImport(tx, client, importId);
  if (status === null) throw notFound("This file");
  if (status === "stored") return;
  const why = { imported: "was imported before", refused: "was refused", discarded: "was discarded" }[status];
  throw new AppError("conflict", `This file ${why ?? `is ${status}`}; upload a new one.`, { field: "importId" });
}
