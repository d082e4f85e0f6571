/**
 * What a progress row is worth: the one definition (domain reference, section 6), read by the progress step and by
 * everybody who asks how many rows would complete, or on which day they would have.
 */
import type { Day } from "../base/days.ts";
import type { ClientSettings } from "../base/client-settings.ts";
import { type Sql, sql } from "../db/db.ts";
import { endDay, firstDay } from "../db/day-sql.ts";

/** What one video `v` counts for; of a left join that found none, nothing. */
const worth = {
  dollars: sql`v.gmv`,
  units: sql`v.units_sold`,
  videos: sql`(v.video_key is not null)::int`,
  views: sql`v.views`,
  likes: sql`v.likes`,
};

/** The one of these figures that the mission type of a row counts; a raffle counts nothing. */
function byType(type: Sql, of: Record<keyof typeof worth, Sql>): Sql {
  return sql`case ${type}
    when 'sales_dollars' then ${of.dollars} when 'sales_units' then ${of.units} when 'videos' then ${of.videos}
    when 'views' then ${of.views} when 'likes' then ${of.likes} else 0 end`;
}

/** Whether the row `r` of a mission that is no raffle has reached its target, compared exactly. */
function isReached(row: Sql, value: Sql): Sql {
  return sql`(${row}.target_value > 0 and ${value} >= ${row}.target_value and ${row}.mission_type <> 'raffle')`;
}

/** Whether the video `v` lies in the window of the row: from its first day, included, to its end day, excluded. */
function isVideoOf(row: Sql, { id }: Pick<ClientSettings, "id">): Sql {
  return sql`v.client_id = ${row}.client_id and v.client_id = ${id}::uuid and v.user_id = ${row}.user_id
    and v.post_date >= ${row}.first_day and v.post_date < ${row}.end_day`;
}

/** The rows with `first_day` and `end_day` of their window, open sides infinite. */
function withDays(rows: Sql, timezone: string): Sql {
  return sql`
    select r.*, ${firstDay(sql`r.checkpoint_start`, timezone)} as first_day, ${endDay(sql`r.checkpoint_end`, timezone)} as end_day
    from (${rows}) r`;
}

/**
 * A relation, to be put in parentheses after `from`: the given rows with `value` (numeric) and `is_reached` beside them.
 *
 * `rows` is a select that answers at least `client_id, user_id, mission_type, target_value, checkpoint_start, checkpoint_end`
 * for rows of this one client; they may exist, sleep or be only imagined. Whatever else it answers is passed through.
 *
 * Videos are summed once per creator and distinct window for all five metrics, not per row: twelve missions of a creator
 * mostly share one window. Adjustments never count. A raffle has no value and is never reached.
 */
export function valuedRows(settings: Pick<ClientSettings, "id" | "timezone">, rows: Sql): Sql {
  return sql`
    with considered as (
      ${withDays(rows, settings.timezone)}
    ), windows as (
      select distinct client_id, user_id, first_day, end_day from considered
    ), sums as (
      select w.client_id, w.user_id, w.first_day, w.end_day,
        coalesce(sum(${worth.dollars}), 0) as dollars, coalesce(sum(${worth.units}), 0) as units,
        coalesce(sum(${worth.videos}), 0) as videos, coalesce(sum(${worth.views}), 0) as views,
        coalesce(sum(${worth.likes}), 0) as likes
      from windows w
      left join videos v on ${isVideoOf(sql`w`, settings)}
      group by w.client_id, w.user_id, w.first_day, w.end_day
    )
    select valued.*, ${isReached(sql`valued`, sql`valued.value`)} as is_reached
    from (
      select c.*, ${byType(sql`c.mission_type`, {
        dollars: sql`s.dollars`,
        units: sql`s.units`,
        videos: sql`s.videos`,
        views: sql`s.views`,
        likes: sql`s.likes`,
      })} as value
      from considered c
      join sums s on s.client_id = c.client_id and s.user_id = c.user_id and s.first_day = c.first_day and s.end_day = c.end_day
    ) valued`;
}

/**
 * A relation, to be put in parentheses after `from`: the videos that lie in the windows of the given rows, each with `worth`
 * (numeric), what it counts for its row, and the columns of `videos` under `v`'s names. Rows as for `valuedRows`.
 */
export function countedVideos(settings: Pick<ClientSettings, "id" | "timezone">, rows: Sql): Sql {
  return sql`
    select c.completed_at, v.*, ${byType(sql`c.mission_type`, worth)}::numeric as worth
    from (${withDays(rows, settings.timezone)}) c
    join videos v on ${isVideoOf(sql`c`, settings)}`;
}

/**
 * The same rows, of one mission and so each creator once, with `reached_on`: the first day by which the running sum of the
 * videos in the window, each counted on the day it was posted, reaches the target; null when it never does. `videos` is how many
 * there are. Figures are never negative, so a day is found exactly where `valuedRows` says reached. A video may be dated a day
 * ahead; it counts already, and so today.
 */
export function reachedRows(settings: Pick<ClientSettings, "id" | "timezone">, rows: Sql, today: Day): Sql {
  const day = sql`least(v.post_date, ${today}::date)`;
  return sql`
    with considered as (
      ${withDays(rows, settings.timezone)}
    ), running as (
      select c.client_id, c.user_id, c.mission_type, c.target_value, ${day} as day,
        sum(${byType(sql`c.mission_type`, worth)}) over (partition by c.client_id, c.user_id order by ${day}) as value
      from considered c
      join videos v on ${isVideoOf(sql`c`, settings)}
    ), days as (
      select r.client_id, r.user_id, count(*)::int as videos,
        min(r.day) filter (where ${isReached(sql`r`, sql`r.value`)}) as reached_on
      from running r
      group by r.client_id, r.user_id
    )
    select c.*, d.reached_on, coalesce(d.videos, 0) as videos
    from considered c
    left join days d on d.client_id = c.client_id and d.user_id = c.user_id`;
}
