/**
 * The import's writes on creators and videos. All read the staged rows that need writing (import_rows, after the import has judged
 * them). They run in bulk (db/bulk.ts): joined by hash, an insert reads the table that it fills once, as it was, and not its own rows.
 */
import type { ClientSettings } from "../base/client-settings.ts";
import type { ImportId } from "../base/ids.ts";
import { type Db, sql } from "../db/db.ts";

export interface StagedImport {
  settings: ClientSettings;
  importId: ImportId;
  now: Date;
}

/**
 * Creates the creators of staged videos whose handles are new, at the lowest tier, with a window from the start of their earliest staged post date
 * (domain reference, section 9); answers how many. Months are calendar months in the client's timezone, clamped.
 */
export function insertNewCreators(db: Db, { settings, importId, now }: StagedImport): Promise<number> {
  const { id: client, timezone, checkpointMonths, tierCalculationMode } = settings;
  return db.execute(sql`
    insert into users (client_id, tiktok_handle, current_tier, tier_achieved_at, next_checkpoint_at, first_video_date, created_at, updated_at)
    select s.client_id, s.handle, t.tier_id, s.first_day::timestamp at time zone ${timezone},
      case when t.checkpoint_exempt or ${tierCalculationMode} = 'lifetime' then null
        else (${now}::timestamptz at time zone ${timezone} + make_interval(months => ${checkpointMonths}::int)) at time zone ${timezone} end,
      s.first_day::timestamp at time zone ${timezone}, ${now}::timestamptz, ${now}::timestamptz
    from (
      select r.client_id, r.handle, min(r.post_date) as first_day
      from import_rows r
      where r.client_id = ${client}::uuid and r.import_id = ${importId}::uuid
        and not exists (select 1 from users u where u.client_id = ${client}::uuid and u.tiktok_handle = r.handle)
      group by r.client_id, r.handle
    ) s
    join (
      select l.client_id, l.tier_id, l.checkpoint_exempt from tiers l
      where l.client_id = ${client}::uuid order by l.tier_order limit 1
    ) t on t.client_id = s.client_id
    order by s.handle
    on conflict (client_id, tiktok_handle) do nothing`);
}

/**
 * Writes the staged figures over videos that are there; answers how many rows were touched. A row that differs only in its address
 * keeps the import and line that last changed a figure.
 */
export function updateChangedVideos(db: Db, { settings, importId, now }: StagedImport): Promise<number> {
  const differs = sql`(v.video_title, v.post_date, v.views, v.likes, v.comments, v.gmv, v.ctr, v.units_sold)
    is distinct from (s.video_title, s.post_date, s.views, s.likes, s.comments, s.gmv, s.ctr, s.units_sold)`;
  return db.execute(sql`
    update videos v
    set video_url = s.video_url, video_title = s.video_title, post_date = s.post_date, views = s.views, likes = s.likes,
      comments = s.comments, gmv = s.gmv, ctr = s.ctr, units_sold = s.units_sold,
      last_import_id = case when ${differs} then s.import_id else v.last_import_id end,
      last_import_line = case when ${differs} then s.line else v.last_import_line end,
      updated_at = ${now}::timestamptz
    from import_rows s
    where s.client_id = ${settings.id}::uuid and s.import_id = ${importId}::uuid
      and v.client_id = ${settings.id}::uuid and v.client_id = s.client_id and v.video_key = s.video_key`);
}

/** Inserts the staged videos, none of which may be there yet, sorted by key; of several rows the last counts. Answers how many. */
export function insertNewVideos(db: Db, { settings, importId, now }: StagedImport): Promise<number> {
  return db.execute(sql`
    insert into videos (client_id, video_key, video_url, user_id, video_title, post_date, views, likes, comments, gmv, ctr, units_sold,
      last_import_id, last_import_line, created_at, updated_at)
    select distinct on (s.video_key) s.client_id, s.video_key, s.video_url, u.id, s.video_title, s.post_date, s.views, s.likes,
      s.comments, s.gmv, s.ctr, s.units_sold, s.import_id, s.line, ${now}::timestamptz, ${now}::timestamptz
    from import_rows s
    join users u on u.client_id = s.client_id and u.tiktok_handle = s.handle
    where s.client_id = ${settings.id}::uuid and s.import_id = ${importId}::uuid
    order by s.video_key, s.line desc`);
}
