import type { ClientId } from "../base/ids.ts";
import type { PageInput } from "../base/paging.ts";
import { type Db, nothing, type Sql, sql } from "../db/db.ts";
import type { CreatorDto, CreatorExportFilters, CreatorFilters, CreatorRow } from "./schema.ts";
import { countFound, handleSearch, handleSearchOfPage } from "./search.ts";

const rowColumns = sql`
  u.id as "userId", u.tiktok_handle as handle, u.current_tier as "tierId", t.tier_name as "tierName", t.tier_color as "tierColor",
  r.rank, u.total_sales::text as "totalSales", u.total_units::float8 as "totalUnits",
  u.checkpoint_sales_current::text as "checkpointSales", u.checkpoint_units_current::float8 as "checkpointUnits",
  u.tier_achieved_at as "windowStart", u.next_checkpoint_at as "windowEnd"`;

const tierOfUser = sql`left join tiers t on t.client_id = u.client_id and t.tier_id = u.current_tier`;
const rankOfUser = sql`left join creator_ranks r on r.client_id = u.client_id and r.user_id = u.id`;

function filtered(client: ClientId, filters: Omit<CreatorExportFilters, "sort">): Sql {
  const tier = filters.tier === undefined ? nothing : sql` and u.current_tier = ${filters.tier}`;
  const ticked = filters.userIds === undefined ? nothing : sql` and u.id = any (${filters.userIds}::uuid[])`;
  return sql`u.client_id = ${client}::uuid${tier}${ticked}${handleSearch(client, filters.q)}`;
}

/** All creators that the filters leave, for a download, in the order of the pages. */
export function allCreators(client: ClientId, filters: CreatorExportFilters): Sql {
  return sql`
    select ${rowColumns} from users u ${tierOfUser} ${rankOfUser}
    where ${filtered(client, filters)}
    order by ${filters.sort === "handle" ? sql`u.tiktok_handle` : sql`r.rank nulls last, u.id`}`;
}

/** One way through a list: `key` null starts at its end, `isBackward` reads it in reverse. */
export interface Walk<Key> {
  key: Key | null;
  isBackward: boolean;
  limit: PageInput["limit"];
}

/** Creators by handle, one more than the limit where there are more. */
export async function listByHandle(
  db: Db,
  client: ClientId,
  filters: CreatorFilters,
  walk: Walk<string>,
): Promise<CreatorRow[]> {
  const from =
    walk.key === null
      ? nothing
      : walk.isBackward
        ? sql` and u.tiktok_handle < ${walk.key}`
        : sql` and u.tiktok_handle > ${walk.key}`;
  const { q, ...others } = filters;
  const tiers = filters.tier === undefined ? null : [filters.tier];
  const page = { tiers, handle: walk.key, isBackward: walk.isBackward, limit: walk.limit + 1 };
  const search = await handleSearchOfPage(db, client, q, page);
  return db.query<CreatorRow>(sql`
    select ${rowColumns} from users u ${tierOfUser} ${rankOfUser}
    where ${filtered(client, others)}${search}${from}
    order by u.tiktok_handle ${walk.isBackward ? sql`desc` : sql`asc`}
    limit ${walk.limit + 1}::int`);
}

/** Creators who have a rank, by rank. */
export function listRanked(
  db: Db,
  client: ClientId,
  filters: CreatorFilters,
  walk: Walk<readonly [rank: number, userId: string]>,
): Promise<CreatorRow[]> {
  const comparison = walk.isBackward ? sql`<` : sql`>`;
  const direction = walk.isBackward ? sql`desc` : sql`asc`;
  const from =
    walk.key === null
      ? nothing
      : sql` and (r.rank, r.user_id) ${comparison} (${walk.key[0]}::int, ${walk.key[1]}::uuid)`;
  return db.query<CreatorRow>(sql`
    select ${rowColumns} from creator_ranks r
    join users u on u.client_id = r.client_id and u.id = r.user_id ${tierOfUser}
    where r.client_id = ${client}::uuid and ${filtered(client, filters)}${from}
    order by r.rank ${direction}, r.user_id ${direction}
    limit ${walk.limit + 1}::int`);
}

/** Creators whom no sync has ranked yet; they follow the ranked ones. */
export function listUnranked(
  db: Db,
  client: ClientId,
  filters: CreatorFilters,
  walk: Walk<string>,
): Promise<CreatorRow[]> {
  const comparison = walk.isBackward ? sql`<` : sql`>`;
  const from = walk.key === null ? nothing : sql` and u.id ${comparison} ${walk.key}::uuid`;
  return db.query<CreatorRow>(sql`
    select ${rowColumns} from users u ${tierOfUser} ${rankOfUser}
    where ${filtered(client, filters)} and r.user_id is null${from}
    order by u.id ${walk.isBackward ? sql`desc` : sql`asc`}
    limit ${walk.limit + 1}::int`);
}

export function countCreators(db: Db, client: ClientId, { q, tier }: CreatorFilters): Promise<number> {
  return countFound(db, client, q, tier === undefined ? null : [tier]);
}

/** One creator without the tier log, or null. */
export async function findCreator(
  db: Db,
  client: ClientId,
  userId: string,
): Promise<Omit<CreatorDto, "tierLog"> | null> {
  const [row] = await db.query<Omit<CreatorDto, "tierLog">>(sql`
    select ${rowColumns}, u.email, u.first_video_date as "firstVideoDate",
      u.checkpoint_videos_posted::float8 as "checkpointVideos", u.checkpoint_total_views::float8 as "checkpointViews",
      u.checkpoint_total_likes::float8 as "checkpointLikes", u.checkpoint_total_comments::float8 as "checkpointComments",
      (select count(*)::int from videos v where v.client_id = ${client}::uuid and v.user_id = u.id) as videos,
      u.created_at as "createdAt"
    from users u ${tierOfUser} ${rankOfUser}
    where u.client_id = ${client}::uuid and u.id = ${userId}::uuid`);
  return row ?? null;
}

/** The creator's tier moves and checkpoints, newest first, at most 50. */
export function listTierLog(db: Db, client: ClientId, userId: string): Promise<CreatorDto["tierLog"]> {
  return db.query<CreatorDto["tierLog"][number]>(sql`
    select window_end as at, kind, status, tier_before as "tierBefore", tier_after as "tierAfter", metric_value::text as "metricValue"
    from tier_checkpoints
    where client_id = ${client}::uuid and user_id = ${userId}::uuid
    order by window_end desc
    limit 50`);
}

/** The id of the creator with a canonical handle, or null. */
export async function findByHandle(
  db: Db,
  client: ClientId,
  handle: string,
): Promise<{ userId: string; handle: string } | null> {
  const [row] = await db.query<{ userId: string; handle: string }>(sql`
    select u.id as "userId", u.tiktok_handle as handle from users u
    where u.client_id = ${client}::uuid and u.tiktok_handle = ${handle}`);
  return row ?? null;
}
