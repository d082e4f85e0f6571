/** Seedings on which nobody may be working any more, and those that wait in the queue. */
import type { ClientId } from "../../base/ids.ts";
import { type Db, type Sql, sql } from "../../db/db.ts";
import type { JobRow } from "./sql.ts";

const seconds = (ms: number): Sql => sql`make_interval(secs => ${ms / 1000}::float8)`;

export interface SilentJob {
  clientId: ClientId;
  jobId: string;
}

/** Jobs of all clients that were last queued or taken so long ago: ids only, what is done then is done inside the client. */
export function listSilent(db: Db, silentAfterMs: number): Promise<SilentJob[]> {
  return db.query<SilentJob>(sql`
    select client_id as "clientId", job_id as "jobId"
    from silent_seed_jobs(clock_timestamp() - ${seconds(silentAfterMs)})`);
}

export type HeldJob = Pick<JobRow, "id" | "name" | "status" | "attempts">;

/**
 * What is to be known of a job to look after it, its row kept until the transaction ends. Null when another has the row, or when it
 * was queued or taken since it was listed: whoever took it may not have begun yet, and must not lose it.
 */
export async function holdSilent(
  db: Db,
  client: ClientId,
  job: string,
  silentAfterMs: number,
): Promise<HeldJob | null> {
  const [row] = await db.query<HeldJob>(sql`
    select id, name, status, attempts from seed_jobs
    where client_id = ${client}::uuid and id = ${job}::uuid
      and looked_at < statement_timestamp() - ${seconds(silentAfterMs)}
    for no key update skip locked`);
  return row ?? null;
}

/** Marks that somebody has looked after a queued job; false when it is not queued. */
export async function touchQueued(db: Db, client: ClientId, job: string): Promise<boolean> {
  const touched = await db.execute(sql`
    update seed_jobs set looked_at = statement_timestamp()
    where client_id = ${client}::uuid and id = ${job}::uuid and status = 'queued'`);
  return touched === 1;
}

/** True when nobody works on the job, which nobody begins then before this transaction ends. */
export async function isWorkFree(db: Db, job: string): Promise<boolean> {
  const [row] = await db.query<{ free: boolean }>(sql`select is_work_free(${job}::uuid) as free`);
  return row!.free;
}
