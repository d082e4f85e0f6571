/**
 * Runs the steps of one sync. The only place that opens and commits their transactions: what a step did, its row, its event and
 * the proof that this process still holds the run are committed together.
 */
import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { clientSettings } from "../access/settings.ts";
import { record } from "../audit/record.ts";
import { unlessGivenUp } from "../base/give-up.ts";
import type { ClientId, ImportId, RunId } from "../base/ids.ts";
import type { StepContext, StepOutcome } from "../base/step.ts";
import type { RootDb } from "../db/pools.ts";
import { refreshStatistics } from "../db/statistics.ts";
import { inClient } from "../db/tx.ts";
import { sweepHistory } from "./changes/sweep.ts";
import { runGuarded, StepHeld } from "./guards/guarded-step.ts";
import { hold } from "./guards/holding.ts";
import { tryingAgainNote } from "./attempts/rules.ts";
import { endAttempt, insertAttempt } from "./attempts/sql.ts";
import { startHeartbeat } from "./heartbeat.ts";
import { failureFrom, Patience } from "./patience.ts";
import { starterOf } from "./rules.ts";
import type { StepName } from "./schema.ts";
import type { ClaimedRun, Lease } from "./sql.ts";
import * as store from "./sql.ts";
import { LeaseLost } from "./step-types.ts";
import type { PrepareDeps, SyncStep } from "./step-types.ts";
import { subjectOf, tellEnd, tellRequeued } from "./tell.ts";

export interface RunnerDeps extends PrepareDeps {
  steps: readonly SyncStep[];
  /** aborted when the process is asked to stop: no new step, the run goes back into the queue */
  stopping?: AbortSignal | undefined;
  /** aborted when there is no time left: the step in flight is given up too */
  givingUp?: AbortSignal | undefined;
  heartbeatMs?: number | undefined;
  /** checks the data's health at the end of a run, whether it succeeded or failed, and when it is held: what its steps committed stays */
  afterRun?: ((db: RootDb, client: ClientId, run: EndedRun) => Promise<void>) | undefined;
  /** waits before a step is tried again after an error that passes; as many tries as there are waits */
  backoffMs?: readonly number[] | undefined;
}

/** `held`: a guard wants an owner to look. `not_queued`: another process has it or it is over. `lost`: cancelled or taken for dead meanwhile. `given_back`: queued again. */
export type RunOutcome = "not_queued" | "succeeded" | "failed" | "held" | "lost" | "given_back";
type EndedRun = Pick<RunnerDeps, "now" | "log" | "stopping"> & { run: number };

/** A step may read and write a whole programme; a statement of it ends after this long. */
const STEP_TIMEOUT_MS = 30 * 60_000;

/** How the page names this process. */
const HOLDER = `Process ${process.pid} on ${hostname()}`;

interface Running {
  db: RootDb;
  deps: RunnerDeps;
  lease: Lease;
  run: ClaimedRun;
  context: StepContext;
}

/** Claims a queued run and takes it to its end, unless it is taken away or the process stops. Never throws for a failed step. */
export async function runSync(db: RootDb, deps: RunnerDeps, client: ClientId, runId: RunId): Promise<RunOutcome> {
  if (deps.stopping?.aborted === true) return "not_queued";
  const running = await new Patience(deps).persist(() => claim(db, deps, client, runId));
  if (running === null) return "not_queued";
  const heartbeat = startHeartbeat(db, running.lease, deps);
  try {
    return await afterRun(running, await runSteps(running));
  } finally {
    await heartbeat.stop();
  }
}

async function claim(db: RootDb, deps: RunnerDeps, client: ClientId, runId: RunId): Promise<Running | null> {
  const lease: Lease = { client, run: runId, token: randomUUID() };
  return inClient(db, client, async (tx) => {
    const now = deps.now();
    const run = await store.claimRun(tx, lease, HOLDER, now);
    if (run === null) return null;
    await insertAttempt(tx, client, runId, { holder: HOLDER, now });
    const state = { status: "running" as const, error: null };
    await store.appendEvent(tx, client, runId, { type: "run_started", step: null, run: state, now });
    const settings = await clientSettings(tx, client);
    // One clock for the whole run, also when a second process goes on with it.
    const context = { settings, runId, actor: starterOf(run, client), now: run.startedAt };
    return { db, deps, lease, run, context };
  });
}

