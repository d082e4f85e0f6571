/** Handles that one person may have twice. Folded and grouped once, so that it costs the same at any number of creators. */
import type { ClientId } from "../base/ids.ts";
import { type Sql, sql } from "../db/db.ts";

/**
 * What is left of a handle when dots and underscores are gone (kept between digits: anna_1_2 is not anna_12), a single 0 or 1 after
 * a letter is the letter that it passes for, and doubled letters are one.
 */
function folded(handle: Sql): Sql {
  const joined = sql`regexp_replace(${handle}, '(?<![0-9])[_.]+|[_.]+(?![0-9])', '', 'g')`;
  const o = sql`regexp_replace(${joined}, '(?<=[^0-9])0(?![0-9])', 'o', 'g')`;
  const l = sql`regexp_replace(${o}, '(?<=[^0-9])1(?![0-9])', 'l', 'g')`;
  return sql`regexp_replace(${l}, '([^0-9_.])\\1+', '\\1', 'g')`;
}

/** `user_id` and all `handles` of every creator whose handle folds to the same as another's; short ones fold to nothing much. */
export function lookalikes(client: ClientId): Sql {
  return sql`
    with folded as materialized (
      select u.id, u.tiktok_handle, ${folded(sql`u.tiktok_handle`)} as form from users u where u.client_id = ${client}::uuid
    ), alike as (
      select f.form, array_agg(f.tiktok_handle order by f.tiktok_handle collate "C") as handles
      from folded f where length(f.form) >= 4 group by f.form having count(*) > 1
    )
    select f.id as user_id, a.handles from folded f join alike a on a.form = f.form`;
}
