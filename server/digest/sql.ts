import type { ClientId } from "../base/ids.ts";
import type { Db, Sql } from "../db/db.ts";
import { sql } from "../db/db.ts";
import type { StepName } from "../sync/schema.ts";
import type { DigestRun, DigestSettings } from "./schema.ts";

export interface EndedRun extends Omit<DigestRun, "named" | "seeded" | "totals"> {
  steps: { name: StepName; counts: Record<string, number> }[] | null;
}

/** More in one digest would be read by nobody. */
const MOST_RUNS = 10;

function endedRuns(client: ClientId, which: Sql): Sql {
  return sql`
    select r.id, r.number, r.status, r.started_at as "startedAt", r.ended_at as "endedAt", r.warnings,
      case when r.error_code is not null then jsonb_build_object('code', r.error_code, 'message', r.error_message) end as error,
      (select jsonb_agg(jsonb_build_object('name', s.name, 'counts', s.counts) order by s.position)
        from sync_steps s where s.client_id = r.client_id and s.run_id = r.id) as steps
    from sync_runs r
    where r.client_id = ${client}::uuid and r.ended_at is not null and ${which}
    order by r.ended_at desc, r.number desc limit ${MOST_RUNS}`;
}

/** The last runs that ended on a day of a time zone, newest first. */
export function listRunsOfDay(db: Db, client: ClientId, day: string, timezone: string): Promise<EndedRun[]> {
  const start = sql`(${day}::date)::timestamp at time zone ${timezone}`;
  const end = sql`(${day}::date + 1)::timestamp at time zone ${timezone}`;
  return db.query<EndedRun>(endedRuns(client, sql`r.ended_at >= ${start} and r.ended_at < ${end}`));
}

/** The last runs that ended after an instant (null: ever), newest first; one that was tried again ends again. */
export function listRunsAfter(db: Db, client: ClientId, instant: Date | null): Promise<EndedRun[]> {
  return db.query<EndedRun>(
    endedRuns(client, sql`date_trunc('milliseconds', r.ended_at) > coalesce(${instant}::timestamptz, '-infinity')`),
  );
}

export async function listTierNames(db: Db, client: ClientId): Promise<Map<string, string>> {
  const rows = await db.query<{ id: string; name: string }>(sql`
    select tier_id as id, tier_name as name from tiers where client_id = ${client}::uuid`);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export interface DigestRow extends DigestSettings {
  /** the newest end that was told, to the millisecond; null: none yet */
  toldUntil: Date | null;
  lastDay: string | null;
}

export async function findSettings(db: Db, client: ClientId): Promise<DigestRow | null> {
  const [row] = await db.query<DigestRow>(sql`
    select mode, hour::int as hour, told_until as "toldUntil", last_day::text as "lastDay"
    from notification_digests where client_id = ${client}::uuid`);
  return row ?? null;
}

/** The settings, told up to the last run that has ended. */
export async function upsertSettings(
  db: Db,
  client: ClientId,
  to: DigestSettings & { lastDay: string | null; now: Date },
): Promise<void> {
  await db.execute(sql`
    insert into notification_digests (client_id, mode, hour, told_until, last_day, updated_at)
    select ${client}::uuid, ${to.mode}, ${to.hour}::smallint, max(date_trunc('milliseconds', r.ended_at)), ${to.lastDay}::date, ${to.now}::timestamptz
    from sync_runs r where r.client_id = ${client}::uuid and r.ended_at is not null
    on conflict (client_id) do update set mode = excluded.mode, hour = excluded.hour, told_until = excluded.told_until,
      last_day = excluded.last_day, updated_at = excluded.updated_at`);
}

/** Moves the digest past what it tells; false when another process was first. */
export async function claimDigest(
  db: Db,
  client: ClientId,
  from: DigestRow,
  to: { toldUntil: Date | null; lastDay: string; now: Date },
): Promise<boolean> {
  const claimed = await db.execute(sql`
    update notification_digests set told_until = ${to.toldUntil}::timestamptz, last_day = ${to.lastDay}::date, updated_at = ${to.now}::timestamptz
    where client_id = ${client}::uuid and mode = ${from.mode} and told_until is not distinct from ${from.toldUntil}::timestamptz
      and last_day is not distinct from ${from.lastDay}::date`);
  return claimed === 1;
}

/** The clients whose digest is due: ids only. */
export async function listDue(db: Db, now: Date): Promise<string[]> {
  const rows = await db.query<{ clientId: string }>(sql`
    select client_id as "clientId" from due_digests(${now}::timestamptz)`);
  return rows.map((row) => row.clientId);
}
