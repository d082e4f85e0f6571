/** Step 3: the sums and ranks of creators, recomputed from their sources for whom something happened to; only what differs is written. */
import type { ClientSettings } from "../base/client-settings.ts";
import type { ClientId } from "../base/ids.ts";
import type { StepContext, StepOutcome } from "../base/step.ts";
import { counted, formatCount } from "../base/text.ts";
import { inBulk } from "../db/bulk.ts";
import { isStillIn } from "../db/day-sql.ts";
import { type Db, type Sql, sql } from "../db/db.ts";
import type { Repair } from "../db/repair.ts";
import { writeRanks } from "./ranks.ts";
import { differsFromSources, totalsFromSources } from "./totals-sql.ts";

/**
 * Brings the eight sums of the queued creators, and the ranks, up to date (domain reference, section 8). The sums of all others
 * would come out as they are.
 */
export async function recomputeTotals(tx: Db, { settings, now }: StepContext): Promise<StepOutcome> {
  const { creators, judged, changed, ranks } = await recomputeQueuedTotals(tx, settings, now);
  return {
    rowsIn: judged,
    rowsOut: changed,
    skipped: {},
    counts: { changed, ranks },
    message: `${ofAll(judged, creators)} looked at, ${formatCount(changed)} changed, ranks moved for ${formatCount(ranks)}`,
    warnings: 0,
  };
}

function ofAll(judged: number, creators: number): string {
  return judged === creators ? counted(judged, "creator") : `${formatCount(judged)} of ${counted(creators, "creator")}`;
}

/** The step without its words: what waits is brought up to date; `creators` are all of the client. */
export async function recomputeQueuedTotals(
  tx: Db,
  settings: ClientSettings,
  now: Date,
): Promise<Written & { creators: number; ranks: number }> {
  const queued = await findQueued(tx, settings.id);
  const written = await writeQueued(tx, settings, queued, now);
  const ranks = written.judged === 0 ? 0 : await inBulk(tx, () => writeRanks(tx, settings));
  return { ...written, creators: queued.creators, ranks };
}

function writeQueued(tx: Db, settings: ClientSettings, { isEverything, isFew }: Queued, now: Date): Promise<Written> {
  if (isEverything) return inBulk(tx, () => writeAll(tx, settings, now));
  return isFew ? writeTaken(tx, settings, now) : inBulk(tx, () => writeTaken(tx, settings, now));
}

/**
 * Recomputes the sums of every creator and the ranks, whatever the queue says; answers the sums and ranks written, none where the
 * queue was right. In repeatable read: a step that commits meanwhile would else be written over with older sums.
 */
export async function recomputeAllTotals(tx: Db, settings: ClientSettings, now: Date): Promise<{ written: number }> {
  const { changed } = await inBulk(tx, () => writeAll(tx, settings, now));
  const ranks = await inBulk(tx, () => writeRanks(tx, settings));
  return { written: changed + ranks };
}

/** Brings the sums of some creators up to date, after their window moved. `only` selects user ids; answers the rows written. */
export async function recomputeWindows(tx: Db, settings: ClientSettings, only: Sql, now: Date): Promise<number> {
  // Nobody is taken from the queue: what waits there may be more than the window.
  const { changed } = await inBulk(tx, () => writeTotals(tx, settings, { taken: sql`select null::uuid`, only }, now));
  return changed;
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
      const { changed } = await inBulk(tx, () => writeAll(tx, settings, now));
      await inBulk(tx, () => writeRanks(tx, settings));
      return changed;
    },
  };
}

interface Queued {
  /** something happened to the whole client, such as another timezone */
  isEverything: boolean;
  /** fewer than one in three: they are looked up one by one, where otherwise everything is read and hashed */
  isFew: boolean;
  /** all creators of the client */
  creators: number;
}

async function findQueued(tx: Db, client: ClientId): Promise<Queued> {
  const [row] = await tx.query<Queued>(sql`
    select bool_or(q.id is not null and q.users is null) as "isEverything",
      coalesce(sum(cardinality(q.users)), 0) * 3 < c.creators as "isFew", c.creators
    from (
      select coalesce(sum(n.creators), 0)::int as creators from eligibility_counts n
      where n.client_id = ${client}::uuid and n.mission_id is null
    ) c
    left join totals_queue q on q.client_id = ${client}::uuid
    group by c.creators`);
  return row!;
}

interface Written {
  /** creators whose sums were computed; the others' cannot have moved */
  judged: number;
  changed: number;
}

/**
 * Takes the whole queue and brings every creator up to date. Where the timezone has become another one since these settings were
 * read, what queued everybody stays for the next time.
 */
function writeAll(tx: Db, settings: ClientSettings, now: Date): Promise<Written> {
  const taken = sql`
    delete from totals_queue q where q.client_id = ${settings.id}::uuid and (q.users is not null or ${isStillIn(settings)})
    returning q.users`;
  return writeTotals(tx, settings, { taken, only: null }, now);
}

/** Takes the creators of the queue and brings them up to date. */
function writeTaken(tx: Db, settings: ClientSettings, now: Date): Promise<Written> {
  const taken = sql`
    delete from totals_queue q where q.client_id = ${settings.id}::uuid and q.users is not null returning q.users`;
  return writeTotals(tx, settings, { taken, only: sql`select unnest(t.users) from taken t` }, now);
}

/**
 * One statement with what takes them from the queue: both see the same moment, so that what is queued later is not lost. `only`
 * selects user ids; null means every creator.
 */
async function writeTotals(
  tx: Db,
  settings: ClientSettings,
  { taken, only }: { taken: Sql; only: Sql | null },
  now: Date,
): Promise<Written> {
  const [row] = await writingSums(tx, () =>
    tx.query<Written>(sql`
    with taken as (${taken}), summed as materialized (${totalsFromSources(settings, only)}), written as (
      update users u
      set total_sales = s.total_sales, total_units = s.total_units,
        checkpoint_sales_current = s.checkpoint_sales_current, checkpoint_units_current = s.checkpoint_units_current,
        checkpoint_videos_posted = s.checkpoint_videos_posted, checkpoint_total_views = s.checkpoint_total_views,
        checkpoint_total_likes = s.checkpoint_total_likes, checkpoint_total_comments = s.checkpoint_total_comments,
        updated_at = ${now}::timestamptz
      from summed s
      where u.client_id = ${settings.id}::uuid and u.id = s.user_id and ${differsFromSources}
      returning 1
    )
    select (select count(*)::int from summed) as judged, (select count(*)::int from written) as changed`),
  );
  return row!;
}

/** Whoever queues more names everybody, as the triggers do. */
const MOST_NAMED = 500_000;

/** For a statement's `with`: queues the creators (`client_id, id`) of another of its parts in one row, where a trigger writes one for each. */
export function queuedSums(creators: Sql): Sql {
  return sql`queued as (
    insert into totals_queue (client_id, users)
    select c.client_id, case when count(*) <= ${MOST_NAMED}::int then array_agg(c.id) end from ${creators} c group by c.client_id
  )`;
}

/** Says for the while that whoever gets another window or other sums need not be queued: they are computed here. */
export async function writingSums<T>(tx: Db, work: () => Promise<T>): Promise<T> {
  await tx.execute(sql`set local muster.totals = 'on'`);
  const result = await work();
  // Not in a finally: after an error the transaction is lost, and the setting with it.
  await tx.execute(sql`set local muster.totals = ''`);
  return result;
}
