import type { ClientId, MissionId, RunId, SeedId } from "../base/ids.ts";
import { type Db, nothing, type Sql, sql } from "../db/db.ts";
import { shownName } from "../db/shown-sql.ts";
import type { SeedDto } from "./schema.ts";

/** Pairs of creator and mission by what a seed of this moment would make of them; the skipped ones by reason. */
export interface PairCounts {
  willCreate: number;
  alreadySeeded: number;
  notEligible: number;
  unknown: number;
  missionDisabled: number;
  tierTooLow: number;
  missionTierUnknown: number;
  creatorTierUnknown: number;
  /** creators behind `creatorTierUnknown`: each stands in as many pairs as there are missions that ask for a tier */
  unknownCreators: number;
}

/** Counts the pairs of the chosen missions (null: of all) from the kept counts: in the size of missions x tiers. */
export async function countPairs(db: Db, client: ClientId, missions: readonly MissionId[] | null): Promise<PairCounts> {
  const [row] = await db.query<Omit<PairCounts, "unknownCreators">>(sql`
    select ${sumOpen(sql`e.bucket = 'will_create'`)} as "willCreate", coalesce(sum(e.seeded), 0)::int as "alreadySeeded",
      ${sumOpen(sql`e.bucket = 'not_eligible'`)} as "notEligible", ${sumOpen(sql`e.bucket = 'unknown'`)} as unknown,
      ${sumOpen(sql`e.reason_code = 'mission_disabled'`)} as "missionDisabled",
      ${sumOpen(sql`e.reason_code = 'tier_too_low'`)} as "tierTooLow",
      ${sumOpen(sql`e.reason_code = 'mission_tier_unknown'`)} as "missionTierUnknown",
      ${sumOpen(sql`e.reason_code = 'creator_tier_unknown'`)} as "creatorTierUnknown"
    from eligibility_groups e
    where e.client_id = ${client}::uuid ${chosen(missions)}`);
  const unknownCreators = row!.creatorTierUnknown === 0 ? 0 : await countUnknown(db, client, missions);
  return { ...row!, unknownCreators };
}

/**
 * Creators of tiers that the ladder does not have, whom a mission asks for a tier. The kept counts tell of every tier of which
 * nobody has a row of some such mission, or where there is only one; the creators of the others are looked at.
 */
async function countUnknown(db: Db, client: ClientId, missions: readonly MissionId[] | null): Promise<number> {
  const [row] = await db.query<{ known: number; others: string[] }>(sql`
    with tiers as (
      select e.current_tier, max(e.open) as asked, max(e.open) = max(e.creators) or count(*) = 1 as is_known
      from eligibility_groups e
      where e.client_id = ${client}::uuid ${chosen(missions)} and e.reason_code = 'creator_tier_unknown' and e.open > 0
      group by e.current_tier
    )
    select coalesce(sum(t.asked) filter (where t.is_known), 0)::int as known,
      coalesce(array_agg(t.current_tier) filter (where not t.is_known), '{}') as others
    from tiers t`);
  const { known, others } = row!;
  if (others.length === 0) return known;
  const [counted] = await db.query<{ creators: number }>(sql`
    select count(distinct e.user_id)::int as creators from mission_eligibility e
    where e.client_id = ${client}::uuid ${chosen(missions)} and e.reason_code = 'creator_tier_unknown'
      and e.current_tier = any (${others}::text[])`);
  return known + counted!.creators;
}

function sumOpen(which: Sql): Sql {
  return sql`coalesce(sum(e.open) filter (where ${which}), 0)::int`;
}

/** Only named when there are any, so that one mission is found by its key and the others are not looked at. */
function chosen(missions: readonly MissionId[] | null): Sql {
  return missions === null ? nothing : sql`and e.mission_id = any (${missions}::uuid[])`;
}

/** The pairs that `insertEligible` creates rows for, over all missions, by name. */
export function creatablePairs(client: ClientId): Sql {
  return sql`
    select concat_ws(' ', e.user_id, e.mission_id, e.status_if_seeded, e.checkpoint_start, e.checkpoint_end) as key,
      e.tiktok_handle as label, ${shownName} || ', ' || e.status_if_seeded as detail
    from mission_eligibility e
    join missions m on m.client_id = e.client_id and m.client_id = ${client}::uuid and m.id = e.mission_id
    where e.client_id = ${client}::uuid and e.is_eligible and not e.is_seeded`;
}

/** Inserts every row that the preview calls will_create and answers how many: running it twice adds nothing. */
export async function insertEligible(
  db: Db,
  client: ClientId,
  seed: { id: SeedId; missions: readonly MissionId[] | null },
): Promise<number> {
  const [row] = await db.query<{ created: number }>(
    sql`select seed_mission_progress(${client}::uuid, ${seed.missions}::uuid[], ${seed.id}::uuid) as created`,
  );
  return row!.created;
}

/** Inserts what no seeding has, without believing counts or log, and answers how many rows. */
export async function insertMissed(db: Db, client: ClientId, seed: SeedId): Promise<number> {
  const [row] = await db.query<{ created: number }>(
    sql`select reconcile_mission_progress(${client}::uuid, ${seed}::uuid) as created`,
  );
  return row!.created;
}

export interface NewSeed {
  id: SeedId;
  source: SeedDto["source"];
  byName: string;
  byId: string | null;
  missions: readonly MissionId[] | null;
  runId: RunId | null;
  planId: string | null;
  created: number;
  counts: PairCounts;
}

/** Writes who seeded what, when and with which counts. */
export async function insertSeed(db: Db, client: ClientId, seed: NewSeed): Promise<void> {
  await db.execute(sql`
    insert into seeds (client_id, id, source, by_name, by_id, mission_ids, created, already_seeded, not_eligible, unknown, run_id,
      plan_id)
    values (${client}::uuid, ${seed.id}::uuid, ${seed.source}, ${seed.byName}, ${seed.byId}, ${seed.missions}::uuid[],
      ${seed.created}, ${seed.counts.alreadySeeded}, ${seed.counts.notEligible}, ${seed.counts.unknown}, ${seed.runId}::uuid,
      ${seed.planId}::uuid)`);
}

/** Keeps the terms of missions as they are until the transaction ends; one that was changed since its snapshot makes it run again. */
export async function holdMissions(db: Db, client: ClientId, missions: readonly string[]): Promise<void> {
  await db.query(sql`
    select m.id from missions m where m.client_id = ${client}::uuid and m.id = any (${missions}::uuid[]) order by m.id for share`);
}
