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

/** A page in the order of handles: behind (or before) one, or from the end of the list. */
export interface HandlePage {
  tier: string | undefined;
  handle: string | null;
  isBackward: boolean;
  limit: number;
}

/** The first hits of a page in its order, to be looked up by their ids. Asked by itself: on a cluster such a function is called on no node. */
export async function hitsInOrder(db: Db, client: ClientId, part: string, page: HandlePage): Promise<string[]> {
  const [row] = await db.query<{ users: string[] }>(sql`
    select coalesce(array_agg(s.user_id), '{}') as users from search_creators_in_order(
      ${client}::uuid, ${part}, ${page.tier ?? null}::text, ${page.handle}::text, ${page.isBackward}, ${page.limit}::int) s`);
  return row!.users;
}

/** The condition of `handleSearch` for one page, which leaves all other hits unread where there is a part to search for. */
export async function handleSearchOfPage(
  db: Db,
  client: ClientId,
  q: string | undefined,
  page: HandlePage,
): Promise<Sql> {
  const part = searchedPart(q);
  if (part.length < 3 || !isHandlePart(part)) return handleSearch(client, q);
  return sql` and u.id = any (${await hitsInOrder(db, client, part, page)}::uuid[])`;
}
