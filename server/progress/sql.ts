import type { ClientSettings } from "../base/client-settings.ts";
import type { ClientId, MissionId } from "../base/ids.ts";
import { isStillIn } from "../db/day-sql.ts";
import { type Db, nothing, type Sql, sql } from "../db/db.ts";
import { valuedRows } from "./value-sql.ts";

/** The missions that run (of these; null: of all) and have sleeping rows, from the kept counts. */
export async function listSleeping(
  db: Db,
  client: ClientId,
  missions: readonly MissionId[] | null,
): Promise<MissionId[]> {
  const rows = await db.query<{ id: MissionId }>(sql`
    select m.id from missions m
    where m.client_id = ${client}::uuid and m.enabled and m.activated
      and (${missions}::uuid[] is null or m.id = any (${missions}::uuid[]))
      and (select coalesce(sum(c.rows), 0) from progress_counts c
        where c.client_id = ${client}::uuid and c.mission_id = m.id and c.status = 'dormant') > 0
    order by m.id`);
  return rows.map(({ id }) => id);
}

/** Wakes all sleeping rows of missions that run, and queues the missions for the progress step; answers how many rows. */
export async function updateDormant(
  db: Db,
  client: ClientId,
  missions: readonly MissionId[],
  now: Date,
): Promise<number> {
  await db.execute(sql`set local muster.waking = 'on'`);
  const [row] = await db.query<{ woken: number }>(sql`
    with woken as (
      update mission_progress p set status = 'active', updated_at = ${now}::timestamptz
      where p.client_id = ${client}::uuid and p.mission_id = any (${missions}::uuid[]) and p.status = 'dormant'
      returning p.client_id, p.mission_id
    ), queued as (
      insert into progress_queue (client_id, mission_id) select distinct w.client_id, w.mission_id from woken w
    )
    select count(*)::int as woken from woken`);
  await db.execute(sql`set local muster.waking = ''`);
  return row!.woken;
}

/** Row `p` sleeps although its mission `m` runs. */
const isWakeable = (client: ClientId) => sql`p.client_id = ${client}::uuid and p.status = 'dormant'
  and m.client_id = ${client}::uuid and m.id = p.mission_id and m.enabled and m.activated`;

/** The missions whose rows are wakeable. */
export async function listWakeable(db: Db, client: ClientId): Promise<MissionId[]> {
  const rows = await db.query<{ id: MissionId }>(sql`
    select distinct m.id from mission_progress p, missions m where ${isWakeable(client)}`);
  return rows.map(({ id }) => id);
}

/** The sleeping rows of missions that run, by name. */
export function wakeableRows(client: ClientId): Sql {
  return sql`
    select concat_ws(' ', p.user_id, p.mission_id, p.cycle) as key, u.tiktok_handle as label,
      coalesce(nullif(m.display_name, ''), m.title) || ': dormant becomes active' as detail
    from mission_progress p, missions m, users u
    where ${isWakeable(client)} and u.client_id = p.client_id and u.client_id = ${client}::uuid and u.id = p.user_id`;
}

/** The rows that move: active, of a mission that runs and is no raffle (domain reference, section 6). */
function movingRows(client: ClientId, { from, whose = nothing }: { from: Sql; whose?: Sql }): Sql {
  return sql`
    select p.client_id, p.user_id, p.mission_id, p.cycle, p.current_value, p.checkpoint_start, p.checkpoint_end,
      m.mission_type, m.target_value
    from ${from}
    join missions m on m.client_id = p.client_id and m.id = p.mission_id
    where p.client_id = ${client}::uuid and p.status = 'active' and m.enabled and m.activated and m.mission_type <> 'raffle' ${whose}`;
}

export interface ActiveRows {
  /** those that move */
  moving: number;
  /** those of missions that are switched off */
  stopped: number;
  /** those of raffles that run */
  raffle: number;
}

/** The client's active rows, by whether they move, from the kept counts. */
export async function countActive(db: Db, client: ClientId): Promise<ActiveRows> {
  const rows = (which: Sql) => sql`coalesce(sum(c.rows) filter (where ${which}), 0)::int`;
  const [row] = await db.query<ActiveRows>(sql`
    select ${rows(sql`m.enabled and m.activated and m.mission_type <> 'raffle'`)} as moving,
      ${rows(sql`not (m.enabled and m.activated)`)} as stopped,
      ${rows(sql`m.enabled and m.activated and m.mission_type = 'raffle'`)} as raffle
    from progress_counts c
    join missions m on m.client_id = c.client_id and m.id = c.mission_id
    where c.client_id = ${client}::uuid and c.status = 'active'`);
  return row!;
}

