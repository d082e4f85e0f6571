/**
 * Every question about who qualifies reads one relation: the one definition (domain reference, section 3).
 * Callers name the client and, where they mean one, the mission, so that no other mission is looked at.
 */
import type { Day } from "../base/days.ts";
import type { ClientSettings } from "../base/client-settings.ts";
import type { ClientId } from "../base/ids.ts";
import { pageStart } from "../base/paging.ts";
import { type Db, nothing, type Sql, sql } from "../db/db.ts";
import { countFound, searchedPart } from "../creators/search.ts";
import { countByTier } from "./counts-sql.ts";
import { narrowCount, narrowPage, type Narrowing, ofHandles } from "./narrow-sql.ts";
import { judged } from "./relation-sql.ts";
import type {
  EligibilityExportFilters,
  EligibilityFilters,
  EligibilityListInput,
  EligibilityRow,
  PreviewInput,
  WindowRange,
} from "./schema.ts";

/**
 * The first start and the last end of the windows that a seed of this moment would freeze, and how many have none. The kept counts
 * tell of which tiers everybody would get a row: their creators' windows are read, of the others each is judged.
 */
export async function findWindowRange(
  db: Db,
  client: ClientId,
  { missionId, whatIf }: PreviewInput,
): Promise<WindowRange> {
  const filters = { missionId, whatIf, bucket: "will_create" } as const;
  const size = await countByTier(db, client, filters);
  const { whole, tiers } = size;
  const others = tiers?.length === whole.length ? sql`and false` : (await narrowCount(db, client, filters, size)).rows;
  const [row] = await db.query<WindowRange>(sql`
    select min(w.checkpoint_start) as "earliestStart", max(w.checkpoint_end) as "latestEnd",
      (count(*) filter (where w.checkpoint_start is null))::int as "withoutStart",
      (count(*) filter (where w.checkpoint_end is null))::int as "withoutEnd"
    from (
      select u.tier_achieved_at as checkpoint_start, u.next_checkpoint_at as checkpoint_end from users u
      where u.client_id = ${client}::uuid and u.current_tier = any (${whole}::text[])
      union all
      select e.checkpoint_start, e.checkpoint_end from ${judged(missionId, whatIf)}
      where e.client_id = ${client}::uuid and e.mission_id = ${missionId}::uuid and e.is_eligible and not e.is_seeded
        and e.current_tier <> all (${whole}::text[]) ${others}
    ) w`);
  return row!;
}

/** The filters of the list. The two common buckets are asked for by the view's booleans, which the planner can turn into joins. */
function filtered(
  client: ClientId,
  filters: EligibilityExportFilters,
  { rows, search }: Narrowing = { rows: nothing, search: ofHandles(client, filters.q) },
): Sql {
  const byBucket = {
    will_create: sql`and e.is_eligible and not e.is_seeded`,
    already_seeded: sql`and e.is_seeded`,
    not_eligible: sql`and e.bucket = 'not_eligible'`,
    unknown: sql`and e.bucket = 'unknown'`,
  };
  return sql`e.client_id = ${client}::uuid and e.mission_id = ${filters.missionId}::uuid
    ${filters.bucket === undefined ? nothing : byBucket[filters.bucket]}
    ${filters.reason === undefined ? nothing : sql`and e.reason_code = ${filters.reason}`}
    ${filters.tier === undefined ? nothing : sql`and e.current_tier = ${filters.tier}`}
    ${filters.userIds === undefined ? nothing : sql`and e.user_id = any (${filters.userIds}::uuid[])`}
    ${search} ${rows}`;
}

/** Up to where the list is read: a page of it, materialized so that the metric is summed for its rows alone, or all of it. */
interface Extent {
  from: Sql;
  direction: Sql;
  limit: Sql;
  materialized: Sql;
  narrowing?: Narrowing;
}

/** A page by handle; one row more than asked. */
export async function listEligibility(
  db: Db,
  settings: ClientSettings,
  input: EligibilityListInput,
  metricFrom: Day,
): Promise<EligibilityRow[]> {
  const { key, isBackward } = pageStart(input, ["text"]);
  const from =
    key === null ? nothing : isBackward ? sql`and e.tiktok_handle < ${key[0]}` : sql`and e.tiktok_handle > ${key[0]}`;
  const direction = isBackward ? sql`desc` : sql`asc`;
  const limit = sql`limit ${input.limit + 1}`;
  const page = (narrowing: Narrowing) =>
    db.query<EligibilityRow>(
      rowsOf(settings, input, metricFrom, { from, direction, limit, materialized: sql`materialized`, narrowing }),
    );
  const { first, rest } = await narrowPage(db, settings.id, input, {
    handle: key?.[0] ?? null,
    isBackward,
    limit: input.limit + 1,
  });
  const rows = await page(first);
  return rows.length > input.limit || rest === null ? rows : page(await rest());
}

