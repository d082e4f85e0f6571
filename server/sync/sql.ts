/** Writes on runs, steps and events. Whoever writes an event holds the run's row first, so numbers follow each other. */
import type { Actor } from "../base/actor.ts";
import { actorId } from "../base/actor.ts";
import type { ClientId, ImportId, RunId } from "../base/ids.ts";
import type { StepOutcome } from "../base/step.ts";
import type { Db } from "../db/db.ts";
import { sql } from "../db/db.ts";
import type { Failure } from "./rules.ts";
import { stepNames } from "./schema.ts";
import type { RunEvent, RunRow, RunStatus, StepDto, StepName } from "./schema.ts";

/** Channel on which a run's id is told whenever an event of it is committed. */
export const SYNC_CHANNEL = "muster_sync";

export interface NewRun {
  source: RunRow["source"];
  importId: ImportId | null;
  takesInbox: boolean;
  scheduledFor: Date | null;
  actor: Actor;
  now: Date;
}

/**
 * Creates a queued run with the next number, or answers null when a key is in the way: another run is queued or running,
 * the scheduled time has its run, or a run that just ended took the number.
 */
export async function insertRun(db: Db, client: ClientId, run: NewRun): Promise<{ id: RunId; number: number } | null> {
  const [row] = await db.query<{ id: RunId; number: number }>(sql`
    insert into sync_runs (client_id, number, source, import_id, takes_inbox, scheduled_for, by_name, by_id, created_at)
    select ${client}::uuid, coalesce(max(r.number), 0) + 1, ${run.source}, ${run.importId}::uuid, ${run.takesInbox},
      ${run.scheduledFor}::timestamptz, ${run.actor.name}, ${actorId(run.actor)}, ${run.now}::timestamptz
    from sync_runs r where r.client_id = ${client}::uuid
    on conflict do nothing
    returning id, number`);
  return row ?? null;
}

export async function insertSteps(db: Db, client: ClientId, run: RunId): Promise<void> {
  await db.execute(sql`
    insert into sync_steps (client_id, run_id, position, name)
    select r.client_id, r.id, s.position, s.name
    from sync_runs r cross join unnest(${[...stepNames]}::text[]) with ordinality as s (name, position)
    where r.client_id = ${client}::uuid and r.id = ${run}::uuid`);
}

/** Queues the run's job in this transaction; queueing it again replaces the job. */
export async function enqueueRun(db: Db, run: RunId): Promise<void> {
  await db.query(sql`select enqueue_sync(${run}::uuid)::text as queued`);
}

export interface ActiveRun {
  id: RunId;
  number: number;
  isHeld: boolean;
}

/** The run that has the client: queued, under way, or held until an owner decides. */
export async function findActiveRun(db: Db, client: ClientId): Promise<ActiveRun | null> {
  const [row] = await db.query<ActiveRun>(sql`
    select id, number, status = 'held' as "isHeld" from sync_runs
    where client_id = ${client}::uuid and status in ('queued', 'running', 'held')`);
  return row ?? null;
}

/** Number and status of a run, or null when the client has no such run. */
export async function findRun(
  db: Db,
  client: ClientId,
  run: RunId,
): Promise<{ number: number; status: RunStatus } | null> {
  const [row] = await db.query<{ number: number; status: RunStatus }>(
    sql`select number, status from sync_runs where client_id = ${client}::uuid and id = ${run}::uuid`,
  );
  return row ?? null;
}

export async function hasRunFor(db: Db, client: ClientId, scheduledFor: Date): Promise<boolean> {
  const rows = await db.query(sql`
    select 1 as found from sync_runs
    where client_id = ${client}::uuid and scheduled_for = ${scheduledFor}::timestamptz`);
  return rows.length > 0;
}

/**
 * The status of an import, or null when the client has no such import. It is kept from being discarded until the transaction
 * ends: whoever discards it then sees the run that takes it.
 */
export async function holdImport(db: Db, client: ClientId, id: string): Promise<string | null> {
  const [row] = await db.query<{ status: string }>(
    sql`select status from imports where client_id = ${client}::uuid and id = ${id}::uuid for key share`,
  );
  return row?.status ?? null;
}

export interface ClaimedRun {
  id: RunId;
  number: number;
  source: RunRow["source"];
  byName: string;
  byId: string | null;
  importId: ImportId | null;
  takesInbox: boolean;
  startedAt: Date;
  /** what its holder proves itself with */
  token: string;
}

