/** The rows of one mission as its Progress tab shows them. */
import type { ClientId } from "../base/ids.ts";
import { handleSearch } from "../creators/search.ts";
import { dayOfInstant } from "../db/day-sql.ts";
import { type Db, nothing, type Sql, sql } from "../db/db.ts";
import { shownName } from "../db/shown-sql.ts";
import type { ProgressFilters, ProgressRow } from "./schema.ts";

/** A row with its cycle, which is part of its place in the list. */
export type ListedRow = ProgressRow & { cycle: number };

/** What "over" depends on: the client's clock. */
export interface Clock {
  timezone: string;
  now: Date;
}

/**
 * True for a row whose window's last day has passed while it was not completed (domain reference, section 1): the day on which
 * the window ends is no longer part of it. Rows are under the alias `p`.
 */
export function isOver({ timezone, now }: Clock): Sql {
  return sql`(p.status <> 'completed' and coalesce(
    ${dayOfInstant(sql`p.checkpoint_end`, timezone)} <= ${dayOfInstant(sql`${now}::timestamptz`, timezone)}, false))`;
}

function filtered(client: ClientId, filters: ProgressFilters, clock: Clock): Sql {
  return sql`p.client_id = ${client}::uuid and p.mission_id = ${filters.missionId}::uuid
    and u.client_id = p.client_id and u.id = p.user_id${statusIs(filters.status, clock)}${handleSearch(client, filters.q)}`;
}

function statusIs(status: ProgressFilters["status"], clock: Clock): Sql {
  if (status === undefined) return nothing;
  if (status === "over") return sql` and ${isOver(clock)}`;
  if (status === "completed") return sql` and p.status = 'completed'`;
  return sql` and p.status = ${status} and not ${isOver(clock)}`;
}

/** Rows by handle, one more than the limit where there are more. */
export function listRows(
  db: Db,
  client: ClientId,
  filters: ProgressFilters,
  walk: { clock: Clock; key: readonly [handle: string, cycle: number] | null; isBackward: boolean; limit: number },
): Promise<ListedRow[]> {
  const { clock, key, isBackward } = walk;
  const direction = isBackward ? sql`desc` : sql`asc`;
  const comparison = isBackward ? sql`<` : sql`>`;
  const from = key === null ? nothing : sql` and (u.tiktok_handle, p.cycle) ${comparison} (${key[0]}, ${key[1]}::int)`;
  const limit = sql`limit ${walk.limit + 1}::int`;
  return db.query<ListedRow>(rowsOf(client, filters, clock, { from, direction, limit }));
}

/** All of them, for a download. */
export function allRows(client: ClientId, filters: ProgressFilters, clock: Clock): Sql {
  return rowsOf(client, filters, clock, { from: nothing, direction: sql`asc`, limit: nothing });
}

function rowsOf(
  client: ClientId,
  filters: ProgressFilters,
  clock: Clock,
  { from, direction, limit }: { from: Sql; direction: Sql; limit: Sql },
): Sql {
  return sql`
    select p.user_id as "userId", u.tiktok_handle as handle, u.current_tier as "tierId", t.tier_name as "tierName",
      p.current_value::text as value, m.target_value::text as target, p.status, ${isOver(clock)} as "isOver",
      p.checkpoint_start as "windowStart", p.checkpoint_end as "windowEnd", p.completed_at as "completedAt",
      p.updated_at as "updatedAt", p.cycle::int as cycle
    from mission_progress p
    join missions m on m.client_id = p.client_id and m.id = p.mission_id
    join users u on u.client_id = p.client_id and u.id = p.user_id
    left join tiers t on t.client_id = u.client_id and t.tier_id = u.current_tier
    where ${filtered(client, filters, clock)}${from}
    order by u.tiktok_handle ${direction}, p.cycle ${direction}
    ${limit}`;
}

export async function countRows(db: Db, client: ClientId, filters: ProgressFilters, clock: Clock): Promise<number> {
  const [row] = await db.query<{ count: number }>(sql`
    select count(*)::int as count from mission_progress p, users u where ${filtered(client, filters, clock)}`);
  return row?.count ?? 0;
}

/** Name and type of a mission that exists. */
export async function findTarget(
  db: Db,
  client: ClientId,
  missionId: string,
): Promise<{ name: string; missionType: string }> {
  const [row] = await db.query<{ name: string; missionType: string }>(sql`
    select ${shownName} as name, m.mission_type as "missionType"
    from missions m where m.client_id = ${client}::uuid and m.id = ${missionId}::uuid`);
  return row!;
}

export async function missionExists(db: Db, client: ClientId, missionId: string): Promise<boolean> {
  const rows = await db.query(
    sql`select 1 as found from missions where client_id = ${client}::uuid and id = ${missionId}::uuid`,
  );
  return rows.length > 0;
}