async function runSteps(running: Running): Promise<RunOutcome> {
  const { db, deps, lease } = running;
  const list = () => inClient(db, lease.client, (tx) => store.listSteps(tx, lease.client, lease.run));
  const rows = await new Patience(deps).persist(list);
  const isDone = new Set(rows.filter((row) => row.status === "succeeded").map((row) => row.name));
  const left = deps.steps.filter((step) => !isDone.has(step.name));
  for (const step of left) {
    if (deps.stopping?.aborted === true) return giveBack(running);
    // A step given up finds its lease gone and rolls back.
    const outcome = await unlessGivenUp(runStep(running, step), deps.givingUp);
    if (outcome === "given_up") return giveBack(running);
    if (outcome !== "done") return outcome;
  }
  const end = await new Patience(deps).persist(() => succeed(running));
  if (end === "succeeded") await sweepHistory(db, lease.client, { now: deps.now(), log: deps.log });
  return end;
}

/** What is done about a run that this process leaves with what it has written, once that is committed; it never throws. */
async function afterRun({ db, deps, lease, run }: Running, outcome: RunOutcome): Promise<RunOutcome> {
  const isLeft = outcome === "succeeded" || outcome === "failed" || outcome === "held";
  if (isLeft) await deps.afterRun?.(db, lease.client, { ...deps, run: run.number });
  return outcome;
}

/** Takes the step to its end; after an error that passes it is tried again, with longer and longer waits. */
async function runStep(running: Running, step: SyncStep): Promise<"done" | "failed" | "held" | "lost" | "given_up"> {
  const patience = new Patience(running.deps);
  for (let told = ""; ;) {
    try {
      await tryStep(running, step, told);
      return "done";
    } catch (error) {
      if (error instanceof LeaseLost) return "lost";
      if (error instanceof StepHeld)
        return new Patience(running.deps).persist(() => holdRun(running, step.name, error));
      const waitMs = patience.waitAfter(error);
      if (waitMs === null) return new Patience(running.deps).persist(() => fail(running, step.name, error));
      const failure = failureFrom(step.name, error);
      running.deps.log.warn({ err: error, run: running.run.number, step: step.name, waitMs }, "a step is tried again");
      if (!(await patience.pause(waitMs))) return "given_up";
      told = tryingAgainNote(failure, patience.tries, waitMs, patience.atMost);
    }
  }
}

async function tryStep(running: Running, step: SyncStep, told: string): Promise<void> {
  // The answer to an earlier commit may have been lost: a step that is done is not done again.
  if (!(await begin(running, step.name, told))) return;
  const importId = (await step.prepare?.(running.db, running.context, running.run, running.deps)) ?? null;
  const { counts } = await work(running, step, importId);
  await inform(running, step, counts);
}

/** False when the step is done already. */
function begin({ db, deps, lease }: Running, name: StepName, told: string): Promise<boolean> {
  return inClient(db, lease.client, async (tx) => {
    const now = deps.now();
    if (!(await store.holdLease(tx, lease))) throw new LeaseLost();
    const step = await store.startStep(tx, lease.client, lease.run, name, { message: told, now });
    if (step === null) return false;
    const type = told === "" ? "step_started" : "step_retried";
    await store.appendEvent(tx, lease.client, lease.run, { type, step, run: null, note: told, now });
    return true;
  });
}