// A sign of life is statement_timestamp(): an update on a cluster refuses clock_timestamp(), and now() is when the transaction began.
/** Takes a queued run under a lease, in the name of a process; null when it is not queued (any more). */
export async function claimRun(db: Db, lease: Lease, holder: string, now: Date): Promise<ClaimedRun | null> {
  await markUse(db, lease.run);
  const [row] = await db.query<ClaimedRun>(sql`
    update sync_runs set status = 'running', lease_token = ${lease.token}::uuid, holder = ${holder},
      claimed_at = statement_timestamp(), heartbeat_at = statement_timestamp(),
      started_at = coalesce(started_at, ${now}::timestamptz)
    where client_id = ${lease.client}::uuid and id = ${lease.run}::uuid and status = 'queued'
    returning id, number, source, by_name as "byName", by_id as "byId", import_id as "importId",
      takes_inbox as "takesInbox", started_at as "startedAt", lease_token::text as token`);
  return row ?? null;
}

/** What a holder proves itself with. */
export interface Lease {
  client: ClientId;
  run: RunId;
  token: string;
}

/** Before the run's row is locked: should this process be paused now, it is known who has it. */
async function markUse(db: Db, run: RunId): Promise<void> {
  await db.query(sql`select pg_advisory_xact_lock_shared(run_lease_lock(${run}::uuid))::text as marked`);
}

/** Confirms the lease and keeps the run's row until commit; false when the run was cancelled, failed or taken over. */
export async function holdLease(db: Db, lease: Lease, warnings = 0): Promise<boolean> {
  await markUse(db, lease.run);
  const held = await db.execute(sql`
    update sync_runs set heartbeat_at = statement_timestamp(), warnings = warnings + ${warnings}::int
    where client_id = ${lease.client}::uuid and id = ${lease.run}::uuid
      and lease_token = ${lease.token}::uuid and status = 'running'`);
  return held === 1;
}

/** True while the run is held under this token; unlike `holdLease` it keeps nobody from the run's row. */
export async function hasLease(db: Db, client: ClientId, run: Pick<ClaimedRun, "id" | "token">): Promise<boolean> {
  const rows = await db.query(sql`
    select 1 as held from sync_runs
    where client_id = ${client}::uuid and id = ${run.id}::uuid and lease_token = ${run.token}::uuid and status = 'running'`);
  return rows.length > 0;
}

/** Findings of the steps so far that make a run end with warnings. */
export async function countWarnings(db: Db, client: ClientId, run: RunId): Promise<number> {
  const [row] = await db.query<{ warnings: number }>(
    sql`select warnings from sync_runs where client_id = ${client}::uuid and id = ${run}::uuid`,
  );
  return row?.warnings ?? 0;
}

/** Opens work on the run in this transaction: waits until what another process left of it is rolled back. */
export async function beginWork(db: Db, run: RunId): Promise<void> {
  await db.query(sql`select begin_run_work(${run}::uuid)::text as begun`);
}

/**
 * Ends the work on a run whose lease this transaction has just taken away, and whose row it holds; answers how many connections
 * were told. Gently: the statement is cancelled, the connection kept.
 */
export async function stopWork(db: Db, run: RunId, how: { gently: boolean }): Promise<number> {
  const [row] = await db.query<{ stopped: number }>(
    sql`select stop_run_work(${run}::uuid, ${how.gently}::boolean) as stopped`,
  );
  return row!.stopped;
}

/**
 * Makes sure that the run's row can be had: a process that holds it, because it is paused or about to commit, loses its
 * connection. For what must not wait for it; what was about to be committed is rolled back and done again.
 */
export async function makeWay(db: Db, client: ClientId, run: RunId, how: { gently: boolean }): Promise<void> {
  const free = await db.query(sql`
    select 1 as free from sync_runs where client_id = ${client}::uuid and id = ${run}::uuid for no key update skip locked`);
  if (free.length === 0 && (await findRun(db, client, run)) !== null) await stopWork(db, run, how);
}

/** Takes the lease away and puts a running run back into the queue; with a token only from that holder. False when it was not running. */
export async function requeueRun(db: Db, client: ClientId, run: RunId, token: string | null): Promise<boolean> {
  const requeued = await db.execute(sql`
    update sync_runs set status = 'queued', lease_token = null, holder = null, claimed_at = null,
      heartbeat_at = statement_timestamp()
    where client_id = ${client}::uuid and id = ${run}::uuid and status = 'running'
      and (${token}::uuid is null or lease_token = ${token}::uuid)`);
  if (requeued === 1) await enqueueRun(db, run);
  return requeued === 1;
}

/** The step that was running waits again; null when none was. */
export async function resetRunningStep(db: Db, client: ClientId, run: RunId): Promise<StepDto | null> {
  const [step] = await db.query<StepDto>(sql`
    update sync_steps set status = 'waiting', started_at = null, message = ''
    where client_id = ${client}::uuid and run_id = ${run}::uuid and status = 'running'
    returning ${stepColumns}`);
  return step ?? null;
}

