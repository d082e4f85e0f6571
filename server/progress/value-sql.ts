/**
 * What a progress row is worth: the one definition (domain reference, section 6), read by the progress step and by
 * everybody who asks how many rows would complete.
 */
import type { ClientSettings } from "../base/client-settings.ts";
import { type Sql, sql } from "../db/db.ts";
import { endDay, firstDay } from "../db/day-sql.ts";

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
  const { id, timezone } = settings;
  return sql`
    with considered as (
      select r.*, ${firstDay(sql`r.checkpoint_start`, timezone)} as first_day, ${endDay(sql`r.checkpoint_end`, timezone)} as end_day
      from (${rows}) r
    ), windows as (
      select distinct client_id, user_id, first_day, end_day from considered
    ), sums as (
      select w.client_id, w.user_id, w.first_day, w.end_day,
        count(v.video_key)::numeric as videos, coalesce(sum(v.gmv), 0) as gmv, coalesce(sum(v.units_sold), 0) as units,
        coalesce(sum(v.views), 0) as views, coalesce(sum(v.likes), 0) as likes
      from windows w
      left join videos v on v.client_id = w.client_id and v.client_id = ${id}::uuid and v.user_id = w.user_id
        and v.post_date >= w.first_day and v.post_date < w.end_day
      group by w.client_id, w.user_id, w.first_day, w.end_day
    )
    select valued.*, valued.target_value > 0 and valued.value >= valued.target_value and valued.mission_type <> 'raffle' as is_reached
    from (
      select c.*, case c.mission_type
          when 'sales_dollars' then s.gmv when 'sales_units' then s.units when 'videos' then s.videos
          when 'views' then s.views when 'likes' then s.likes else 0 end as value
      from considered c
      join sums s on s.client_id = c.client_id and s.user_id = c.user_id and s.first_day = c.first_day and s.end_day = c.end_day
    ) valued`;
}
