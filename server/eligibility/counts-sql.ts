/**
 * Numbers of creators by what the definition makes of their tier, read from the counts that the database keeps: in the size of the
 * ladder, whatever the number of creators.
 */
import type { ClientSettings } from "../base/client-settings.ts";
import type { Day } from "../base/days.ts";
import type { ClientId, MissionId } from "../base/ids.ts";
import { type Db, nothing, type Sql, sql } from "../db/db.ts";
import { grouped } from "./relation-sql.ts";
import type { Group } from "./rules.ts";
import type { EligibilityFilters, PreviewInput } from "./schema.ts";
import type { MissionCountsDto } from "../missions/schema.ts";

/** The creators of one mission, counted per tier, bucket and reason, in the ladder's order. */
export function countGroups(db: Db, client: ClientId, { missionId, whatIf }: PreviewInput): Promise<Group[]> {
  return db.query<Group>(sql`
    with groups as (
      select g.current_tier, g.seeded, g.open, g.bucket, g.reason_code from ${grouped(missionId, whatIf)}
      where g.client_id = ${client}::uuid and g.mission_id = ${missionId}::uuid
    ), counted as (
      select current_tier, eligibility_bucket(true, null) as bucket, null as reason, seeded as creators from groups where seeded > 0
      union all
      select current_tier, bucket, reason_code, open from groups where open > 0
    ), ladder as (
      select tier_id, tier_name, tier_order, tier_color from tiers where client_id = ${client}::uuid
    )
    select coalesce(t.tier_id, c.current_tier) as "tierId", t.tier_name as "tierName", t.tier_order as "tierOrder",
      t.tier_color as "tierColor", c.bucket, c.reason, coalesce(c.creators, 0) as creators
    from ladder t
    full join counted c on c.current_tier = t.tier_id
    order by t.tier_order nulls last, 1, c.bucket, c.reason`);
}

/** What the kept counts know of a list. */
export interface ListSize {
  /** creators whom the filters let through, whatever is searched for */
  total: number;
  /** all creators of `tiers`: among so many the list is found */
  among: number;
  /** the tiers that have somebody in the list; null where they are too many to name */
  tiers: string[] | null;
  /** those of them that have everybody in the list */
  whole: string[];
}

/** A ladder has six tiers at most; more than so many others, and creators' tiers say nothing. */
const MANY_TIERS = 60;

/** The size of a list by its bucket, reason and tier; a search is not looked at. */
export async function countByTier(
  db: Db,
  client: ClientId,
  { missionId, whatIf, bucket, reason, tier }: EligibilityFilters,
): Promise<ListSize> {
  const wantsSeeded = reason === undefined && (bucket === undefined || bucket === "already_seeded");
  const isWanted = sql`${bucket === undefined ? nothing : sql`and g.bucket = ${bucket}`}
    ${reason === undefined ? nothing : sql`and g.reason_code = ${reason}`}`;
  const [row] = await db.query<ListSize>(sql`
    with sizes as (
      select g.current_tier, g.creators,
        case when ${wantsSeeded} then g.seeded else 0 end + case when true ${isWanted} then g.open else 0 end as listed
      from ${grouped(missionId, whatIf)}
      where g.client_id = ${client}::uuid and g.mission_id = ${missionId}::uuid ${ofTier(tier)}
    )
    select coalesce(sum(s.listed), 0)::int as total, coalesce(sum(s.creators), 0)::int as among,
      case when count(*) <= ${MANY_TIERS} then coalesce(array_agg(s.current_tier), '{}') end as tiers,
      coalesce(array_agg(s.current_tier) filter (where s.listed = s.creators), '{}') as whole
    from sizes s where s.listed > 0`);
  return row!;
}

function ofTier(tier: string | undefined): Sql {
  return tier === undefined ? nothing : sql`and g.current_tier = ${tier}`;
}

/** Counts of several missions, from the counts that the database keeps. `today` is the client's. */
export function countMissionRows(
  db: Db,
  settings: ClientSettings,
  missions: readonly MissionId[],
  today: Day,
): Promise<MissionCountsDto[]> {
  const isOver = sql`coalesce(c.end_day <= ${today}::date, false)`;
  const rows = (which: Sql) => sql`coalesce(sum(c.rows) filter (where ${which}), 0)::int`;
  return db.query<MissionCountsDto>(sql`
    with creators as (
      select g.mission_id, sum(case when g.is_eligible then g.creators else 0 end)::int as eligible, sum(g.seeded)::int as seeded,
        sum(case when g.is_eligible then g.open else 0 end)::int as not_seeded
      from eligibility_groups g
      where g.client_id = ${settings.id}::uuid and g.mission_id = any (${missions}::uuid[])
      group by g.mission_id
    ), counted as (
      select c.mission_id, ${rows(sql`c.status = 'active' and not ${isOver}`)} as active,
        ${rows(sql`c.status = 'dormant' and not ${isOver}`)} as dormant, ${rows(sql`c.status = 'completed'`)} as completed,
        ${rows(sql`c.status in ('active', 'dormant') and ${isOver}`)} as over
      from progress_counts c
      where c.client_id = ${settings.id}::uuid and c.mission_id = any (${missions}::uuid[])
      group by c.mission_id
    ), seeded as (
      select o.mission_id, max(s.created_at) as at
      from seed_missions o
      join seeds s on s.client_id = o.client_id and s.id = o.seed_id
      where o.client_id = ${settings.id}::uuid and o.mission_id = any (${missions}::uuid[]) and s.undone_at is null
      group by o.mission_id
    )
    select m.id as "missionId", coalesce(e.eligible, 0) as eligible, coalesce(e.seeded, 0) as seeded,
      coalesce(c.active, 0) as active, coalesce(c.dormant, 0) as dormant, coalesce(c.completed, 0) as completed,
      coalesce(c.over, 0) as over, coalesce(e.not_seeded, 0) as "notSeeded", s.at as "lastSeededAt"
    from missions m
    left join creators e on e.mission_id = m.id
    left join counted c on c.mission_id = m.id
    left join seeded s on s.mission_id = m.id
    where m.client_id = ${settings.id}::uuid and m.id = any (${missions}::uuid[])`);
}