/** Remembers which file the run takes, unless the lease is gone. */
export async function setRunImport(
  db: Db,
  client: ClientId,
  run: Pick<ClaimedRun, "id" | "token">,
  importId: ImportId,
): Promise<void> {
  await db.execute(sql`
    update sync_runs set import_id = ${importId}::uuid
    where client_id = ${client}::uuid and id = ${run.id}::uuid and lease_token = ${run.token}::uuid
      and status = 'running'`);
}

/** Ends a run that is queued or running; false when it had ended before or is none of the client's. */
export async function endRun(
  db: Db,
  client: ClientId,
  run: RunId,
  end: { status: RunStatus; now: Date; failure?: Failure | undefined },
): Promise<boolean> {
  const ended = await db.execute(sql`
    update sync_runs set status = ${end.status}, ended_at = greatest(${end.now}::timestamptz, started_at, created_at),
      lease_token = null, holder = null, claimed_at = null, error_code = ${end.failure?.code ?? null}, error_message = ${end.failure?.message ?? null}
    where client_id = ${client}::uuid and id = ${run}::uuid and status in ('queued', 'running')`);
  return ended === 1;
}

export const stepColumns = sql`
  position::int as position, name, status, started_at as "startedAt", ended_at as "endedAt",
  rows_in as "rowsIn", rows_out as "rowsOut", skipped, counts, message`;

export function listSteps(db: Db, client: ClientId, run: RunId): Promise<StepDto[]> {
  return db.query<StepDto>(sql`
    select ${stepColumns} from sync_steps
    where client_id = ${client}::uuid and run_id = ${run}::uuid order by position`);
}

/** Marks a step as running, with what is to be told of it meanwhile; null when it is done: a commit whose answer was lost. */
export async function startStep(
  db: Db,
  client: ClientId,
  run: RunId,
  name: StepName,
  told: { message: string; now: Date },
): Promise<StepDto | null> {
  const [step] = await db.query<StepDto>(sql`
    update sync_steps set status = 'running', started_at = ${told.now}::timestamptz, message = ${told.message}
    where client_id = ${client}::uuid and run_id = ${run}::uuid and name = ${name} and status <> 'succeeded'
    returning ${stepColumns}`);
  return step ?? null;
}

export async function finishStep(
  db: Db,
  client: ClientId,
  run: RunId,
  name: StepName,
  outcome: StepOutcome,
  now: Date,
): Promise<StepDto> {
  const [step] = await db.query<StepDto>(sql`
    update sync_steps set status = 'succeeded', ended_at = greatest(${now}::timestamptz, started_at),
      rows_in = ${outcome.rowsIn}::int, rows_out = ${outcome.rowsOut}::int,
      skipped = ${JSON.stringify(outcome.skipped)}::jsonb, counts = ${JSON.stringify(outcome.counts)}::jsonb,
      message = ${outcome.message}
    where client_id = ${client}::uuid and run_id = ${run}::uuid and name = ${name}
    returning ${stepColumns}`);
  return step!;
}

/** Marks the step that was running as failed; null when none was (the process died between two steps). */
export async function failRunningStep(
  db: Db,
  client: ClientId,
  run: RunId,
  failure: Failure,
  now: Date,
): Promise<StepDto | null> {
  const [step] = await db.query<StepDto>(sql`
    update sync_steps set status = 'failed', ended_at = greatest(${now}::timestamptz, started_at),
      message = ${failure.message}, error_code = ${failure.code}
    where client_id = ${client}::uuid and run_id = ${run}::uuid and status = 'running'
    returning ${stepColumns}`);
  return step ?? null;
}

/** The steps that have not ended will not: the one that was running is rolled back by its runner. */
export async function cancelSteps(db: Db, client: ClientId, run: RunId, now: Date): Promise<void> {
  await db.execute(sql`
    update sync_steps set status = 'cancelled', ended_at = greatest(${now}::timestamptz, started_at)
    where client_id = ${client}::uuid and run_id = ${run}::uuid and status in ('waiting', 'running')`);
}

/** Stores the run's next event and wakes the readers at commit. The run's row must be held by this transaction. */
export async function appendEvent(
  db: Db,
  client: ClientId,
  run: RunId,
  event: Pick<RunEvent, "type" | "step" | "run"> & { note?: string; now: Date },
): Promise<void> {
  await db.execute(sql`
    insert into sync_events (client_id, run_id, number, at, type, data)
    select ${client}::uuid, ${run}::uuid, coalesce(max(e.number), 0) + 1, ${event.now}::timestamptz, ${event.type},
      ${JSON.stringify({ step: event.step, run: event.run, note: event.note ?? "" })}::jsonb
    from sync_events e where e.client_id = ${client}::uuid and e.run_id = ${run}::uuid`);
  await db.query(sql`select pg_notify(${SYNC_CHANNEL}, ${run}::text)::text as told`);
}
