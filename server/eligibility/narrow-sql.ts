/**
 * What an index needs to find the rows of a list quickly. A narrowing follows from the filters: it never changes who is in the
 * list, only how many rows are looked at on the way. Found out beforehand, in queries whose cost is bounded.
 */
import type { ClientId } from "../base/ids.ts";
import { handleSearch, hitsInOrder, isHandlePart, searchedPart } from "../creators/search.ts";
import { type Db, nothing, type Sql, sql } from "../db/db.ts";
import { countByTier } from "./counts-sql.ts";
import type { EligibilityFilters, Reason } from "./schema.ts";

/** Up to so many ids looking each up by its key beats walking through the client's handles. */
const FEW = 5_000;

/** One in so many: whoever walks through the handles of a list so thin looks at thousands for a page. */
const SPARSE = 50;

/** Conditions on `e`: `rows` narrows, `search` is the search for a handle. */
export interface Narrowing {
  rows: Sql;
  search: Sql;
}

/** Where a page in the order of handles begins: behind (or before) a handle, or at the end of the list. */
export interface PageFrom {
  handle: string | null;
  isBackward: boolean;
}

/** What finds a page: `first` nearly always; `rest` where that did not fill it. Null: there is no more. */
export interface PageNarrowing {
  first: Narrowing;
  rest: (() => Promise<Narrowing>) | null;
}

/** For a page in the order of handles. */
export async function narrowPage(
  db: Db,
  client: ClientId,
  filters: EligibilityFilters,
  from: PageFrom,
): Promise<PageNarrowing> {
  const { total, among } = await countByTier(db, client, filters);
  if (total === 0) return { first: { rows: sql`and false`, search: nothing }, rest: null };
  const isSparse = total <= FEW && total * SPARSE < among;
  const rows =
    filters.bucket === "already_seeded" && isSparse
      ? await narrowSeeded(db, client, filters)
      : await narrowRows(db, client, filters);
  const part = searchedInside(filters.q);
  if (part === null) return { first: { rows, search: ofHandles(client, filters.q) }, rest: null };
  const hits = await hitsInOrder(db, client, part, { ...from, tier: filters.tier, limit: HITS });
  const first = { rows, search: sql`and e.user_id = any (${hits}::uuid[])` };
  const rest = async () => ({ rows, search: await allHits(db, client, part) });
  return { first, rest: hits.length < HITS ? null : rest };
}

/** For a total, which looks at every row of the list anyhow. */
export async function narrowCount(db: Db, client: ClientId, filters: EligibilityFilters): Promise<Narrowing> {
  return { rows: await narrowRows(db, client, filters), search: ofHandles(client, filters.q) };
}

export function ofHandles(client: ClientId, q: string | undefined): Sql {
  return handleSearch(client, q, { handle: sql`e.tiktok_handle`, id: sql`e.user_id` });
}

async function narrowRows(db: Db, client: ClientId, filters: EligibilityFilters): Promise<Sql> {
  if (filters.bucket === "will_create") return narrowOpen(db, client, filters);
  const reasons = reasonsOf(filters);
  return reasons === null ? nothing : narrowTiers(db, client, filters, reasons);
}

/**
 * Creators without a row who qualify: a seeding leaves none behind, so they are among those of whom the log tells something since.
 * Unknown when the mission was never seeded, its terms or the ladder changed since, or the log tells of many.
 */
async function narrowOpen(db: Db, client: ClientId, { missionId, whatIf }: EligibilityFilters): Promise<Sql> {
  if (whatIf !== undefined) return nothing;
  const [row] = await db.query<{ users: string[] | null }>(
    sql`select open_candidates(${client}::uuid, ${missionId}::uuid, ${FEW}) as users`,
  );
  return row?.users == null ? nothing : sql`and e.user_id = any (${row.users}::uuid[])`;
}

