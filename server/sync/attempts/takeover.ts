/** Taking a run over from a process that died, or that was paused for so long that it must be taken for dead. */
import { record } from "../../audit/record.ts";
import type { Actor } from "../../base/actor.ts";
import type { ClientId, RunId } from "../../base/ids.ts";
import type { Db } from "../../db/db.ts";
import * as runs from "../sql.ts";
import { subjectOf, tellEnd, tellRequeued } from "../tell.ts";
import { DEATHS_AT_MOST, killedItsProcesses, SILENT_AFTER_MS, takenOverNote } from "./rules.ts";
import * as store from "./sql.ts";

/**
 * Queues a running run again when its process gave no sign of life for so long, and ends what that process left under way. A step
 * that ended five processes fails the run. Answers what became of it; `alive` when it is none of these.
 */
export async function takeOverIfSilent(
  tx: Db,
  actor: Actor,
  client: ClientId,
  runId: RunId,
  options: { now: Date; silentAfterMs?: number | undefined },
): Promise<"taken_over" | "failed" | "alive"> {
  const { now } = options;
  const held = await store.holdSilentRun(tx, client, runId, options.silentAfterMs ?? SILENT_AFTER_MS);
  if (held === null) return "alive";
  const deaths = 1 + (await store.countDeaths(tx, client, runId, held.atStep));
  if (deaths >= DEATHS_AT_MOST) {
    await giveUp(tx, actor, client, runId, { held, now });
    return "failed";
  }
  await store.endAttempt(tx, client, runId, { outcome: "process_died", message: "No sign of life", now });
  await requeue(tx, client, runId, { note: takenOverNote(held.holder, held.nextStep), now });
  await record(tx, actor, client, {
    action: "sync.taken_over",
    subject: subjectOf({ id: runId, number: held.number }),
    before: { holder: held.holder },
  });
  return "taken_over";
}

async function giveUp(
  tx: Db,
  actor: Actor,
  client: ClientId,
  runId: RunId,
  { held, now }: { held: store.HeldRun; now: Date },
): Promise<void> {
  const failure = killedItsProcesses(held.atStep);
  await store.endAttempt(tx, client, runId, { outcome: "failed", message: failure.message, now });
  const step = await runs.failRunningStep(tx, client, runId, failure, now);
  if (step !== null) await runs.appendEvent(tx, client, runId, { type: "step_failed", step, run: null, now });
  await runs.endRun(tx, client, runId, { status: "failed", now, failure });
  await runs.stopWork(tx, runId, { gently: false });
  await tellEnd(tx, client, runId, { status: "failed", error: failure }, now);
  const subject = subjectOf({ id: runId, number: held.number });
  await record(tx, actor, client, { action: "sync.failed", subject, after: { ...failure } });
}

/** Takes the lease away, ends the work under it and tells that the run waits for its next process. */
export async function requeue(
  tx: Db,
  client: ClientId,
  runId: RunId,
  told: { note: string; now: Date },
): Promise<void> {
  await runs.requeueRun(tx, client, runId, null);
  await runs.stopWork(tx, runId, { gently: false });
  const step = await runs.resetRunningStep(tx, client, runId);
  await tellRequeued(tx, client, runId, { step, ...told });
}
