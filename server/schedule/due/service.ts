/** What happens when the clock says that a run is due: it is claimed and started, or left out with the reason. */
import { record } from "../../audit/record.ts";
import type { Actor } from "../../base/actor.ts";
import { AppError, notFound } from "../../base/errors.ts";
import type { ClientId, RunId } from "../../base/ids.ts";
import { counted } from "../../base/text.ts";
import type { Db } from "../../db/db.ts";
import type { RootDb } from "../../db/pools.ts";
import { inClient } from "../../db/tx.ts";
import { announce } from "../../notifications/announce.ts";
import type { RunStarted } from "../../sync/service.ts";
import { startRun } from "../../sync/service.ts";
import { type Due, isLate, settle, type Settlement, unclaimed } from "../due-rules.ts";
import { nextOccurrences } from "../rules.ts";
import type { DueStarted } from "../schema.ts";
import * as store from "../sql.ts";

interface Claimed {
  tx: Db;
  actor: Actor;
  client: ClientId;
  now: Date;
}

/**
 * Claims a due time of a client and starts the run it stands for, in one transaction: of any number of processes one succeeds,
 * the others get `taken`. Several times missed while nothing ran are one run, or none, as the schedule says; a time that falls
 * into a pause or meets a run under way is left out. Every due time without a run of its own is noted with the reason; the
 * next due time is the first after now.
 */
export function startDue(
  db: RootDb,
  actor: Actor,
  client: ClientId,
  due: { dueAt: Date; now: Date },
): Promise<DueStarted> {
  if (actor.kind !== "job") {
    return Promise.reject(new AppError("forbidden", "Only the scheduler starts due runs; start a sync of your own."));
  }
  const claiming = inClient(db, client, (tx) => claim({ tx, actor, client, now: due.now }, due.dueAt));
  return claiming.catch(async (error: unknown) => {
    if (isLate(due.dueAt, due.now)) await tellStuck(db, actor, client, due);
    throw error;
  });
}

async function claim(claimed: Claimed, dueAt: Date): Promise<DueStarted> {
  const { tx, client, now } = claimed;
  const schedule = await store.findSchedule(tx, client, true);
  if (schedule === null) throw notFound("This schedule");
  const [nextDueAt] = nextOccurrences(schedule.cron, schedule.timezone, now, 1);
  if (nextDueAt === undefined) throw new Error(`the schedule "${schedule.cron}" is never due again`);
  if (!(await store.claimDue(tx, client, { dueAt, nextDueAt, now }))) return { kind: "taken" };
  const versions = await store.listVersions(tx, client, dueAt);
  return carryOut(claimed, settle(unclaimed(versions, dueAt, now), schedule.missedPolicy, now));
}

async function carryOut(claimed: Claimed, { run, missed, paused }: Settlement): Promise<DueStarted> {
  await notePaused(claimed, paused);
  if (run === null) {
    const reason = "Nothing ran at that time, and this schedule leaves missed runs out.";
    await noteMissed(claimed, missed, reason, null);
    if (missed.length > 0) await tell(claimed, missed, reason, null);
    return { kind: "skipped" };
  }
  const { tx, actor, client, now } = claimed;
  const started = await startRun(tx, actor, client, { inbox: true, now, scheduledFor: run.dueAt });
  if (started.kind === "busy") await noteBusy(claimed, run, started);
  const made = started.kind === "started" ? started : null;
  const reason =
    made === null ? "Nothing ran at that time." : `Nothing ran at that time; sync ${made.number} made up for it.`;
  await noteMissed(claimed, missed, reason, (made?.runId ?? null) as RunId | null);
  const late = made !== null && isLate(run.dueAt, now) ? [run, ...missed] : missed;
  if (late.length > 0) await tell(claimed, late, reason, made?.number ?? null);
  return started;
}

/** A run that could not even be started is missed all the same, and told while somebody still can. */
function tellStuck(
  db: RootDb,
  actor: Actor,
  client: ClientId,
  { dueAt, now }: { dueAt: Date; now: Date },
): Promise<void> {
  const reason = "It could not be started; the server's log says why. It is tried again every minute.";
  return inClient(db, client, (tx) => tell({ tx, actor, client, now }, [{ dueAt, pauseReason: null }], reason, null));
}

/** Tells that due times passed without their run; noticed by several, it is told once. */
function tell(
  { tx, client, now }: Claimed,
  dues: readonly Due[],
  reason: string,
  number: number | null,
): Promise<void> {
  const dueAt = dues.map((due) => due.dueAt.toISOString());
  const run = number === null ? null : { number };
  return announce(tx, client, { type: "missed", data: { dueAt, reason, run }, key: `missed:${dueAt[0]}`, at: now });
}

async function notePaused({ tx, actor, client, now }: Claimed, paused: readonly Due[]): Promise<void> {
  const [first] = paused;
  if (first === undefined) return;
  const dues = paused.map((due) => due.dueAt);
  const reason = `Paused: ${first.pauseReason}`;
  await store.insertSkips(tx, client, dues, { code: "paused", reason, runId: null, now });
  await record(tx, actor, client, { action: "sync.skipped", after: { dueAt: first.dueAt.toISOString(), reason } });
}

async function noteBusy(
  { tx, actor, client, now }: Claimed,
  due: Due,
  { runId, number }: Extract<RunStarted, { kind: "busy" }>,
): Promise<void> {
  const isHeld = (await store.runStatus(tx, client, runId as RunId)) === "held";
  const reason = isHeld ? `Sync ${number} is held and waits for a decision.` : `Sync ${number} was still under way.`;
  const code = isHeld ? "held" : "busy";
  await store.insertSkips(tx, client, [due.dueAt], { code, reason, runId: runId as RunId, now });
  await record(tx, actor, client, {
    action: "sync.skipped",
    subject: { kind: "sync", id: runId, name: `Sync ${number}` },
    after: { dueAt: due.dueAt.toISOString(), reason },
  });
  await tell({ tx, actor, client, now }, [due], reason, number);
}

async function noteMissed(
  { tx, actor, client, now }: Claimed,
  missed: readonly Due[],
  reason: string,
  runId: RunId | null,
): Promise<void> {
  const [first] = missed;
  if (first === undefined) return;
  const dues = missed.map((due) => due.dueAt);
  await store.insertSkips(tx, client, dues, { code: "missed", reason, runId, now });
  await record(tx, actor, client, {
    action: "sync.missed",
    after: { dueAt: first.dueAt.toISOString(), reason: `${counted(dues.length, "run")} missed. ${reason}` },
    counts: { missed: dues.length },
  });
}
