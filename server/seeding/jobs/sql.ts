/** Seedings that are jobs: their rows, and the work on them, which is one transaction and its own lease. */
import type { Actor } from "../../base/actor.ts";
import { actorId } from "../../base/actor.ts";
import type { Failure } from "../../base/failures.ts";
import type { ClientId } from "../../base/ids.ts";
import { type Db, type Sql, sql } from "../../db/db.ts";
import type { JobOutcome, JobRequest, JobStatus } from "./schema.ts";

const seconds = (ms: number): Sql => sql`make_interval(secs => ${ms / 1000}::float8)`;

export interface ActiveJob {
  id: string;
  name: string;
  pairs: number;
  byName: string;
  /** true when it is of this very request */
  isSame: boolean;
}

/** The job that has the client, queued or under way, or null. */
export async function findActive(db: Db, client: ClientId, request: JobRequest): Promise<ActiveJob | null> {
  const [row] = await db.query<ActiveJob>(sql`
    select id, name, pairs, by_name as "byName", request = ${JSON.stringify(request)}::jsonb as "isSame"
    from seed_jobs where client_id = ${client}::uuid and status in ('queued', 'running')`);
  return row ?? null;
}

export interface NewJob {
  request: JobRequest;
  name: string;
  pairs: number;
}

/** Creates a queued job and answers its id; null when another has the client. */
export async function insertJob(
  db: Db,
  client: ClientId,
  { request, name, pairs }: NewJob,
  { actor, now }: { actor: Actor; now: Date },
): Promise<string | null> {
  const [row] = await db.query<{ id: string }>(sql`
    insert into seed_jobs (client_id, request, name, pairs, by_kind, by_name, by_id, created_at)
    values (${client}::uuid, ${JSON.stringify(request)}::jsonb, ${name}, ${pairs}::int, ${actor.kind}, ${actor.name},
      ${actorId(actor)}, ${now}::timestamptz)
    on conflict do nothing
    returning id`);
  return row?.id ?? null;
}

/** Queues the job's work, from `afterMs` on; queueing it again replaces what is queued. */
export async function enqueueJob(db: Db, job: string, afterMs = 0): Promise<void> {
  await db.query(sql`select enqueue_seed_job(${job}::uuid, ${seconds(afterMs)})::text as queued`);
}

export interface JobRow {
  id: string;
  status: JobStatus;
  request: unknown;
  name: string;
  pairs: number;
  byKind: Actor["kind"];
  byName: string;
  byId: string | null;
  attempts: number;
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
  outcome: JobOutcome | null;
  seedId: string | null;
  errorCode: string | null;
  errorMessage: string | null;
  waitsForRun: number | null;
}

const running = sql`(select r.number from sync_runs r where r.client_id = j.client_id and r.status = 'running')`;

const jobColumns = sql`
  j.id, j.status, j.request, j.name, j.pairs, j.by_kind as "byKind", j.by_name as "byName", j.by_id as "byId", j.attempts,
  j.created_at as "createdAt", j.started_at as "startedAt", j.ended_at as "endedAt", j.outcome, j.seed_id as "seedId",
  j.error_code as "errorCode", j.error_message as "errorMessage",
  case when j.status = 'queued' then ${running} end as "waitsForRun"`;

/** One job, or null. */
export async function findJob(db: Db, client: ClientId, job: string): Promise<JobRow | null> {
  const [row] = await db.query<JobRow>(sql`
    select ${jobColumns} from seed_jobs j where j.client_id = ${client}::uuid and j.id = ${job}::uuid`);
  return row ?? null;
}

/** The newest of the client, or null. */
export async function findLatest(db: Db, client: ClientId): Promise<JobRow | null> {
  const [row] = await db.query<JobRow>(sql`
    select ${jobColumns} from seed_jobs j where j.client_id = ${client}::uuid
    order by j.created_at desc, j.id desc limit 1`);
  return row ?? null;
}

/** A job in one process's hands: `attempts` tells this taking of it from every other. */
export type ClaimedJob = Pick<
  JobRow,
  "id" | "name" | "pairs" | "request" | "byKind" | "byName" | "byId" | "attempts" | "createdAt"
>;

