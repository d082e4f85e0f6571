/** What the checks find, and what is kept of it. */
import type { ClientId } from "../base/ids.ts";
import { type Db, sql } from "../db/db.ts";
import { type Check, type HealthContext, missionName } from "./check.ts";
import type { Standing } from "./rules.ts";
import type { HealthFinding } from "./schema.ts";

export interface Found {
  count: number;
  named: number;
  sample: HealthFinding["sample"];
}

/** Ends every statement of the transaction that takes longer, before the transaction itself is given up. */
export async function limitStatements(db: Db, limitMs: number): Promise<void> {
  await db.query(sql`select set_config('statement_timeout', ${String(limitMs)}::text, true) as limit`);
}

/** Makes one check: the exact count and the first five by name; of progress rows the names of their missions. */
export async function findFound(db: Db, health: HealthContext, check: Check): Promise<Found> {
  const { subject } = check;
  const names =
    subject === "row"
      ? sql`select f.records, m.id::text as id, ${missionName} as label
          from (select r.mission_id, count(*)::int as records from (${check.found(health)}) r group by r.mission_id) f
          join missions m on m.client_id = ${health.settings.id}::uuid and m.id = f.mission_id`
      : sql`select 1 as records, f.id, f.label from (${check.found(health)}) f`;
  const [row] = await db.query<{ count: number; named: number; sample: { id: string; label: string }[] }>(sql`
    with found as materialized (${names})
    select coalesce(sum(records), 0)::int as count, coalesce(sum(records) filter (where id <> ''), 0)::int as named, coalesce((
        select json_agg(json_build_object('id', s.id, 'label', s.label) order by s.label collate "C", s.id)
        from (select id, label from found where id <> '' order by label collate "C", id limit 5) s
      ), '[]'::json) as sample
    from found`);
  const kind = subject === "row" ? "mission" : subject;
  return { count: row!.count, named: row!.named, sample: row!.sample.map((named) => ({ kind, ...named })) };
}

/** Keeps what a check found; `run`: it was made at the end of that sync. Since when it finds something outlives the checks between. */
export async function upsertFound(
  db: Db,
  client: ClientId,
  code: string,
  { found, run, now }: { found: Found; run: number | null; now: Date },
): Promise<void> {
  await db.execute(sql`
    insert into health_findings as f (client_id, code, records, named, sample, made_at, first_seen_at, state, tried_at, run_number, run_records)
    values (${client}::uuid, ${code}, ${found.count}::int, ${found.named}::int, ${JSON.stringify(found.sample)}::jsonb, ${now}::timestamptz,
      case when ${found.count}::int > 0 then ${now}::timestamptz end, 'made', ${now}::timestamptz, ${run}::int,
      case when ${run}::int is not null then ${found.count}::int end)
    on conflict (client_id, code) do update set
      records = excluded.records, named = excluded.named, sample = excluded.sample, made_at = excluded.made_at, state = 'made',
      tried_at = excluded.tried_at,
      first_seen_at = case when excluded.records > 0 then coalesce(f.first_seen_at, excluded.first_seen_at) end,
      run_number = coalesce(excluded.run_number, f.run_number),
      run_records = coalesce(excluded.run_records, f.run_records),
      -- a sync whose checks are made a second time is still compared with the one before it
      base_run_number = case when excluded.run_number = f.run_number then f.base_run_number else f.run_number end,
      base_records = case when excluded.run_number = f.run_number then f.base_records else f.run_records end`);
}

/** Keeps that a check came to nothing, beside what it found the last time. */
export async function upsertTrouble(
  db: Db,
  client: ClientId,
  code: string,
  { kind, now }: { kind: "timed_out" | "failed"; now: Date },
): Promise<void> {
  await db.execute(sql`
    insert into health_findings (client_id, code, state, tried_at) values (${client}::uuid, ${code}, ${kind}, ${now}::timestamptz)
    on conflict (client_id, code) do update set state = excluded.state, tried_at = excluded.tried_at`);
}

export function listStored(db: Db, client: ClientId): Promise<Standing[]> {
  return db.query<Standing>(sql`
    select f.code, f.records, f.named, f.sample, f.made_at as "madeAt", f.first_seen_at as "firstSeenAt", f.state, f.tried_at as "triedAt",
      f.base_run_number as "baseRunNumber", f.base_records as "baseRecords"
    from health_findings f where f.client_id = ${client}::uuid`);
}

/** The last change that an admin made in the programme after an instant; null when there is none. */
export async function findChangeSince(
  db: Db,
  client: ClientId,
  since: Date,
): Promise<{ at: Date; byName: string } | null> {
  const [row] = await db.query<{ at: Date; byName: string }>(sql`
    select a.at, a.actor_name as "byName" from audit_log a
    where a.client_id = ${client}::uuid and a.at > ${since}::timestamptz and a.actor_kind = 'admin'
      and split_part(a.action, '.', 1) not in ('health', 'sync', 'member')
    order by a.at desc, a.id desc limit 1`);
  return row ?? null;
}

/** The number of the last sync that ended after an instant; null when none did. */
export async function findRunSince(db: Db, client: ClientId, since: Date): Promise<number | null> {
  const [row] = await db.query<{ number: number }>(sql`
    select r.number from sync_runs r
    where r.client_id = ${client}::uuid and r.ended_at > ${since}::timestamptz
    order by r.number desc limit 1`);
  return row?.number ?? null;
}
