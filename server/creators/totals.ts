/** Step 3: the sums and ranks of creators. Everything is recomputed from its sources, only what differs is written. */
import type { ClientSettings } from "../base/client-settings.ts";
import type { StepContext, StepOutcome } from "../base/step.ts";
import { formatCount } from "../base/text.ts";
import { inBulk } from "../db/bulk.ts";
import { type Db, type Sql, sql } from "../db/db.ts";
import type { Repair } from "../db/repair.ts";
import { differsFromSources, totalsFromSources } from "./totals-sql.ts";

/** Brings the eight sums and the ranks of all creators of the client up to date (domain reference, section 8). */
export async function recomputeTotals(tx: Db, step: StepContext): Promise<StepOutcome> {
  const creators = await countAll(tx, step.settings);
  const changed = await inBulk(tx, () => writeTotals(tx, step.settings, null, step.now));
  const ranks = await inBulk(tx, () => writeRanks(tx, step.settings));
  return {
    rowsIn: creators,
    rowsOut: changed,
    skipped: {},
    counts: { changed, ranks },
    message: `${formatCount(changed)} changed, ranks moved for ${formatCount(ranks)}`,
    warnings: 0,
  };
}

/** Brings the sums of some creators up to date, after their window moved. `only` selects user ids; answers the rows written. */
export function recomputeWindows(tx: Db, settings: ClientSettings, only: Sql, now: Date): Promise<number> {
  return inBulk(tx, () => writeTotals(tx, settings, only, now));
}

/** The creators whose sums are not those of their sources, with what they become; ranks follow the new totals. */
export function sumsRepair(settings: ClientSettings, now: Date): Repair {
  const total = settings.vipMetric === "sales" ? sql`total_sales` : sql`total_units`;
  return {
    concerned: sql`
      select concat_ws(' ', u.id, s.total_sales, s.total_units, s.checkpoint_sales_current, s.checkpoint_units_current,
          s.checkpoint_videos_posted, s.checkpoint_total_views, s.checkpoint_total_likes, s.checkpoint_total_comments) as key,
        u.tiktok_handle as label,
        case when u.${total} <> s.${total} then 'total ' || u.${total} || ' becomes ' || s.${total}
          else 'the figures of the present window change' end as detail
      from users u
      join (${totalsFromSources(settings, null)}) s on s.user_id = u.id
      where u.client_id = ${settings.id}::uuid and ${differsFromSources}`,
    async apply(tx) {
      const changed = await inBulk(tx, () => writeTotals(tx, settings, null, now));
      await inBulk(tx, () => writeRanks(tx, settings));
      return changed;
    },
  };
}

async function countAll(tx: Db, settings: ClientSettings): Promise<number> {
  const [row] = await tx.query<{ creators: number }>(
    sql`select count(*)::int as creators from users where client_id = ${settings.id}::uuid`,
  );
  return row?.creators ?? 0;
}

function writeTotals(tx: Db, settings: ClientSettings, only: Sql | null, now: Date): Promise<number> {
  return tx.execute(sql`
    update users u
    set total_sales = s.total_sales, total_units = s.total_units,
      checkpoint_sales_current = s.checkpoint_sales_current, checkpoint_units_current = s.checkpoint_units_current,
      checkpoint_videos_posted = s.checkpoint_videos_posted, checkpoint_total_views = s.checkpoint_total_views,
      checkpoint_total_likes = s.checkpoint_total_likes, checkpoint_total_comments = s.checkpoint_total_comments,
      updated_at = ${now}::timestamptz
    from (${totalsFromSources(settings, only)}) s
    where u.client_id = ${settings.id}::uuid and u.id = s.user_id and ${differsFromSources}`);
}

/** The place of every creator by the metric's total, highest first; a tie shares it and the next one is left out. */
function ranked(settings: ClientSettings): Sql {
  const total = settings.vipMetric === "sales" ? sql`u.total_sales` : sql`u.total_units`;
  return sql`
    select u.client_id, u.id as user_id, (rank() over (order by ${total} desc))::int as rank
    from users u where u.client_id = ${settings.id}::uuid`;
}

async function writeRanks(tx: Db, settings: ClientSettings): Promise<number> {
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
