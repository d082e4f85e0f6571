/** How a run is named in the audit log, and what its readers are told; the run's row is held by the transaction. */
import type { ClientId, RunId } from "../base/ids.ts";
import type { Db } from "../db/db.ts";
import { announceRunEnd } from "../notifications/announce.ts";
import type { RunStatus, StepDto } from "./schema.ts";
import { appendEvent } from "./sql.ts";

/** How the audit log names a run. */
export function subjectOf(run: { id: RunId; number: number }): { kind: string; id: string; name: string } {
  return { kind: "sync", id: run.id, name: `Sync ${run.number}` };
}

/** Tells the end of a run. */
export async function tellEnd(
  tx: Db,
  client: ClientId,
  run: RunId,
  state: { status: RunStatus; error: { code: string; message: string } | null; note?: string },
  now: Date,
): Promise<void> {
  const { status, error, note } = state;
  const event = { type: "run_ended" as const, step: null, run: { status, error }, now };
  await appendEvent(tx, client, run, note === undefined ? event : { ...event, note });
  await announceRunEnd(tx, client, run, { status, error }, now);
}

/** Tells that the run waits for a process again, at which step and why. */
export async function tellRequeued(
  tx: Db,
  client: ClientId,
  runId: RunId,
  { step, note, now }: { step: StepDto | null; note: string; now: Date },
): Promise<void> {
  const run = { status: "queued" as const, error: null };
  await appendEvent(tx, client, runId, { type: "run_requeued", step, run, note, now });
}
