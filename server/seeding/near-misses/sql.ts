import type { ClientSettings } from "../../base/client-settings.ts";
import type { Day } from "../../base/days.ts";
import { pageStart } from "../../base/paging.ts";
import { inBulk } from "../../db/bulk.ts";
import { endDay } from "../../db/day-sql.ts";
import { type Db, nothing, type Sql, sql } from "../../db/db.ts";
import { judged } from "../../eligibility/relation-sql.ts";
import { keptRows } from "../../progress/kept-value-sql.ts";
import { valuedRows } from "../../progress/value-sql.ts";
import { expectedBasis, metricOf } from "../../tiers/value-sql.ts";
import { findCandidates } from "./narrow-sql.ts";
import type {
  NearMissCounts,
  NearMissExportFilters,
  NearMissFilters,
  NearMissListInput,
  NearMissRow,
} from "./schema.ts";

/** The creators who may be near at all, as the text of an array; null: anybody. */
type Among = string | null;

function isAmong(user: Sql, among: Among): Sql {
  return among === null ? nothing : sql`and ${user} = any (${among}::uuid[])`;
}

/**
 * Those whom only their tier keeps out and who have reached 90 % of the tier's threshold, waiting adjustments with it, as an
 * explanation counts. A tier without a threshold is near to nobody.
 */
function nearTier(settings: ClientSettings, { missionId, whatIf }: NearMissFilters, among: Among): Sql {
  const { threshold } = metricOf(settings);
  return sql`
    select e.user_id, e.tiktok_handle, e.current_tier, b.value::numeric as value, ${threshold}::numeric as required,
      false as is_seeded, e.checkpoint_start as window_start, e.checkpoint_end as window_end, 'infinity'::date as end_day
    from ${judged(missionId, whatIf)}
    join (${expectedBasis(settings)}) b on b.client_id = e.client_id and b.user_id = e.user_id
    join tiers t on t.client_id = e.client_id and t.tier_id = e.tier_eligibility
    where e.client_id = ${settings.id}::uuid and e.mission_id = ${missionId}::uuid and e.reason_code = 'tier_too_low'
      and b.value * 10 >= ${threshold} * 9 ${isAmong(sql`e.user_id`, among)} ${isAmong(sql`b.user_id`, among)}`;
}

/** Rows not completed, and rows that would be created, with 90 % of the target in their window. A raffle is near to nobody. */
function nearTarget(settings: ClientSettings, { missionId, whatIf }: NearMissFilters, among: Among): Sql {
  const rows = sql`
    select e.client_id, e.user_id, e.tiktok_handle, e.current_tier, e.is_seeded, m.mission_type,
      coalesce(${whatIf?.targetValue ?? null}::numeric, m.target_value) as target_value,
      case when e.is_seeded then e.row_start else e.checkpoint_start end as checkpoint_start,
      case when e.is_seeded then e.row_end else e.checkpoint_end end as checkpoint_end
    from ${judged(missionId, whatIf)}
    join missions m on m.client_id = e.client_id and m.id = e.mission_id and m.mission_type <> 'raffle'
    where e.client_id = ${settings.id}::uuid and e.mission_id = ${missionId}::uuid
      and (e.row_status in ('active', 'dormant') or (e.is_eligible and not e.is_seeded)) ${isAmong(sql`e.user_id`, among)}`;
  const columns = sql`n.client_id, n.user_id, n.tiktok_handle, n.current_tier, n.is_seeded, n.mission_type, n.target_value,
    n.checkpoint_start, n.checkpoint_end`;
  const unknown = sql`select ${columns} from kept n where n.kept_value is null`;
  return sql`
    with kept as materialized (
      select k.* from (${keptRows(settings, rows)}) k where k.kept_value is null or k.kept_value * 10 >= k.target_value * 9
    )
    select v.user_id, v.tiktok_handle, v.current_tier, v.value, v.target_value as required, v.is_seeded,
      v.checkpoint_start as window_start, v.checkpoint_end as window_end, ${endDay(sql`v.checkpoint_end`, settings.timezone)} as end_day
    from (
      select ${columns}, n.kept_value as value from kept n where n.kept_value is not null
      union all
      select ${columns}, n.value from (${valuedRows(settings, unknown)}) n where n.value * 10 >= n.target_value * 9
    ) v`;
}

