/**
 * What an index needs to find the rows of a list quickly. A narrowing follows from the filters: it never changes who is in the
 * list, only how many rows are looked at on the way. Found out beforehand, in queries whose cost is bounded, and from the same
 * snapshot as the list.
 */
import type { ClientId } from "../base/ids.ts";
import { creatorsInOrder, type HandleStart, handleSearch, searchedInside, searchedPart } from "../creators/search.ts";
import { type Db, nothing, type Sql, sql } from "../db/db.ts";
import { countByTier, type ListSize } from "./counts-sql.ts";
import type { EligibilityFilters } from "./schema.ts";

/** Up to so many ids looking each up by its key beats walking through the client's handles. */
const FEW = 5_000;

/** One in so many: whoever walks through the handles of a list so thin looks at thousands for a page. */
const SPARSE = 50;

/** Conditions on `e`: `rows` narrows, `search` is the search for a handle. */
export interface Narrowing {
  rows: Sql;
  search: Sql;
}

/** What finds a page: `first` nearly always; `rest` where that did not fill it. Null: there is no more. */
export interface PageNarrowing {
  first: Narrowing;
  rest: (() => Promise<Narrowing>) | null;
}

/** For a page of `limit` rows in the order of handles. */
export async function narrowPage(
  db: Db,
  client: ClientId,
  filters: EligibilityFilters,
  from: HandleStart & { limit: number },
): Promise<PageNarrowing> {
  const size = await countByTier(db, client, filters);
  if (size.total === 0) return { first: { rows: sql`and false`, search: nothing }, rest: null };
  const part = searchedInside(filters.q);
  const few = await findFew(db, client, filters, size);
  if (few !== null) return { first: amongFew(client, filters.q, few), rest: null };
  const rows = ofTiers(size);
  if (part === null && searchedPart(filters.q) !== "")
    return { first: { rows, search: ofHandles(client, filters.q) }, rest: null };
  const rest = async () => ({ rows, search: part === null ? nothing : await allHits(db, client, part) });
  if (size.total * SPARSE < size.among) return { first: await rest(), rest: null };
  const looked = lookedAt(size, from.limit);
  const next = await creatorsInOrder(db, client, { ...from, part, tiers: size.tiers, limit: looked });
  return { first: { rows: isOneOf(next), search: nothing }, rest: next.length < looked ? null : rest };
}

/** For a total, which looks at every row of the list anyhow; `size` is the list's. */
export async function narrowCount(
  db: Db,
  client: ClientId,
  filters: EligibilityFilters,
  size: ListSize,
): Promise<Narrowing> {
  const open = filters.bucket === "will_create" ? await findOpen(db, client, filters) : null;
  if (open !== null) return amongFew(client, filters.q, open);
  return { rows: ofTiers(size), search: ofHandles(client, filters.q) };
}

/** Of few creators each handle is looked at; nobody else who is found matters. */
function amongFew(client: ClientId, q: string | undefined, few: readonly string[]): Narrowing {
  const part = searchedInside(q);
  const search = part === null ? ofHandles(client, q) : sql`and strpos(e.tiktok_handle, ${part}) > 0`;
  return { rows: isOneOf(few), search };
}

export function ofHandles(client: ClientId, q: string | undefined): Sql {
  return handleSearch(client, q, { handle: sql`e.tiktok_handle`, id: sql`e.user_id` });
}

function isOneOf(users: readonly string[]): Sql {
  return sql`and e.user_id = any (${users}::uuid[])`;
}

/** Of one tier an index has the creators in the order of their handles. */
function ofTiers({ tiers }: ListSize): Sql {
  if (tiers === null) return nothing;
  const [only, ...others] = tiers;
  return only !== undefined && others.length === 0
    ? sql`and e.current_tier = ${only}`
    : sql`and e.current_tier = any (${tiers}::text[])`;
}

/** So many creators of the list's tiers hold a page of it, unless it is spread unevenly. */
function lookedAt({ total, among }: ListSize, limit: number): number {
  return Math.ceil(((limit * among) / total) * 1.3) + 10;
}

/** Everybody in the list, where they are few and known; null otherwise. */
async function findFew(
  db: Db,
  client: ClientId,
  filters: EligibilityFilters,
  { total, among }: ListSize,
): Promise<string[] | null> {
  if (filters.bucket === "will_create") return findOpen(db, client, filters);
  const isSparse = total <= FEW && total * SPARSE < among;
  return filters.bucket === "already_seeded" && isSparse ? findSeeded(db, client, filters) : null;
}

/**
 * Creators without a row who qualify: a seeding leaves none behind, so they are among those of whom the log tells something since.
 * Unknown when the mission was never seeded, its terms or the ladder changed since, or the log tells of many.
 */
async function findOpen(db: Db, client: ClientId, { missionId, whatIf }: EligibilityFilters): Promise<string[] | null> {
  if (whatIf !== undefined) return null;
  const [row] = await db.query<{ users: string[] | null }>(
    sql`select open_candidates(${client}::uuid, ${missionId}::uuid, ${FEW}) as users`,
  );
  return row!.users;
}

/** Few who have a row among many creators: found from the mission's rows. */
async function findSeeded(db: Db, client: ClientId, { missionId, tier }: EligibilityFilters): Promise<string[]> {
  const ofTier = tier === undefined ? nothing : sql`and u.current_tier = ${tier}`;
  const [row] = await db.query<{ users: string[] }>(sql`
    select coalesce(array_agg(distinct p.user_id), '{}') as users
    from mission_progress p
    join users u on u.client_id = p.client_id and u.id = p.user_id
    where p.client_id = ${client}::uuid and p.mission_id = ${missionId}::uuid ${ofTier}`);
  return row!.users;
}

/** All hits: few are looked up one by one; where many are, the next of them is never far in the order of handles. */
async function allHits(db: Db, client: ClientId, part: string): Promise<Sql> {
  const [row] = await db.query<{ users: string[] }>(sql`
    select coalesce(array_agg(s.user_id), '{}') as users
    from (select user_id from search_creators(${client}::uuid, ${part}) limit ${FEW + 1}) s`);
  const users = row!.users;
  return users.length > FEW ? sql`and strpos(e.tiktok_handle, ${part}) > 0` : isOneOf(users);
}
