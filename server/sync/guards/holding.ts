/** A run is held, and somebody decides: it goes on, or it is given up. */
import { record } from "../../audit/record.ts";
import type { Actor } from "../../base/actor.ts";
import { notFound } from "../../base/errors.ts";
import type { ClientId, ImportId, RunId } from "../../base/ids.ts";
import type { Db } from "../../db/db.ts";
import type { RootDb } from "../../db/pools.ts";
import { inClient } from "../../db/tx.ts";
import { discardWithin } from "../../imports/service.ts";
import { endAttempt } from "../attempts/sql.ts";
import type { StepName } from "../schema.ts";
import { subjectOf, tellEnd } from "../tell.ts";
import { appendEvent, enqueueRun, findRun, holdLease, type Lease } from "../sql.ts";
import type { StepHeld } from "./guarded-step.ts";
import * as holds from "./holds-sql.ts";
import type { DiscardInput, HoldDecided, ReleaseInput } from "./schema.ts";
import { tellHeld } from "./tell.ts";

/** Holds a run whose step was rolled back by its guards; `lost` when it is no longer this process's. */
export function hold(
  db: RootDb,
  lease: Lease,
  held: { name: StepName; why: StepHeld; number: number; by: Actor; now: Date },
): Promise<"held" | "lost"> {
  const { client, run } = lease;
  const { name, why, number, by, now } = held;
  return inClient(db, client, async (tx) => {
    if (!(await holdLease(tx, lease))) return "lost";
    await endAttempt(tx, client, run, { outcome: "held", message: why.message, now });
    const step = await holds.holdStep(tx, client, run, { name, rowsIn: why.rowsIn, message: why.message, now });
    await holds.holdRun(tx, client, run);
    await tellHeld(tx, client, { id: run, number, step, sentences: why.sentences, by }, now);
    await record(tx, by, client, {
      action: "sync.held",
      subject: subjectOf({ id: run, number }),
      after: { step: name, reason: why.message },
    });
    return "held";
  });
}

/** Lets a held run go on: its step runs again, and its guards let pass up to what was shown. */
export function releaseHeld(
  db: RootDb,
  actor: Actor,
  client: ClientId,
  { runId, reason, now }: ReleaseInput & { now: Date },
): Promise<HoldDecided> {
  const run = runId as RunId;
  return inClient(db, client, async (tx) => {
    const released = await holds.updateReleased(tx, client, run);
    if (released === null) return notHeld(tx, client, run);
    const step = await heldAt(tx, client, run);
    await holds.updateDecided(tx, client, run, { decision: "released", by: actor, reason, now });
    await holds.resetHeldStep(tx, client, run);
    const state = { status: "queued" as const, error: null };
    await appendEvent(tx, client, run, { type: "run_released", step: null, run: state, now });
    await enqueueRun(tx, run);
    await record(tx, actor, client, {
      action: "sync.hold_released",
      subject: subjectOf({ id: run, number: released.number }),
      after: { step, reason },
    });
    return { kind: "released" };
  });
}

/** Gives a held run up: what its earlier steps did stays. Held at its import, it gives up its file too unless told otherwise. */
export function discardHeld(
  db: RootDb,
  actor: Actor,
  client: ClientId,
  { runId, reason, discardFile, now }: DiscardInput & { now: Date },
): Promise<HoldDecided> {
  const run = runId as RunId;
  return inClient(db, client, async (tx) => {
    const discarded = await holds.updateDiscardedRun(tx, client, run, now);
    if (discarded === null) return notHeld(tx, client, run);
    const step = await heldAt(tx, client, run);
    await holds.updateDecided(tx, client, run, { decision: "discarded", by: actor, reason, now });
    await holds.cancelHeldSteps(tx, client, run);
    await tellEnd(tx, client, run, { status: "discarded", error: null }, now);
    await record(tx, actor, client, {
      action: "sync.discarded",
      subject: subjectOf({ id: run, number: discarded.number }),
      after: { step, reason },
    });
    const { importId } = discarded;
    if (step === "import" && discardFile && importId !== null) {
      await discardWithin(tx, actor, client, importId as ImportId);
    }
    return { kind: "discarded" };
  });
}

async function heldAt(tx: Db, client: ClientId, run: RunId): Promise<StepName | null> {
  const all = await holds.listHolds(tx, client, run);
  return all.find(({ decision }) => decision === null)?.step ?? null;
}

async function notHeld(tx: Db, client: ClientId, run: RunId): Promise<HoldDecided> {
  const found = await findRun(tx, client, run);
  if (found === null) throw notFound("This sync");
  return { kind: "not_held", status: found.status };
}
