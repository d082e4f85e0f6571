import type { ClientId } from "../base/ids.ts";
import type { Db } from "../db/db.ts";
import { sql } from "../db/db.ts";

export interface ScheduleRow {
  cron: string;
  timezone: string;
  enabled: boolean;
  nextDueAt: Date;
}

export async function findSchedule(db: Db, client: ClientId): Promise<ScheduleRow | null> {
  const [row] = await db.query<ScheduleRow>(sql`
    select cron, timezone, enabled, next_due_at as "nextDueAt" from schedules where client_id = ${client}::uuid`);
  return row ?? null;
}

/** Adds the client's schedule unless it has one; answers rows added. */
export function insertSchedule(
  db: Db,
  client: ClientId,
  schedule: Pick<ScheduleRow, "cron" | "timezone" | "nextDueAt">,
): Promise<number> {
  return db.execute(sql`
    insert into schedules (client_id, cron, timezone, next_due_at)
    values (${client}::uuid, ${schedule.cron}, ${schedule.timezone}, ${schedule.nextDueAt}::timestamptz)
    on conflict do nothing`);
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
