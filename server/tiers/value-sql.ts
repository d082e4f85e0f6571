/** What creators are measured by for their tier: the client's metric, over a window or since it counts (domain reference, section 10). */
import type { ClientSettings } from "../base/client-settings.ts";
import { dayOfInstant } from "../db/day-sql.ts";
import { type Sql, sql } from "../db/db.ts";

/** The client's metric over the users `u`, the videos `v` and the adjustments `a`, and the column with the threshold of a tier `t`. */
export function metricOf({ vipMetric }: Pick<ClientSettings, "vipMetric">) {
  return vipMetric === "sales"
    ? { total: sql`u.total_sales`, video: sql`v.gmv`, adjustment: sql`a.amount`, threshold: sql`t.sales_threshold` }
    : {
        total: sql`u.total_units`,
        video: sql`v.units_sold`,
        adjustment: sql`a.amount_units`,
        threshold: sql`t.units_threshold`,
      };
}

/** The metric of the creator `w.user_id` from `w.first_day` to before `w.end_day`: videos, and adjustments by their local day. */
export function valueOfWindow(settings: ClientSettings): Sql {
  const { id, timezone } = settings;
  const metric = metricOf(settings);
  return sql`(
    coalesce((select sum(${metric.video}) from videos v
      where v.client_id = ${id}::uuid and v.user_id = w.user_id and v.post_date >= w.first_day and v.post_date < w.end_day), 0)
    + coalesce((select sum(${metric.adjustment}) from sales_adjustments a
      where a.client_id = ${id}::uuid and a.user_id = w.user_id and a.applied_at is not null
        and ${dayOfInstant(sql`a.created_at`, timezone)} >= w.first_day and ${dayOfInstant(sql`a.created_at`, timezone)} < w.end_day), 0))`;
}

/** The creators who were ever demoted, with the first day of the window that the last demotion opened: from there on all counts anew. */
function lastDemotions({ id, timezone }: ClientSettings): Sql {
  return sql`
    select l.user_id, ${dayOfInstant(sql`max(l.window_end)`, timezone)} as first_day
    from tier_checkpoints l
    where l.client_id = ${id}::uuid and l.status = 'demoted'
    group by l.user_id`;
}

/**
 * A relation, to be put in parentheses after `from`: every creator of a known tier with `value`, what promotions count. The lifetime
 * total (`counts_from` null), for good replaced by what came since the window that the last demotion opened (`counts_from` its first
 * day), so that nobody is demoted and promoted back.
 */
export function promotionBasis(settings: ClientSettings): Sql {
  return sql`
    select u.client_id, u.id as user_id, u.current_tier, u.tier_achieved_at, own.tier_order,
      coalesce(since.value, ${metricOf(settings).total}) as value, since.first_day as counts_from
    from users u
    join tiers own on own.client_id = u.client_id and own.tier_id = u.current_tier
    left join (
      select w.user_id, w.first_day, ${valueOfWindow(settings)} as value
      from (select d.user_id, d.first_day, 'infinity'::date as end_day from (${lastDemotions(settings)}) d) w
    ) since on since.user_id = u.id
    where u.client_id = ${settings.id}::uuid`;
}

/**
 * The same as the next sync will find it, which applies the waiting adjustments before it judges: `value` has `pending` in it. One
 * who was demoted is spared those of before; as a set, because few wait and a million creators have none.
 */
export function expectedBasis(settings: ClientSettings): Sql {
  const { id, timezone } = settings;
  return sql`
    select b.client_id, b.user_id, b.current_tier, b.value + coalesce(waiting.pending, 0) as value, coalesce(waiting.pending, 0) as pending, b.counts_from
    from (${promotionBasis(settings)}) b
    left join (
      select a.user_id, sum(${metricOf(settings).adjustment}) as pending
      from sales_adjustments a
      left join (${lastDemotions(settings)}) d on d.user_id = a.user_id
      where a.client_id = ${id}::uuid and a.applied_at is null
        and ${dayOfInstant(sql`a.created_at`, timezone)} >= coalesce(d.first_day, '-infinity'::date)
      group by a.user_id
    ) waiting on waiting.user_id = b.user_id`;
}
