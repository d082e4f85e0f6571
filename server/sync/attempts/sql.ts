/** Attempts on runs, silent runs, and what a run needs to be taken up again. */
import type { ClientId, RunId } from "../../base/ids.ts";
import type { Db, Sql } from "../../db/db.ts";
import { nothing, sql } from "../../db/db.ts";
import type { AttemptDto, AttemptOutcome, LeaseDto, RunStatus, StepDto } from "../schema.ts";
import { stepColumns } from "../sql.ts";

const after = (ms: number): Sql => sql`make_interval(secs => ${ms / 1000}::float8)`;

/** Opens the history of a process's work on a run; the run's row is held by this transaction. */
export async function insertAttempt(
  db: Db,
  client: ClientId,
  run: RunId,
  attempt: { holder: string; now: Date },
): Promise<void> {
  // A server of another version, or plain SQL, may have taken the lease away without a word.
  await endAttempt(db, client, run, { outcome: "given_back", now: attempt.now });
  await db.execute(sql`
    insert into sync_attempts (client_id, run_id, number, holder, from_step, started_at)
    select ${client}::uuid, ${run}::uuid,
      (select coalesce(max(a.number), 0) + 1 from sync_attempts a where a.client_id = ${client}::uuid and a.run_id = ${run}::uuid),
      ${attempt.holder},
      (select min(s.position) from sync_steps s
        where s.client_id = ${client}::uuid and s.run_id = ${run}::uuid and s.status <> 'succeeded'),
      ${attempt.now}::timestamptz`);
}

/** Closes it, at the step that is under way or has just failed; called before that step is put back. */
export async function endAttempt(
  db: Db,
  client: ClientId,
  run: RunId,
  end: { outcome: AttemptOutcome; message?: string; now: Date },
): Promise<void> {
  await db.execute(sql`
    update sync_attempts set ended_at = greatest(${end.now}::timestamptz, started_at), outcome = ${end.outcome},
      message = ${end.message ?? ""},
      at_step = (select min(s.position) from sync_steps s
        where s.client_id = ${client}::uuid and s.run_id = ${run}::uuid and s.status in ('running', 'failed'))
    where client_id = ${client}::uuid and run_id = ${run}::uuid and outcome is null`);
}

/** How many processes have died at a step, since the run last failed. */
export async function countDeaths(db: Db, client: ClientId, run: RunId, atStep: number | null): Promise<number> {
  const [row] = await db.query<{ deaths: number }>(sql`
    select count(*)::int as deaths from sync_attempts a
    where a.client_id = ${client}::uuid and a.run_id = ${run}::uuid and a.outcome = 'process_died'
      and a.at_step is not distinct from ${atStep}::smallint
      and a.number > coalesce((select max(f.number) from sync_attempts f
        where f.client_id = ${client}::uuid and f.run_id = ${run}::uuid and f.outcome = 'failed'), 0)`);
  return row!.deaths;
}

/** Oldest first. */
export function listAttempts(db: Db, client: ClientId, run: string): Promise<AttemptDto[]> {
  return db.query<AttemptDto>(sql`
    select number, holder, from_step::int as "fromStep", at_step::int as "atStep", started_at as "startedAt",
      ended_at as "endedAt", outcome, message
    from sync_attempts where client_id = ${client}::uuid and run_id = ${run}::uuid order by number`);
}

/** Who has the lease of a running run; null for a run that nobody works on. */
export async function findLease(
  db: Db,
  client: ClientId,
  run: string,
  silentAfterMs: number,
): Promise<LeaseDto | null> {
  const [row] = await db.query<LeaseDto>(sql`
    select coalesce(holder, 'a process') as holder, coalesce(claimed_at, heartbeat_at) as since, heartbeat_at as "heartbeatAt",
      heartbeat_at < clock_timestamp() - ${after(silentAfterMs)} as "isSilent"
    from sync_runs where client_id = ${client}::uuid and id = ${run}::uuid and status = 'running'`);
  return row ?? null;
}

export interface HeldRun {
  number: number;
  status: RunStatus;
  holder: string;
  heartbeatAt: Date;
  /** the step under way; null between two */
  atStep: number | null;
  /** the first that is not done; null when all are */
  nextStep: number | null;
}

const heldColumns = sql`
  r.number, r.status, coalesce(r.holder, 'The process') as holder, r.heartbeat_at as "heartbeatAt",
  (select s.position from sync_steps s
    where s.client_id = r.client_id and s.run_id = r.id and s.status = 'running')::int as "atStep",
  (select min(s.position) from sync_steps s
    where s.client_id = r.client_id and s.run_id = r.id and s.status <> 'succeeded')::int as "nextStep"`;