/** Takes a queued job; null when it is not queued, or a sync is under way: the two would only make each other start anew. */
export async function claimJob(db: Db, client: ClientId, job: string, now: Date): Promise<ClaimedJob | null> {
  const [row] = await db.query<ClaimedJob>(sql`
    update seed_jobs j set status = 'running', attempts = j.attempts + 1, looked_at = statement_timestamp(),
      started_at = coalesce(j.started_at, ${now}::timestamptz)
    where j.client_id = ${client}::uuid and j.id = ${job}::uuid and j.status = 'queued' and ${running} is null
    returning j.id, j.name, j.pairs, j.request, j.by_kind as "byKind", j.by_name as "byName", j.by_id as "byId", j.attempts,
      j.created_at as "createdAt"`);
  return row ?? null;
}

/** Tells whoever looks after jobs that this taking of it goes on, where nothing else tells: between two attempts at its work. */
export async function renewTaking(db: Db, client: ClientId, job: ClaimedJob): Promise<void> {
  await db.execute(sql`
    update seed_jobs set looked_at = statement_timestamp()
    where client_id = ${client}::uuid and id = ${job.id}::uuid and status = 'running' and attempts = ${job.attempts}::int`);
}

/**
 * Opens the work in this transaction: waits until what another process left of it is rolled back. A process that is paused, or
 * whose machine is gone, loses the connection, and with it the job, once its statement has ended.
 */
export async function beginWork(db: Db, job: string): Promise<void> {
  await db.execute(sql`set local idle_in_transaction_session_timeout = '30s'`);
  await db.query(sql`select begin_run_work(${job}::uuid)::text as begun`);
}

/** False when the job was cancelled or given to another process since it was taken. */
export async function isStillOurs(db: Db, client: ClientId, job: ClaimedJob): Promise<boolean> {
  const rows = await db.query(sql`
    select 1 as ours from seed_jobs
    where client_id = ${client}::uuid and id = ${job.id}::uuid and status = 'running' and attempts = ${job.attempts}::int`);
  return rows.length > 0;
}

/** Ends a job that this taking of it still has; false when it was cancelled or taken over. */
export async function endJob(
  db: Db,
  client: ClientId,
  job: Pick<ClaimedJob, "id" | "attempts">,
  end: { now: Date } & ({ outcome: JobOutcome; seedId: string | null } | { failure: Failure }),
): Promise<boolean> {
  const failure = "failure" in end ? end.failure : null;
  const done = "outcome" in end ? end : null;
  const outcome = done === null ? null : JSON.stringify(done.outcome);
  const ended = await db.execute(sql`
    update seed_jobs set status = ${failure === null ? "succeeded" : "failed"}, ended_at = greatest(${end.now}::timestamptz, started_at, created_at),
      outcome = ${outcome}::jsonb, seed_id = ${done?.seedId ?? null}::uuid,
      error_code = ${failure?.code ?? null}, error_message = ${failure?.message ?? null}
    where client_id = ${client}::uuid and id = ${job.id}::uuid and status = 'running' and attempts = ${job.attempts}::int`);
  return ended === 1;
}

/** Puts a job of this taking back into the queue; false when it was cancelled or taken over. */
export async function requeueJob(db: Db, client: ClientId, job: Pick<ClaimedJob, "id" | "attempts">): Promise<boolean> {
  const requeued = await db.execute(sql`
    update seed_jobs set status = 'queued', looked_at = statement_timestamp()
    where client_id = ${client}::uuid and id = ${job.id}::uuid and status = 'running' and attempts = ${job.attempts}::int`);
  return requeued === 1;
}

/** Cancels a job that is queued or under way; false when it had ended. */
export async function cancelJob(db: Db, client: ClientId, job: string, now: Date): Promise<boolean> {
  const cancelled = await db.execute(sql`
    update seed_jobs set status = 'cancelled', ended_at = greatest(${now}::timestamptz, started_at, created_at)
    where client_id = ${client}::uuid and id = ${job}::uuid and status in ('queued', 'running')`);
  return cancelled === 1;
}

/** Ends the work on a job that this transaction has just taken away. Gently: the statement is cancelled, the connection kept. */
export async function stopWork(db: Db, job: string, how: { gently: boolean }): Promise<void> {
  await db.query(sql`select stop_run_work(${job}::uuid, ${how.gently}::boolean) as stopped`);
}
