/** The places of creators by their totals. */
import type { ClientSettings } from "../base/client-settings.ts";
import { type Db, type Sql, sql } from "../db/db.ts";

/** The place of every creator by the metric's total, highest first; a tie shares it and the next one is left out. */
function ranked(settings: ClientSettings): Sql {
  const total = settings.vipMetric === "sales" ? sql`u.total_sales` : sql`u.total_units`;
  return sql`
    select u.client_id, u.id as user_id, (rank() over (order by ${total} desc))::int as rank
    from users u where u.client_id = ${settings.id}::uuid`;
}

/** Brings the ranks of all creators up to date; answers how many were written. */
export async function writeRanks(tx: Db, settings: ClientSettings): Promise<number> {
  const moved = await tx.execute(sql`
    update creator_ranks r set rank = n.rank
    from (${ranked(settings)}) n
    where r.client_id = ${settings.id}::uuid and r.user_id = n.user_id and r.rank <> n.rank`);
  const added = await tx.execute(sql`
    insert into creator_ranks (client_id, user_id, rank)
    select n.client_id, n.user_id, n.rank
    from (${ranked(settings)}) n
    where not exists (
      select 1 from creator_ranks r where r.client_id = n.client_id and r.client_id = ${settings.id}::uuid and r.user_id = n.user_id)
    order by n.user_id`);
  return moved + added;
}
