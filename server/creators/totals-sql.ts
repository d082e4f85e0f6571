/** A creator's sums, from their sources: the one definition, written by the totals step and checked by data health. */
import type { ClientSettings } from "../base/client-settings.ts";
import { dayOfInstant, endDay, firstDay } from "../db/day-sql.ts";
import { nothing, type Sql, sql } from "../db/db.ts";

/**
 * A relation with one row per creator: `user_id` and the eight figures of the users table as their sources say (domain reference,
 * section 8): totals are all videos and applied adjustments; checkpoint figures are the same over the present window, by day in
 * the client's timezone, a null side open. `only`: a select of user ids that narrows it; null means every creator.
 *
 * Materialized, because on tables without statistics (a first import) the aggregates were computed anew for every creator:
 * 29 s for 139 creators.
 */
export function totalsFromSources(settings: Pick<ClientSettings, "id" | "timezone">, only: Sql | null): Sql {
  const { id, timezone } = settings;
  const narrowed = only === null ? nothing : sql` and u.id in (${only})`;
  return sql`
    with windows as (
      select u.client_id, u.id as user_id,
        ${firstDay(sql`u.tier_achieved_at`, timezone)} as first_day, ${endDay(sql`u.next_checkpoint_at`, timezone)} as end_day
      from users u
      where u.client_id = ${id}::uuid${narrowed}
    ), posted as materialized (
      select w.client_id, w.user_id, sum(v.gmv) as sales, sum(v.units_sold) as units,
        sum(v.gmv) filter (where v.post_date >= w.first_day and v.post_date < w.end_day) as window_sales,
        sum(v.units_sold) filter (where v.post_date >= w.first_day and v.post_date < w.end_day) as window_units,
        count(*) filter (where v.post_date >= w.first_day and v.post_date < w.end_day) as window_videos,
        sum(v.views) filter (where v.post_date >= w.first_day and v.post_date < w.end_day) as window_views,
        sum(v.likes) filter (where v.post_date >= w.first_day and v.post_date < w.end_day) as window_likes,
        sum(v.comments) filter (where v.post_date >= w.first_day and v.post_date < w.end_day) as window_comments
      from windows w
      join videos v on v.client_id = w.client_id and v.client_id = ${id}::uuid and v.user_id = w.user_id
      group by w.client_id, w.user_id
    ), adjusted as materialized (
      select w.client_id, w.user_id, sum(a.amount) as sales, sum(a.amount_units) as units,
        sum(a.amount) filter (where a.on_day >= w.first_day and a.on_day < w.end_day) as window_sales,
        sum(a.amount_units) filter (where a.on_day >= w.first_day and a.on_day < w.end_day) as window_units
      from windows w
      join (
        select client_id, user_id, amount, amount_units, ${dayOfInstant(sql`created_at`, timezone)} as on_day
        from sales_adjustments
        where client_id = ${id}::uuid and applied_at is not null
      ) a on a.client_id = w.client_id and a.user_id = w.user_id
      group by w.client_id, w.user_id
    )
    select w.user_id,
      coalesce(p.sales, 0) + coalesce(a.sales, 0) as total_sales,
      (coalesce(p.units, 0) + coalesce(a.units, 0))::bigint as total_units,
      coalesce(p.window_sales, 0) + coalesce(a.window_sales, 0) as checkpoint_sales_current,
      (coalesce(p.window_units, 0) + coalesce(a.window_units, 0))::bigint as checkpoint_units_current,
      coalesce(p.window_videos, 0)::bigint as checkpoint_videos_posted,
      coalesce(p.window_views, 0)::bigint as checkpoint_total_views,
      coalesce(p.window_likes, 0)::bigint as checkpoint_total_likes,
      coalesce(p.window_comments, 0)::bigint as checkpoint_total_comments
    from windows w
    left join posted p on p.client_id = w.client_id and p.user_id = w.user_id
    left join adjusted a on a.client_id = w.client_id and a.user_id = w.user_id`;
}

/** True where the users row `u` and the sources `s` differ in any of the eight figures. */
export const differsFromSources = sql`
  (u.total_sales, u.total_units, u.checkpoint_sales_current, u.checkpoint_units_current, u.checkpoint_videos_posted,
    u.checkpoint_total_views, u.checkpoint_total_likes, u.checkpoint_total_comments)
  is distinct from (s.total_sales, s.total_units, s.checkpoint_sales_current, s.checkpoint_units_current, s.checkpoint_videos_posted,
    s.checkpoint_total_views, s.checkpoint_total_likes, s.checkpoint_total_comments)`;
