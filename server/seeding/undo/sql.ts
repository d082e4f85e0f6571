import type { ClientId, SeedId } from "../../base/ids.ts";
import { pageStart } from "../../base/paging.ts";
import { type Db, nothing, type Sql, sql } from "../../db/db.ts";
import { shownName } from "../../db/shown-sql.ts";
import type { MissionFates } from "./rules.ts";
import type { SeedRowDto, SeedRowFilters, SeedRowsInput, UndoneDto } from "./schema.ts";

/** Why the row `p` with its redemption `r` is kept; null: an undo removes it. */
const keptBecause = sql`case when p.status = 'completed' then 'completed' when r.client_id is not null then 'has_redemption' end`;

const redemption = sql`r.client_id = p.client_id and r.user_id = p.user_id and r.mission_id = p.mission_id and r.cycle = p.cycle`;

/** The rows `p` of a seeding that are still there, with their redemption `r`, as a from clause; found by (client, mission). */
function rowsOf(client: ClientId, seed: SeedId): { from: Sql; where: Sql } {
  return {
    from: sql`mission_progress p left join redemptions r on ${redemption} and r.client_id = ${client}::uuid`,
    where: sql`p.client_id = ${client}::uuid and p.seed_id = ${seed}::uuid and p.mission_id in (
      select o.mission_id from seed_missions o where o.client_id = ${client}::uuid and o.seed_id = ${seed}::uuid)`,
  };
}

export interface StandingSeed {
  id: SeedId;
  /** what the audit log calls it: its missions */
  name: string;
  undone: UndoneDto | null;
}

/** One seeding, or null; `lock` makes a second undo wait until the first has ended. */
export async function findSeed(
  db: Db,
  client: ClientId,
  seed: string,
  lock: "for update" | "none",
): Promise<StandingSeed | null> {
  const [row] = await db.query<{
    id: SeedId;
    name: string;
    at: Date | null;
    byName: string;
    removed: number;
    kept: number;
  }>(sql`
    select s.id, coalesce((
        select string_agg(${shownName}, ', ' order by m.display_order, m.id)
        from missions m where m.client_id = s.client_id and m.id = any (s.mission_ids)), 'all missions') as name,
      s.undone_at as at, s.undone_by_name as "byName", s.removed, s.kept
    from seeds s
    where s.client_id = ${client}::uuid and s.id = ${seed}::uuid
    ${lock === "none" ? nothing : sql`for no key update of s`}`);
  if (row === undefined) return null;
  const { id, name, at, ...undone } = row;
  return { id, name, undone: at === null ? null : { at, ...undone } };
}

/** The missions for which the seeding created rows, in the admin's own order, with what an undo does in each. */
export function countFates(db: Db, client: ClientId, seed: SeedId): Promise<MissionFates[]> {
  const isOurs = sql`p.seed_id = ${seed}::uuid`;
  return db.query<MissionFates>(sql`
    select m.id as "missionId", ${shownName} as name, m.enabled,
      (count(*) filter (where ${isOurs} and ${keptBecause} is null))::int as removable,
      (count(*) filter (where ${isOurs} and ${keptBecause} = 'completed'))::int as completed,
      (count(*) filter (where ${isOurs} and ${keptBecause} = 'has_redemption'))::int as "hasRedemption",
      (count(*) filter (where p.status <> 'completed'
        and (p.seed_id is distinct from ${seed}::uuid or ${keptBecause} is not null)))::int as staying
    from seed_missions o
    join missions m on m.client_id = o.client_id and m.id = o.mission_id
    left join mission_progress p on p.client_id = o.client_id and p.client_id = ${client}::uuid and p.mission_id = o.mission_id
    left join redemptions r on ${redemption} and r.client_id = ${client}::uuid and ${isOurs}
    where o.client_id = ${client}::uuid and o.seed_id = ${seed}::uuid
    group by m.client_id, m.id, m.display_name, m.title, m.enabled, m.display_order
    order by m.display_order, m.id`);
}