function near(settings: ClientSettings, filters: NearMissFilters, among: Among): Sql {
  return filters.kind === "tier" ? nearTier(settings, filters, among) : nearTarget(settings, filters, among);
}

/** Where a page begins, and its order. With the same required value for all, who is nearest is who has most. */
function walk(input: NearMissListInput): { from: Sql; order: Sql } {
  if (input.sort === "handle") {
    const { key, isBackward } = pageStart(input, ["text"]);
    const from =
      key === null ? nothing : isBackward ? sql`and n.tiktok_handle < ${key[0]}` : sql`and n.tiktok_handle > ${key[0]}`;
    return { from, order: isBackward ? sql`n.tiktok_handle desc` : sql`n.tiktok_handle` };
  }
  const { key, isBackward } = pageStart(input, ["decimal", "text"]);
  const order = isBackward ? sql`n.value, n.tiktok_handle desc` : sql`n.value desc, n.tiktok_handle`;
  if (key === null) return { from: nothing, order };
  const isBeyond = isBackward
    ? sql`n.value > ${key[0]}::numeric or (n.value = ${key[0]}::numeric and n.tiktok_handle < ${key[1]})`
    : sql`n.value < ${key[0]}::numeric or (n.value = ${key[0]}::numeric and n.tiktok_handle > ${key[1]})`;
  return { from: sql`and (${isBeyond})`, order };
}

/** A page of them, one row more than asked. */
export function listNearMisses(
  db: Db,
  settings: ClientSettings,
  input: NearMissListInput,
  today: Day,
): Promise<NearMissRow[]> {
  const { from, order } = walk(input);
  const limit = sql`limit ${input.limit + 1}::int`;
  return amongCandidates(db, settings, input, (among) =>
    db.query<NearMissRow>(rowsOf(settings, input, today, { from, order, limit, among })),
  );
}

/** Judges the few who may be near, each by the keys; where they are very many everybody is, by hash joins. */
async function amongCandidates<T>(
  db: Db,
  settings: ClientSettings,
  filters: NearMissFilters,
  ask: (among: Among) => Promise<T>,
): Promise<T> {
  const among = await inBulk(db, () => findCandidates(db, settings, filters));
  return among === null ? inBulk(db, () => ask(null)) : ask(among);
}

/** All of them, for a download. */
export function allNearMisses(settings: ClientSettings, filters: NearMissExportFilters, today: Day): Sql {
  const order = filters.sort === "handle" ? sql`n.tiktok_handle` : sql`n.value desc, n.tiktok_handle`;
  return rowsOf(settings, filters, today, { from: nothing, order, limit: nothing, among: null });
}

function rowsOf(
  settings: ClientSettings,
  filters: NearMissFilters,
  today: Day,
  { from, order, limit, among }: { from: Sql; order: Sql; limit: Sql; among: Among },
): Sql {
  return sql`
    select n.user_id as "userId", n.tiktok_handle as handle, n.current_tier as "tierId", t.tier_name as "tierName",
      n.value::text as value, n.required::text as required, trim_scale(greatest(n.required - n.value, 0))::text as missing,
      n.is_seeded as "isSeeded", n.end_day <= ${today}::date as "isOver", n.window_start as "windowStart", n.window_end as "windowEnd"
    from (${near(settings, filters, among)}) n
    left join tiers t on t.client_id = ${settings.id}::uuid and t.tier_id = n.current_tier
    where true ${from}
    order by ${order}
    ${limit}`;
}

export function countNearMisses(
  db: Db,
  settings: ClientSettings,
  filters: NearMissFilters,
  today: Day,
): Promise<NearMissCounts> {
  return amongCandidates(db, settings, filters, async (among) => {
    const [row] = await db.query<NearMissCounts>(sql`
      select count(*)::int as total, (count(*) filter (where n.value >= n.required))::int as reached,
        (count(*) filter (where n.end_day <= ${today}::date))::int as over
      from (${near(settings, filters, among)}) n`);
    return row!;
  });
}