function work({ db, deps, lease, context }: Running, step: SyncStep, importId: ImportId | null): Promise<StepOutcome> {
  return inClient(
    db,
    lease.client,
    async (tx) => {
      await store.beginWork(tx, lease.run);
      const outcome = await runGuarded({ db, tx, context, lease }, step, importId);
      // Last of all, because it locks the run's row: heartbeats and a cancel wait for the commit only.
      if (!(await store.holdLease(tx, lease, outcome.warnings))) throw new LeaseLost();
      const now = deps.now();
      const row = await store.finishStep(tx, lease.client, lease.run, step.name, outcome, now);
      await store.appendEvent(tx, lease.client, lease.run, { type: "step_succeeded", step: row, run: null, now });
      return outcome;
    },
    { timeoutMs: STEP_TIMEOUT_MS },
  );
}

/** What the step wrote is committed: a plan that is worse than it could be is no reason to fail the run. */
async function inform({ db, deps, lease }: Running, step: SyncStep, counts: StepOutcome["counts"]): Promise<void> {
  try {
    const fills = Object.entries(step.fills ?? {});
    await refreshStatistics(
      db,
      lease.client,
      Object.fromEntries(fills.map(([table, count]) => [table, counts[count]])),
    );
  } catch (error) {
    deps.log.warn({ err: error, step: step.name }, "the planner's statistics could not be refreshed");
  }
}

async function succeed({ db, deps, lease, run, context }: Running): Promise<RunOutcome> {
  return inClient(db, lease.client, async (tx) => {
    const now = deps.now();
    if (!(await store.holdLease(tx, lease))) return "lost";
    const warnings = await store.countWarnings(tx, lease.client, lease.run);
    const status = warnings > 0 ? "succeeded_with_warnings" : "succeeded";
    await endAttempt(tx, lease.client, lease.run, { outcome: status, now });
    await store.endRun(tx, lease.client, lease.run, { status, now });
    await tellEnd(tx, lease.client, lease.run, { status, error: null }, now);
    await record(tx, context.actor, lease.client, {
      action: "sync.succeeded",
      subject: subjectOf(run),
      counts: { warnings },
    });
    return "succeeded";
  });
}

function holdRun({ db, deps, lease, run, context }: Running, name: StepName, why: StepHeld): Promise<"held" | "lost"> {
  return hold(db, lease, { name, why, number: run.number, by: context.actor, now: deps.now() });
}

async function fail(
  { db, deps, lease, run, context }: Running,
  name: StepName,
  error: unknown,
): Promise<"failed" | "lost"> {
  const failure = failureFrom(name, error);
  if (failure.code === "unexpected") {
    deps.log.error({ err: error, client: lease.client, run: run.number, step: name }, "a step failed unexpectedly");
  }
  return inClient(db, lease.client, async (tx) => {
    const now = deps.now();
    if (!(await store.holdLease(tx, lease))) return "lost";
    const step = await store.failRunningStep(tx, lease.client, lease.run, failure, now);
    await store.appendEvent(tx, lease.client, lease.run, { type: "step_failed", step, run: null, now });
    await endAttempt(tx, lease.client, lease.run, { outcome: "failed", message: failure.message, now });
    await store.endRun(tx, lease.client, lease.run, { status: "failed", now, failure });
    await tellEnd(tx, lease.client, lease.run, { status: "failed", error: failure }, now);
    await record(tx, context.actor, lease.client, {
      action: "sync.failed",
      subject: subjectOf(run),
      after: { step: name, ...failure },
    });
    return "failed";
  });
}

/** Back into the queue for another process; what the step under way has written is rolled back. */
function giveBack({ db, deps, lease }: Running): Promise<RunOutcome> {
  const { client, run, token } = lease;
  return inClient(db, client, async (tx) => {
    const now = deps.now();
    if (!(await store.holdLease(tx, lease))) return "lost";
    await endAttempt(tx, client, run, { outcome: "given_back", message: "The process was stopped", now });
    await store.requeueRun(tx, client, run, token);
    await store.stopWork(tx, run, { gently: false });
    const step = await store.resetRunningStep(tx, client, run);
    const note = `${HOLDER} was stopped and gave the run back; another process goes on with it.`;
    await tellRequeued(tx, client, run, { step, note, now });
    return "given_back";
  });
}