/**
 * Deletes the rows that an undo removes and answers how many. All are locked first and none is waited for (SQLSTATE 55P03): a
 * sync that moves them while we hold others would make a deadlock, and the sync could be the one to lose it.
 */
export function deleteRemovable(db: Db, client: ClientId, seed: SeedId): Promise<number> {
  const { from, where } = rowsOf(client, seed);
  return db.execute(sql`
    delete from mission_progress d
    using (
      select p.client_id, p.user_id, p.mission_id, p.cycle from ${from}
      where ${where} and ${keptBecause} is null
      for update of p nowait
    ) l
    where d.client_id = ${client}::uuid and d.client_id = l.client_id and d.user_id = l.user_id and d.mission_id = l.mission_id
      and d.cycle = l.cycle`);
}

/** Marks the seeding as undone, which the database lets happen once. */
export async function updateUndone(
  db: Db,
  client: ClientId,
  seed: SeedId,
  undone: UndoneDto & { byId: string | null },
): Promise<void> {
  await db.execute(sql`
    update seeds set undone_at = ${undone.at}::timestamptz, undone_by_name = ${undone.byName}, undone_by_id = ${undone.byId},
      removed = ${undone.removed}, kept = ${undone.kept}
    where client_id = ${client}::uuid and id = ${seed}::uuid`);
}

/** A row with its cycle, which is part of its place in the list. */
export type ListedSeedRow = SeedRowDto & { cycle: number };

function ofFate(fate: SeedRowFilters["fate"]): Sql {
  if (fate === undefined) return nothing;
  return fate === "kept" ? sql` and ${keptBecause} is not null` : sql` and ${keptBecause} is null`;
}

/** The rows of a seeding that are still there, by handle, one more than the limit where there are more. */
export function listSeedRows(db: Db, client: ClientId, input: SeedRowsInput): Promise<ListedSeedRow[]> {
  const { key, isBackward } = pageStart(input, ["text", "uuid", "integer"]);
  const direction = isBackward ? sql`desc` : sql`asc`;
  const comparison = isBackward ? sql`<` : sql`>`;
  const start =
    key === null
      ? nothing
      : sql` and (u.tiktok_handle, p.mission_id, p.cycle) ${comparison} (${key[0]}, ${key[1]}::uuid, ${key[2]}::int)`;
  return db.query<ListedSeedRow>(listOf(client, input, { start, direction, limit: sql`limit ${input.limit + 1}` }));
}

/** All of them, for a download. */
export function allSeedRows(client: ClientId, filters: SeedRowFilters): Sql {
  return listOf(client, filters, { start: nothing, direction: sql`asc`, limit: nothing });
}

function listOf(
  client: ClientId,
  filters: SeedRowFilters,
  { start, direction, limit }: { start: Sql; direction: Sql; limit: Sql },
): Sql {
  const { from, where } = rowsOf(client, filters.seedId as SeedId);
  return sql`
    select p.user_id as "userId", u.tiktok_handle as handle, p.mission_id as "missionId", ${shownName} as "missionName",
      m.mission_type as "missionType", p.status, p.current_value::text as value, p.checkpoint_start as "windowStart",
      p.checkpoint_end as "windowEnd", ${keptBecause} as "keptBecause", p.cycle::int as cycle
    from ${from}
    join missions m on m.client_id = p.client_id and m.id = p.mission_id
    join users u on u.client_id = p.client_id and u.id = p.user_id
    where ${where}${ofFate(filters.fate)}${start}
    order by u.tiktok_handle ${direction}, p.mission_id ${direction}, p.cycle ${direction}
    ${limit}`;
}

export async function countSeedRows(db: Db, client: ClientId, filters: SeedRowFilters): Promise<number> {
  const { from, where } = rowsOf(client, filters.seedId as SeedId);
  const [row] = await db.query<{ total: number }>(
    sql`select count(*)::int as total from ${from} where ${where}${ofFate(filters.fate)}`,
  );
  return row!.total;
}