/** The whole list by handle, for a cursor: nothing in it waits for the last row. */
export function allEligibility(settings: ClientSettings, filters: EligibilityExportFilters, metricFrom: Day): Sql {
  const all = { from: nothing, direction: sql`asc`, limit: nothing, materialized: sql`not materialized` };
  return rowsOf(settings, filters, metricFrom, all);
}

function rowsOf(
  settings: ClientSettings,
  filters: EligibilityExportFilters,
  metricFrom: Day,
  { from, direction, limit, materialized, narrowing }: Extent,
): Sql {
  const metric = settings.vipMetric === "sales" ? sql`sum(v.gmv)` : sql`sum(v.units_sold)`;
  return sql`
    with page as ${materialized} (
      select e.user_id, e.tiktok_handle, e.current_tier, e.bucket, e.reason_code as reason,
        case when e.is_seeded then e.row_start else e.checkpoint_start end as window_start,
        case when e.is_seeded then e.row_end else e.checkpoint_end end as window_end,
        coalesce(e.row_status, e.status_if_seeded) as status
      from ${judged(filters.missionId, filters.whatIf)}
      where ${filtered(settings.id, filters, narrowing)} ${from}
      order by e.tiktok_handle ${direction}
      ${limit}
    )
    select page.user_id as "userId", page.tiktok_handle as handle, page.current_tier as "tierId", t.tier_name as "tierName",
      t.tier_color as "tierColor", page.bucket, page.reason, page.window_start as "windowStart", page.window_end as "windowEnd",
      page.status,
      coalesce((
        select ${metric} from videos v
        where v.client_id = ${settings.id}::uuid and v.user_id = page.user_id and v.post_date >= ${metricFrom}::date
      ), 0)::text as "metric30Days"
    from page
    left join tiers t on t.client_id = ${settings.id}::uuid and t.tier_id = page.current_tier
    order by page.tiktok_handle ${direction}`;
}

/**
 * Where the filters ask for nothing of a creator but the tier, the kept counts know the total. With a search, they know of which
 * tiers everybody is in the list: there the creators found count, of the others each is judged.
 */
export async function countEligibility(db: Db, client: ClientId, filters: EligibilityFilters): Promise<number> {
  const size = await countByTier(db, client, filters);
  if (searchedPart(filters.q) === "" || size.total === 0) return size.total;
  if (size.tiers === null) return countJudged(db, client, filters, await narrowCount(db, client, filters, size));
  const found = size.whole.length === 0 ? 0 : await countFound(db, client, filters.q, size.whole);
  const mixed = size.tiers.filter((tier) => !size.whole.includes(tier));
  if (mixed.length === 0) return found;
  const { rows, search } = await narrowCount(db, client, filters, size);
  const ofMixed = sql`${rows} and e.current_tier = any (${mixed}::text[])`;
  return found + (await countJudged(db, client, filters, { rows: ofMixed, search }));
}

async function countJudged(
  db: Db,
  client: ClientId,
  filters: EligibilityFilters,
  narrowing: Narrowing,
): Promise<number> {
  const [row] = await db.query<{ total: number }>(sql`
    select count(*)::int as total from ${judged(filters.missionId, filters.whatIf)}
    where ${filtered(client, filters, narrowing)}`);
  return row!.total;
}

/** A tier of the ladder by name, and whether none stands above it; null for one that the ladder does not have. */
export async function findRung(
  db: Db,
  client: ClientId,
  tierId: string,
): Promise<{ tierName: string; isTop: boolean } | null> {
  const [row] = await db.query<{ tierName: string; isTop: boolean }>(sql`
    select t.tier_name as "tierName", not exists (
      select from tiers above where above.client_id = t.client_id and above.tier_order > t.tier_order) as "isTop"
    from tiers t where t.client_id = ${client}::uuid and t.tier_id = ${tierId}`);
  return row ?? null;
}
