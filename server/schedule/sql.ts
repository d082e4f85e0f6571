import type { ClientId, RunId } from "../base/ids.ts";
import type { Db } from "../db/db.ts";
import { nothing, sql } from "../db/db.ts";
import type { ActualRun, Skip } from "./calendar-rules.ts";
import { MISSED_AFTER_MS, type ScheduleVersion } from "./due-rules.ts";
import type { CalendarRun, MissedPolicy, SkipCode } from "./schema.ts";

export interface ScheduleRow {
  cron: string;
  timezone: string;
  enabled: boolean;
  nextDueAt: Date;
  missedPolicy: MissedPolicy;
  pausedAt: Date | null;
  pausedUntil: Date | null;
  pauseReason: string | null;
  pausedBy: string | null;
}

/** The client's schedule; `forUpdate` keeps it from being claimed or changed until the transaction ends. */
export async function findSchedule(db: Db, client: ClientId, forUpdate = false): Promise<ScheduleRow | null> {
  const [row] = await db.query<ScheduleRow>(sql`
    select cron, timezone, enabled, next_due_at as "nextDueAt", missed_policy as "missedPolicy", paused_at as "pausedAt",
      paused_until as "pausedUntil", pause_reason as "pauseReason", paused_by as "pausedBy"
    from schedules where client_id = ${client}::uuid ${forUpdate ? sql`for update` : nothing}`);
  return row ?? null;
}

/** Whether a due time that had to become a run has passed by more than the grace. */
export async function isOverdue(db: Db, client: ClientId, now: Date): Promise<boolean> {
  const rows = await db.query(sql`
    select 1 as overdue from schedules
    where client_id = ${client}::uuid and enabled
      and greatest(next_due_at, silent_until) < ${new Date(now.getTime() - MISSED_AFTER_MS)}::timestamptz`);
  return rows.length > 0;
}

/** Adds the client's schedule unless it has one; answers rows added. */
export function insertSchedule(
  db: Db,
  client: ClientId,
  schedule: Pick<ScheduleRow, "cron" | "timezone" | "nextDueAt"> & { now: Date },
): Promise<number> {
  return db.execute(sql`
    insert into schedules (client_id, cron, timezone, next_due_at, created_at, updated_at)
    values (${client}::uuid, ${schedule.cron}, ${schedule.timezone}, ${schedule.nextDueAt}::timestamptz,
      ${schedule.now}::timestamptz, ${schedule.now}::timestamptz)
    on conflict do nothing`);
}

export async function updateSchedule(
  db: Db,
  client: ClientId,
  to: Pick<ScheduleRow, "cron" | "timezone" | "missedPolicy" | "nextDueAt"> & { now: Date },
): Promise<void> {
  await db.execute(sql`
    update schedules set cron = ${to.cron}, timezone = ${to.timezone}, missed_policy = ${to.missedPolicy},
      next_due_at = ${to.nextDueAt}::timestamptz, updated_at = ${to.now}::timestamptz
    where client_id = ${client}::uuid`);
}

/** Pauses the schedule, or with null ends the pause. `silentUntil` is the first due time after it; null: never. */
export async function updatePause(
  db: Db,
  client: ClientId,
  pause: { reason: string; until: Date | null; since: Date; byName: string; silentUntil: Date | null } | null,
  now: Date,
): Promise<void> {
  const silent = pause === null ? sql`null` : sql`coalesce(${pause.silentUntil}::timestamptz, 'infinity')`;
  await db.execute(sql`
    update schedules set enabled = enabled or ${pause === null}, paused_at = ${pause?.since ?? null}::timestamptz,
      paused_until = ${pause?.until ?? null}::timestamptz, pause_reason = ${pause?.reason ?? null},
      paused_by = ${pause?.byName ?? null}, silent_until = ${silent}, updated_at = ${now}::timestamptz
    where client_id = ${client}::uuid`);
}

/** Moves `next_due_at` from the claimed time to the next; false when another process was first. */
export async function claimDue(
  db: Db,
  client: ClientId,
  claim: { dueAt: Date; nextDueAt: Date; now: Date },
): Promise<boolean> {
  // A time written by hand may be finer than the milliseconds that travel through the application.
  const claimed = await db.execute(sql`
    update schedules set next_due_at = ${claim.nextDueAt}::timestamptz, updated_at = ${claim.now}::timestamptz
    where client_id = ${client}::uuid and enabled
      and date_trunc('milliseconds', next_due_at) = ${claim.dueAt}::timestamptz`);
  return claimed === 1;
}

export interface DueSchedule {
  clientId: string;
  dueAt: Date;
}

/** The schedules of all clients that are due, oldest first: ids and times only. */
export function listDue(db: Db, now: Date): Promise<DueSchedule[]> {
  return db.query<DueSchedule>(
    sql`select client_id as "clientId", due_at as "dueAt" from due_schedules(${now}::timestamptz)`,
  );
}

/** What the schedule was, oldest first: the versions in force since an instant. */
export function listVersions(db: Db, client: ClientId, since: Date): Promise<ScheduleVersion[]> {
  return db.query<ScheduleVersion>(sql`
    select valid_from as "validFrom", cron, timezone, enabled, paused_until as "pausedUntil", pause_reason as "pauseReason"
    from schedule_versions
    where client_id = ${client}::uuid and valid_from >= coalesce(
      (select max(v.valid_from) from schedule_versions v
        where v.client_id = ${client}::uuid and v.valid_from <= ${since}::timestamptz), '-infinity')
    order by valid_from`);
}

/** Notes due times that become no run; one that is noted already stays as it is. */
export async function insertSkips(
  db: Db,
  client: ClientId,
  dues: readonly Date[],
  skip: { code: SkipCode; reason: string; runId: RunId | null; now: Date },
): Promise<void> {
  if (dues.length === 0) return;
  await db.execute(sql`
    insert into schedule_skips (client_id, due_at, code, reason, run_id, noted_at)
    select ${client}::uuid, d, ${skip.code}, ${skip.reason}, ${skip.runId}::uuid, ${skip.now}::timestamptz
    from unnest(${dues.map((due) => due.toISOString())}::text[]::timestamptz[]) as d
    on conflict do nothing`);
}

/** Runs that began since an instant, or that stand for a due time since then. */
export function listRuns(db: Db, client: ClientId, since: Date): Promise<ActualRun[]> {
  return db.query<ActualRun>(sql`
    select number, status, scheduled_for as "scheduledFor", created_at as "createdAt" from sync_runs
    where client_id = ${client}::uuid and created_at >= ${since}::timestamptz order by number`);
}

export async function listSkips(db: Db, client: ClientId, since: Date): Promise<Skip[]> {
  const rows = await db.query<Omit<Skip, "run"> & { number: number | null; status: CalendarRun["status"] | null }>(sql`
    select s.due_at as "dueAt", s.code, s.reason, r.number, r.status
    from schedule_skips s left join sync_runs r on r.client_id = s.client_id and r.id = s.run_id
    where s.client_id = ${client}::uuid and s.due_at >= ${since}::timestamptz`);
  return rows.map(({ number, status, ...skip }) => ({
    ...skip,
    run: number === null || status === null ? null : { number, status },
  }));
}

/** The status of a run that stands in the way of another. */
export async function runStatus(db: Db, client: ClientId, run: RunId): Promise<string | null> {
  const [row] = await db.query<{ status: string }>(
    sql`select status from sync_runs where client_id = ${client}::uuid and id = ${run}::uuid`,
  );
  return row?.status ?? null;
}