/** Few who have a row among many creators: found from the mission's rows. */
async function narrowSeeded(db: Db, client: ClientId, { missionId, tier }: EligibilityFilters): Promise<Sql> {
  const ofTier = tier === undefined ? nothing : sql`and u.current_tier = ${tier}`;
  const [row] = await db.query<{ users: string[] }>(sql`
    select coalesce(array_agg(distinct p.user_id), '{}') as users
    from mission_progress p
    join users u on u.client_id = p.client_id and u.id = p.user_id
    where p.client_id = ${client}::uuid and p.mission_id = ${missionId}::uuid ${ofTier}`);
  return sql`and e.user_id = any (${row!.users}::uuid[])`;
}

function reasonsOf({ bucket, reason }: EligibilityFilters): readonly Reason[] | null {
  if (reason !== undefined) return [reason];
  if (bucket === "unknown") return ["mission_tier_unknown", "creator_tier_unknown"];
  return bucket === "not_eligible" ? ["mission_disabled", "tier_too_low"] : null;
}

/** The reason follows from the creator's tier: of the tiers that creators have, those to which the definition gives it. */
async function narrowTiers(
  db: Db,
  client: ClientId,
  { missionId, whatIf }: EligibilityFilters,
  reasons: readonly Reason[],
): Promise<Sql> {
  const [row] = await db.query<{ tiers: string[] | null }>(sql`
    with recursive present as (
      (select u.current_tier as tier, 1 as place from users u where u.client_id = ${client}::uuid order by u.current_tier limit 1)
      union all
      select (select u.current_tier from users u where u.client_id = ${client}::uuid and u.current_tier > p.tier
        order by u.current_tier limit 1), p.place + 1
      from present p where p.tier is not null and p.place <= ${MANY_TIERS}
    )
    select case when count(*) > ${MANY_TIERS} then null else coalesce(array_agg(p.tier) filter (where eligibility_reason(
        coalesce(${whatIf?.enabled ?? null}::boolean, m.enabled), t.tier_eligibility, wanted.tier_order, own.tier_order)
      = any (${reasons}::text[])), '{}') end as tiers
    from present p
    cross join missions m
    cross join lateral (select coalesce(${whatIf?.tierEligibility ?? null}::text, m.tier_eligibility) as tier_eligibility) t
    left join tiers wanted on wanted.client_id = m.client_id and wanted.tier_id = t.tier_eligibility
    left join tiers own on own.client_id = m.client_id and own.tier_id = p.tier
    where p.tier is not null and m.client_id = ${client}::uuid and m.id = ${missionId}::uuid`);
  if (row?.tiers == null) return nothing;
  const [only, ...others] = row.tiers;
  // Of one tier an index has the creators in the order of their handles.
  return only !== undefined && others.length === 0
    ? sql`and e.current_tier = ${only}`
    : sql`and e.current_tier = any (${row.tiers}::text[])`;
}

/** A ladder has six tiers at most; more than so many others, and creators' tiers say nothing. */
const MANY_TIERS = 60;

/** So many hits of a search fill a page, unless the other filters let few of them through. */
const HITS = 300;

/** A search for a part of a handle, which may find many; null for no search or another kind. */
function searchedInside(q: string | undefined): string | null {
  const part = searchedPart(q);
  return part.length >= 3 && isHandlePart(part) ? part : null;
}

/** All hits: few are looked up one by one; where many are, the next of them is never far in the order of handles. */
async function allHits(db: Db, client: ClientId, part: string): Promise<Sql> {
  const [row] = await db.query<{ users: string[] }>(sql`
    select coalesce(array_agg(s.user_id), '{}') as users
    from (select user_id from search_creators(${client}::uuid, ${part}) limit ${FEW + 1}) s`);
  const users = row!.users;
  return users.length > FEW
    ? sql`and strpos(e.tiktok_handle, ${part}) > 0`
    : sql`and e.user_id = any (${users}::uuid[])`;
}
