/** Seedings that created rows, as they are told of. */
import type { ClientId, SeedId } from "../../base/ids.ts";
import { pageStart } from "../../base/paging.ts";
import { type Db, nothing, type Sql, sql } from "../../db/db.ts";
import { shownName } from "../../db/shown-sql.ts";
import type { SeedCountsDto, SeedCountsInput, SeedDto, SeedListInput } from "../schema.ts";

/** The seeds that created rows for a mission, or all of the client's. */
function filtered(client: ClientId, missionId: string | undefined): Sql {
  const concerned = sql`and exists (
    select from seed_missions o where o.client_id = ${client}::uuid and o.seed_id = s.id and o.mission_id = ${missionId}::uuid)`;
  return sql`s.client_id = ${client}::uuid ${missionId === undefined ? nothing : concerned}`;
}

export interface SeedRow extends Omit<SeedDto, "undone"> {
  key: string;
  undoneAt: Date | null;
  undoneByName: string;
  removed: number;
  kept: number;
}

/** Everything told of a seeding; `key` is its instant with all its digits, for the cursor. */
const seedSelect = (client: ClientId) => sql`
  select s.id, s.created_at as at, s.created_at::text as key, s.source, s.by_name as "byName",
    case when s.mission_ids is not null then (
      select coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'name', ${shownName}) order by m.display_order, m.id), '[]')
      from missions m where m.client_id = ${client}::uuid and m.id = any (s.mission_ids)
    ) end as missions,
    (
      select coalesce(jsonb_agg(jsonb_build_object('missionId', m.id, 'name', ${shownName}, 'created', o.created)
        order by m.display_order, m.id), '[]')
      from seed_missions o join missions m on m.client_id = o.client_id and m.id = o.mission_id
      where o.client_id = ${client}::uuid and o.seed_id = s.id
    ) as "perMission",
    s.created, s.already_seeded as "alreadySeeded", s.not_eligible as "notEligible", s.unknown, r.number as "runNumber",
    s.undone_at as "undoneAt", s.undone_by_name as "undoneByName", s.removed, s.kept
  from seeds s
  left join sync_runs r on r.client_id = s.client_id and r.id = s.run_id`;

function toSeed({ key, undoneAt, undoneByName, removed, kept, ...seed }: SeedRow): { key: string; seed: SeedDto } {
  const undone = undoneAt === null ? null : { at: undoneAt, byName: undoneByName, removed, kept };
  return { key, seed: { ...seed, undone } };
}

/** A page, newest first. One row more than asked. */
export async function listSeeds(
  db: Db,
  client: ClientId,
  input: SeedListInput,
): Promise<{ key: string; seed: SeedDto }[]> {
  const { key, isBackward } = pageStart(input, ["instant", "uuid"]);
  const from =
    key === null
      ? nothing
      : isBackward
        ? sql`and (s.created_at, s.id) > (${key[0]}::timestamptz, ${key[1]}::uuid)`
        : sql`and (s.created_at, s.id) < (${key[0]}::timestamptz, ${key[1]}::uuid)`;
  const order = isBackward ? sql`s.created_at, s.id` : sql`s.created_at desc, s.id desc`;
  const limit = sql`limit ${input.limit + 1}`;
  const rows = await db.query<SeedRow>(rowsOf(client, input.missionId, { from, order, limit }));
  return rows.map(toSeed);
}

/** All of them, for a download. */
export function allSeeds(client: ClientId, missionId: string | undefined): Sql {
  return rowsOf(client, missionId, { from: nothing, order: sql`s.created_at desc, s.id desc`, limit: nothing });
}

function rowsOf(
  client: ClientId,
  missionId: string | undefined,
  { from, order, limit }: { from: Sql; order: Sql; limit: Sql },
): Sql {
  return sql`
    ${seedSelect(client)}
    where ${filtered(client, missionId)} ${from}
    order by ${order}
    ${limit}`;
}

/** One seeding, or null. */
export async function findSeed(db: Db, client: ClientId, seed: SeedId): Promise<SeedDto | null> {
  const [row] = await db.query<SeedRow>(sql`
    ${seedSelect(client)} where s.client_id = ${client}::uuid and s.id = ${seed}::uuid`);
  return row === undefined ? null : toSeed(row).seed;
}

export async function countSeeds(db: Db, client: ClientId, missionId: string | undefined): Promise<number> {
  const [row] = await db.query<{ total: number }>(
    sql`select count(*)::int as total from seeds s where ${filtered(client, missionId)}`,
  );
  return row!.total;
}

/** The given seeds of this client, each with how many of its rows are there now; the rows are found by their missions. */
export function countLeft(db: Db, client: ClientId, input: SeedCountsInput): Promise<SeedCountsDto[]> {
  const { seedIds, missionId } = input;
  const ofMission = missionId === undefined ? nothing : sql`and o.mission_id = ${missionId}::uuid`;
  return db.query<SeedCountsDto>(sql`
    select s.id as "seedId", coalesce(l.rows, 0) as left
    from seeds s
    left join (
      select p.seed_id, count(*)::int as rows
      from mission_progress p
      where p.client_id = ${client}::uuid and p.seed_id = any (${seedIds}::uuid[]) and p.mission_id in (
        select o.mission_id from seed_missions o
        where o.client_id = ${client}::uuid and o.seed_id = any (${seedIds}::uuid[]) ${ofMission})
      group by p.seed_id
    ) l on l.seed_id = s.id
    where s.client_id = ${client}::uuid and s.id = any (${seedIds}::uuid[])`);
}
