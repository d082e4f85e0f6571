import type { ClientSettings } from "../../base/client-settings.ts";
import type { Db, Sql } from "../../db/db.ts";
import { sql } from "../../db/db.ts";
import { countedVideos } from "../../progress/value-sql.ts";
import type { CauseDto, CausingVideo } from "./schema.ts";

/** A list is read, not walked: a mission that hundreds of videos completed is told by those that count most. */
const MOST_VIDEOS = 50;

export type CausedRow = Omit<CauseDto, "videos" | "videoCount" | "worthNow">;

/** The redemption with its completed row and the runs behind both, or null. */
export async function findCause(db: Db, { id }: ClientSettings, redemption: string): Promise<CausedRow | null> {
  const [row] = await db.query<CausedRow>(sql`
    select r.id as "redemptionId", r.user_id as "userId", u.tiktok_handle as handle, r.mission_id as "missionId",
      coalesce(nullif(btrim(m.display_name), ''), m.title) as "missionName", m.mission_type as "missionType", w.name as "rewardName",
      p.current_value::text as value, m.target_value::text as target, p.checkpoint_start as "windowStart",
      p.checkpoint_end as "windowEnd", p.created_at as "seededAt", p.completed_at as "completedAt",
      (select c.number from sync_runs c where c.client_id = r.client_id and c.started_at = p.completed_at
        order by c.number desc limit 1) as "completedBy",
      made.number as "madeBy"
    from redemptions r
    join users u on u.client_id = r.client_id and u.id = r.user_id
    join missions m on m.client_id = r.client_id and m.id = r.mission_id
    join rewards w on w.client_id = r.client_id and w.id = r.reward_id
    join mission_progress p on p.client_id = r.client_id and p.user_id = r.user_id and p.mission_id = r.mission_id and p.cycle = r.cycle
    left join sync_runs made on made.client_id = r.client_id and made.id = r.run_id
    where r.client_id = ${id}::uuid and r.id = ${redemption}::uuid`);
  return row ?? null;
}

/** The row of a redemption, as the definition of a row's worth wants it. */
function rowOf({ id }: ClientSettings, redemption: string): Sql {
  return sql`
    select p.client_id, p.user_id, p.checkpoint_start, p.checkpoint_end, p.completed_at, m.mission_type, m.target_value
    from redemptions d
    join mission_progress p on p.client_id = d.client_id and p.user_id = d.user_id and p.mission_id = d.mission_id and p.cycle = d.cycle
    join missions m on m.client_id = p.client_id and m.id = p.mission_id
    where d.client_id = ${id}::uuid and d.id = ${redemption}::uuid`;
}

/** A video that came after the row was completed had no part in it. */
const hadPart = sql`(v.completed_at is null or v.created_at <= v.completed_at)`;

/** The videos that counted, the most first, and how many there are with what they count now. */
export async function listCausing(
  db: Db,
  settings: ClientSettings,
  redemption: string,
): Promise<{ videos: CausingVideo[]; count: number; worth: string }> {
  const counted = countedVideos(settings, rowOf(settings, redemption));
  const videos = await db.query<CausingVideo>(sql`
    select v.video_key as key, v.video_url as url, v.video_title as title, v.post_date::text as "postDate", v.worth::text as worth,
      v.last_import_id as "importId", i.file_name as "fileName", v.last_import_line::int as line,
      coalesce(i.imported_at > v.completed_at, false) as "hasChangedSince"
    from (${counted}) v
    left join imports i on i.client_id = v.client_id and i.id = v.last_import_id
    where v.client_id = ${settings.id}::uuid and ${hadPart}
    order by v.worth desc, v.post_date, v.video_key
    limit ${MOST_VIDEOS}::int`);
  const [all] = await db.query<{ count: number; worth: string }>(sql`
    select count(*)::int as count, coalesce(sum(v.worth), 0)::text as worth
    from (${counted}) v where v.client_id = ${settings.id}::uuid and ${hadPart}`);
  return { videos, ...all! };
}