/** A run and who works on it, its row kept until the transaction ends. */
export async function holdRun(db: Db, client: ClientId, run: RunId): Promise<HeldRun | null> {
  const [row] = await db.query<HeldRun>(sql`
    select ${heldColumns} from sync_runs r where r.client_id = ${client}::uuid and r.id = ${run}::uuid for no key update`);
  return row ?? null;
}

/**
 * The same for a running run of which nothing was heard for so long. Nobody is waited for: it is null too when another has the row,
 * whoever takes it over already or a process that is paused.
 */
export async function holdSilentRun(
  db: Db,
  client: ClientId,
  run: RunId,
  silentAfterMs: number,
): Promise<HeldRun | null> {
  const [row] = await db.query<HeldRun>(sql`
    select ${heldColumns} from sync_runs r
    where r.client_id = ${client}::uuid and r.id = ${run}::uuid and r.status = 'running'
      and r.heartbeat_at < clock_timestamp() - ${after(silentAfterMs)}
    for no key update skip locked`);
  return row ?? null;
}

/** True when nothing was heard of a queued or running run for so long; asks without waiting for anybody. */
export async function isSilent(db: Db, client: ClientId, run: RunId, silentAfterMs: number): Promise<boolean> {
  const rows = await db.query(sql`
    select 1 as silent from sync_runs r
    where r.client_id = ${client}::uuid and r.id = ${run}::uuid and r.status in ('queued', 'running')
      and r.heartbeat_at < clock_timestamp() - ${after(silentAfterMs)}`);
  return rows.length > 0;
}

export interface StoppedRun {
  number: number;
  status: RunStatus;
  importId: string | null;
  isImported: boolean;
  /** number of the client's latest run */
  latest: number;
}

/** What decides whether a run may be retried; its row is kept until the transaction ends. */
export async function holdStoppedRun(db: Db, client: ClientId, run: RunId): Promise<StoppedRun | null> {
  const [row] = await db.query<StoppedRun>(sql`
    select r.number, r.status, r.import_id::text as "importId",
      exists (select from sync_steps s
        where s.client_id = r.client_id and s.run_id = r.id and s.name = 'import' and s.status = 'succeeded') as "isImported",
      (select max(l.number) from sync_runs l where l.client_id = ${client}::uuid)::int as latest
    from sync_runs r where r.client_id = ${client}::uuid and r.id = ${run}::uuid
    for no key update`);
  return row ?? null;
}

/** Puts a failed run back into the queue, with its file or without; answers the step that waits again, null when none had failed. */
export async function reopenRun(
  db: Db,
  client: ClientId,
  run: RunId,
  options: { withoutFile: boolean },
): Promise<StepDto | null> {
  const file = options.withoutFile ? sql`, import_id = null, takes_inbox = false` : nothing;
  await db.execute(sql`
    update sync_runs set status = 'queued', retries = retries + 1, ended_at = null, error_code = null,
      error_message = null, heartbeat_at = statement_timestamp() ${file}
    where client_id = ${client}::uuid and id = ${run}::uuid and status = 'failed'`);
  const [step] = await db.query<StepDto>(sql`
    update sync_steps set status = 'waiting', started_at = null, ended_at = null, message = '', error_code = null
    where client_id = ${client}::uuid and run_id = ${run}::uuid and status = 'failed'
    returning ${stepColumns}`);
  return step ?? null;
}

/** Marks that somebody has looked after a queued run; false when it is not queued, was looked after lately, or another has its row. */
export async function touchQueuedRun(db: Db, client: ClientId, run: RunId, silentAfterMs: number): Promise<boolean> {
  const touched = await db.execute(sql`
    update sync_runs set heartbeat_at = statement_timestamp()
    where client_id = ${client}::uuid and id in (
      select id from sync_runs
      where client_id = ${client}::uuid and id = ${run}::uuid and status = 'queued'
        and heartbeat_at < statement_timestamp() - ${after(silentAfterMs)}
      for no key update skip locked)`);
  return touched === 1;
}

export interface SilentRun {
  clientId: ClientId;
  runId: RunId;
  status: "queued" | "running";
}

/** Runs of all clients without a sign of life: ids only, what is done then is done inside the client. */
export function listSilentRuns(db: Db, silentAfterMs: number): Promise<SilentRun[]> {
  return db.query<SilentRun>(sql`
    select client_id as "clientId", run_id as "runId", status
    from silent_runs(clock_timestamp() - ${after(silentAfterMs)})`);
}
