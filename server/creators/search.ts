import type { ClientId } from "../base/ids.ts";
import { type Db, nothing, type Sql, sql } from "../db/db.ts";

/** Where a query has a creator's handle and id. */
export interface HandleColumns {
  handle: Sql;
  id: Sql;
}

const ofUsers: HandleColumns = { handle: sql`u.tiktok_handle`, id: sql`u.id` };

/** What a search means: blanks around it, a leading @ and capitals are forgiven; "" for no search. */
export function searchedPart(q: string | undefined): string {
  return (q ?? "").trim().replace(/^@/, "").trim().toLowerCase();
}

/** Whether a handle can contain it at all. */
export function isHandlePart(part: string): boolean {
  return /^[a-z0-9_.]+$/.test(part);
}

/**
 * An ` and …` condition on creators, by default the users table under the alias `u`: handles that contain `q`, with fewer than
 * three letters those that start with it; the empty fragment for no search.
 *
 * Three letters and more go through `search_creators`, because a trigram index is not used under a policy; a prefix is a range
 * in byte order (the tilde sorts behind every letter a handle may have).
 */
export function handleSearch(client: ClientId, q: string | undefined, { handle, id }: HandleColumns = ofUsers): Sql {
  const part = searchedPart(q);
  if (part === "") return nothing;
  if (!isHandlePart(part)) return sql` and false`;
  if (part.length >= 3) return sql` and ${id} in (select s.user_id from search_creators(${client}::uuid, ${part}) s)`;
  return sql` and ${handle} >= ${part} and ${handle} < ${`${part}~`}`;
}

/** Where a page in the order of handles begins: behind (or before) a handle, or at the end of the list. */
export interface HandleStart {
  handle: string | null;
  isBackward: boolean;
}

/** The creators that a page may show: with this part in their handle (null: with any), of these tiers (null: of all). */
export interface InOrder extends HandleStart {
  part: string | null;
  tiers: readonly string[] | null;
  limit: number;
}

/** The ids of the next creators in the order of handles, to be looked up. Asked by itself: on a cluster such a function is called on no node. */
export async function creatorsInOrder(
  db: Db,
  client: ClientId,
  { part, tiers, handle, isBackward, limit }: InOrder,
): Promise<string[]> {
  const [row] = await db.query<{ users: string[] }>(sql`
    select creators_in_order(
      ${client}::uuid, ${part}::text, ${tiers}::text[], ${handle}::text, ${isBackward}, ${limit}::int) as users`);
  return row!.users;
}

/** A search for a part of a handle, which may find many; null for no search or another kind. */
export function searchedInside(q: string | undefined): string | null {
  const part = searchedPart(q);
  return part.length >= 3 && isHandlePart(part) ? part : null;
}

/** The condition of `handleSearch` for one page, which leaves all other hits unread where there is a part to search for. */
export async function handleSearchOfPage(
  db: Db,
  client: ClientId,
  q: string | undefined,
  page: Omit<InOrder, "part">,
): Promise<Sql> {
  const part = searchedInside(q);
  if (part === null) return handleSearch(client, q);
  return sql` and u.id = any (${await creatorsInOrder(db, client, { ...page, part })}::uuid[])`;
}

/** How many creators of these tiers (null: of all) a search finds; without one, all of them. */
export async function countFound(
  db: Db,
  client: ClientId,
  q: string | undefined,
  tiers: readonly string[] | null,
): Promise<number> {
  const part = searchedInside(q);
  const ofTiers = tiers === null ? nothing : sql` and u.current_tier = any (${tiers}::text[])`;
  const [row] = await db.query<{ found: number }>(
    part === null
      ? sql`select count(*)::int as found from users u where u.client_id = ${client}::uuid${ofTiers}${handleSearch(client, q)}`
      : sql`select count_creators_found(${client}::uuid, ${part}, ${tiers}::text[]) as found`,
  );
  return row!.found;
}
