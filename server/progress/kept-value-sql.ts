/** What rows are worth by the sums kept with the creators, for questions about a million rows that sum no video. */
import type { ClientSettings } from "../base/client-settings.ts";
import type { ClientId } from "../base/ids.ts";
import { type Sql, sql } from "../db/db.ts";
import type { MissionType } from "../missions/schema.ts";

/** The sum kept with the creator `u` that a mission type counts, over the present window. */
export const figures = {
  sales_dollars: sql`u.checkpoint_sales_current`,
  sales_units: sql`u.checkpoint_units_current`,
  videos: sql`u.checkpoint_videos_posted`,
  views: sql`u.checkpoint_total_views`,
  likes: sql`u.checkpoint_total_likes`,
  raffle: sql`0`,
} satisfies Record<MissionType, Sql>;

/**
 * Whether the sums kept with the creator `u` may not be those of the videos: something is queued, or an adjustment is in them.
 * Adjustments are asked for by `exists`: a list of very many would not be hashed but read anew for each creator.
 */
export function isInDoubt(client: ClientId): Sql {
  return sql`(
    u.id in (select unnest(q.users) from totals_queue q where q.client_id = ${client}::uuid)
    or exists (select 1 from totals_queue q where q.client_id = ${client}::uuid and q.users is null)
    or exists (select 1 from sales_adjustments a
      where a.client_id = ${client}::uuid and a.client_id = u.client_id and a.user_id = u.id and a.applied_at is not null))`;
}

/** Whether the row's window is another than the present one of its creator `u`, over which those sums go. */
export function isOfOtherWindow(row: Sql): Sql {
  return sql`(${row}.checkpoint_start is distinct from u.tier_achieved_at or ${row}.checkpoint_end is distinct from u.next_checkpoint_at)`;
}

/**
 * A relation, to be put in parentheses after `from`: the given rows with `kept_value` (numeric), which is what `valuedRows` would
 * answer, or null where only the videos can say. Rows as for `valuedRows`.
 *
 * The checkpoint figures of a creator are the sums of the videos of the present window. They are a row's value when the row's window
 * is that one, nothing is queued for the creator, and no adjustment is in them, which never counts for a mission.
 */
export function keptRows({ id }: Pick<ClientSettings, "id">, rows: Sql): Sql {
  return sql`
    select r.*, case
      when ${isOfOtherWindow(sql`r`)} or ${isInDoubt(id)} then null
      else case r.mission_type
        when 'sales_dollars' then ${figures.sales_dollars} when 'sales_units' then ${figures.sales_units}
        when 'videos' then ${figures.videos} when 'views' then ${figures.views} when 'likes' then ${figures.likes} else 0 end
      end as kept_value
    from (${rows}) r
    join users u on u.client_id = r.client_id and u.client_id = ${id}::uuid and u.id = r.user_id`;
}