/** What has queued since values were last computed. */
export interface Queued {
  /** something happened to the whole client, such as another timezone */
  isEverything: boolean;
  /** creators alone, fewer than one in three: they are looked up one by one, where otherwise everything is read and hashed */
  isFew: boolean;
}

export async function findQueued(db: Db, client: ClientId): Promise<Queued> {
  const [row] = await db.query<Queued>(sql`
    select coalesce(bool_or(q.users is null and q.mission_id is null), false) as "isEverything",
      coalesce(bool_and(q.users is not null), true) and coalesce(sum(cardinality(q.users)), 0) * 3 < (
        select coalesce(sum(c.creators), 0) from eligibility_counts c
        where c.client_id = ${client}::uuid and c.mission_id is null) as "isFew"
    from progress_queue q where q.client_id = ${client}::uuid`);
  return row!;
}

/** `judged`: the rows whose value was computed; the others cannot have moved. */
export interface Moved {
  judged: number;
  written: number;
  changed: number;
  completed: number;
}

/**
 * Takes the whole queue and brings every moving row up to date. Where the timezone has become another one since these settings were
 * read, what queued everybody stays for the next time.
 */
export function updateAllValues(db: Db, settings: ClientSettings, now: Date): Promise<Moved> {
  const taken = sql`
    delete from progress_queue q
    where q.client_id = ${settings.id}::uuid and (q.users is not null or q.mission_id is not null or ${isStillIn(settings)})
    returning q.users, q.mission_id`;
  return updateValues(db, settings, now, { taken, rows: movingRows(settings.id, { from: sql`mission_progress p` }) });
}

/** Takes the creators and missions of the queue and brings their moving rows up to date. `isFew`: creators are looked up one by one. */
export function updateQueuedValues(
  db: Db,
  settings: ClientSettings,
  now: Date,
  { isFew }: Pick<Queued, "isFew">,
): Promise<Moved> {
  const taken = sql`
    delete from progress_queue q
    where q.client_id = ${settings.id}::uuid and (q.users is not null or q.mission_id is not null)
    returning q.users, q.mission_id`;
  // In the order in which their rows lie.
  const creators = sql`select distinct unnest(t.users) as user_id from taken t order by 1`;
  const ofCreators = isFew
    ? { from: sql`(${creators}) c cross join lateral ${rowsOfCreator(settings.id)} p` }
    : { from: sql`mission_progress p`, whose: sql`and p.user_id in (${creators})` };
  const ofMissions = {
    from: sql`mission_progress p`,
    whose: sql`and p.mission_id in (select t.mission_id from taken t where t.mission_id is not null)
      and p.user_id not in (${creators})`,
  };
  const rows = sql`${movingRows(settings.id, ofCreators)} union all ${movingRows(settings.id, ofMissions)}`;
  return updateValues(db, settings, now, { taken, rows });
}

/** All rows of the creator `c`, by one walk through the key: never each of the missions looked up by itself. */
function rowsOfCreator(client: ClientId): Sql {
  return sql`(select * from mission_progress r where r.client_id = ${client}::uuid and r.user_id = c.user_id offset 0)`;
}

/**
 * Brings value, status and completion of rows up to date in one update; rows that stay as they are are not written. One statement
 * with what takes them from the queue: both see the same moment, so that what is queued later is not lost.
 */
async function updateValues(
  db: Db,
  settings: ClientSettings,
  now: Date,
  { taken, rows }: { taken: Sql; rows: Sql },
): Promise<Moved> {
  const [row] = await db.query<Moved>(sql`
    with taken as (${taken}), valued as materialized (${valuedRows(settings, rows)}), written as (
      update mission_progress p
      set current_value = v.value,
        status = case when v.is_reached then 'completed' else p.status end,
        completed_at = case when v.is_reached then ${now}::timestamptz end,
        updated_at = ${now}::timestamptz
      from valued v
      where p.client_id = ${settings.id}::uuid and p.user_id = v.user_id and p.mission_id = v.mission_id and p.cycle = v.cycle
        and p.status = 'active' and (v.value is distinct from v.current_value or v.is_reached)
      returning v.is_reached, v.value is distinct from v.current_value as is_changed
    )
    select (select count(*)::int from valued) as judged, count(*)::int as written,
      (count(*) filter (where is_changed))::int as changed, (count(*) filter (where is_reached))::int as completed
    from written`);
  return row!;
}
