/**
 * What an explanation reads, of one creator and by key: the relation that judges (domain reference, section 3) with the row, its
 * seeding and its redemption; the way to the next tiers; and from the log of changes how things stood when the row was created.
 */
import type { ClientSettings } from "../../base/client-settings.ts";
import type { Day } from "../../base/days.ts";
import type { ClientId, MissionId, UserId } from "../../base/ids.ts";
import { dayOfInstant } from "../../db/day-sql.ts";
import { type Db, nothing, type Sql, sql } from "../../db/db.ts";
import { expectedBasis, metricOf } from "../../tiers/value-sql.ts";
import { judged } from "../relation-sql.ts";
import type { Bucket, Reason, WhatIf } from "../schema.ts";
import type { ExplainDto, SeededRowDto } from "./schema.ts";
import type { Basis, ClimbRung } from "./way-rules.ts";

/** One creator and one mission as the relation judges them; what begins with `row` is null when there is none. */
export interface JudgedRow {
  missionId: string;
  handle: string;
  creatorTier: string;
  tierEligibility: string;
  missionTierOrder: number | null;
  creatorTierOrder: number | null;
  isEnabled: boolean;
  isSeeded: boolean;
  bucket: Bucket;
  reason: Reason | null;
  statusIfSeeded: "active" | "dormant";
  /** the creator's present window */
  windowStart: Date | null;
  windowEnd: Date | null;
  row:
    | (Omit<SeededRowDto, "windowStart" | "windowEnd" | "completedAt" | "seededAt" | "seed" | "since"> & {
        seededOn: string;
      })
    | null;
  rowStart: Date | null;
  rowEnd: Date | null;
  completedAt: Date | null;
  seededAt: Date | null;
  seed: SeededRowDto["seed"];
  redemption: { id: string; status: string; rewardName: string } | null;
  /** as they stood when the row was created; null: as they stand now */
  creatorTierThen: string | null;
  missionTierThen: string | null;
}

/** All missions as they stand for one creator, or the one that is asked for, as saved or as supposed. */
export function listJudged(
  db: Db,
  settings: ClientSettings,
  asked: { user: UserId; mission?: MissionId | undefined; whatIf?: WhatIf | undefined },
  today: Day,
): Promise<JudgedRow[]> {
  const { user, mission } = asked;
  const relation = mission === undefined ? sql`mission_eligibility e` : judged(mission, asked.whatIf);
  return db.query<JudgedRow>(sql`
    select e.mission_id as "missionId", e.tiktok_handle as handle, e.current_tier as "creatorTier", e.tier_eligibility as "tierEligibility",
      e.mission_tier_order as "missionTierOrder", e.creator_tier_order as "creatorTierOrder", e.is_enabled as "isEnabled",
      e.is_seeded as "isSeeded", e.bucket, e.reason_code as reason, e.status_if_seeded as "statusIfSeeded",
      e.checkpoint_start as "windowStart", e.checkpoint_end as "windowEnd",
      case when e.is_seeded then jsonb_build_object('value', p.current_value::text, 'status', p.status,
        'isOver', p.status <> 'completed' and coalesce(${dayOfInstant(sql`p.checkpoint_end`, settings.timezone)} <= ${today}::date, false),
        'seededOn', ${dayOfInstant(sql`p.created_at`, settings.timezone)}) end as row,
      p.checkpoint_start as "rowStart", p.checkpoint_end as "rowEnd", p.completed_at as "completedAt", p.created_at as "seededAt",
      case when s.id is not null then jsonb_build_object('id', s.id, 'source', s.source, 'byName', s.by_name,
        'runNumber', n.number) end as seed,
      case when d.id is not null then jsonb_build_object('id', d.id, 'status', d.status, 'rewardName', w.name) end as redemption,
      ${creatorTierThen(settings.id, user)} as "creatorTierThen", ${missionTierThen(settings.id)} as "missionTierThen"
    from ${relation}
    left join mission_progress p on p.client_id = e.client_id and p.user_id = e.user_id and p.mission_id = e.mission_id
      and p.cycle = e.row_cycle
    left join seeds s on s.client_id = p.client_id and s.id = p.seed_id
    left join sync_runs n on n.client_id = s.client_id and n.id = s.run_id
    left join redemptions d on d.client_id = p.client_id and d.user_id = p.user_id and d.mission_id = p.mission_id
      and d.cycle = p.cycle
    left join rewards w on w.client_id = d.client_id and w.id = d.reward_id
    left join lateral (${origin(settings.id, user)}) o on p.user_id is not null
    where e.client_id = ${settings.id}::uuid and e.user_id = ${user}::uuid
      ${mission === undefined ? nothing : sql`and e.mission_id = ${mission}::uuid`}`);
}

/**
 * The transaction that created the row: its seeding's, for a row by hand the one that the log names, and 0 for rows that are older
 * than the log. What came after it is told by transactions and not by times, because a transaction is dated by its beginning.
 */
function origin(client: ClientId, user: UserId): Sql {
  return sql`
    select coalesce(s.xact, (
      select max(c.xact) from eligibility_changes c
      where c.client_id = ${client}::uuid and c.user_id = ${user}::uuid and c.subject = 'row' and c.action = 'insert'
        and c.mission_id = p.mission_id), 0) as xact`;
}

/**
 * The creator's tier before the first change since the row was created: the log of changes has them all, and the tier log those of
 * before there was one, which only count for rows that are as old.
 */
function creatorTierThen(client: ClientId, user: UserId): Sql {
  return sql`(
    select (array_agg(c.tier order by c.at, c.place))[1]
    from (
      select c.at, c.id as place, c.before ->> 'tier' as tier from eligibility_changes c
      where c.client_id = ${client}::uuid and c.user_id = ${user}::uuid and c.subject = 'creator' and c.action = 'update'
        and c.xact > o.xact
      union all
      select l.judged_at, 0, l.tier_before from tier_checkpoints l
      where l.client_id = ${client}::uuid and l.user_id = ${user}::uuid and o.xact = 0 and l.judged_at > p.created_at
    ) c)`;
}

/** The log names no creator for a mission, and has few such entries; ordered as a whole, so that nobody walks it by its ids. */
function missionTierThen(client: ClientId): Sql {
  return sql`(
    select (array_agg(c.before ->> 'tier_eligibility' order by c.id))[1] from eligibility_changes c
    where c.client_id = ${client}::uuid and c.user_id is null and c.subject = 'mission' and c.action = 'update'
      and c.mission_id = p.mission_id and c.xact > o.xact)`;
}

/** The ladder, lowest first, with what the creator lacks to each tier. Without a basis (an unknown tier) nothing leads anywhere. */
export async function findClimb(
  db: Db,
  settings: ClientSettings,
  user: UserId,
): Promise<{ rungs: ClimbRung[]; basis: Omit<Basis, "before"> | null }> {
  const { threshold } = metricOf(settings);
  const rows = await db.query<ClimbRung & { basis: Omit<Basis, "before"> | null }>(sql`
    with counted as (
      select b.value, b.pending, b.counts_from from (${expectedBasis(settings)}) b
      where b.client_id = ${settings.id}::uuid and b.user_id = ${user}::uuid
    )
    select t.tier_id as "tierId", t.tier_order as "tierOrder", t.tier_name as "tierName", ${threshold}::text as threshold,
      (row_number() over (order by ${threshold} nulls last, t.tier_order desc))::int as "climbPlace",
      (${threshold} - c.value)::text as missing, coalesce(${threshold} <= c.value, false) as "isReached",
      case when c.value is not null then jsonb_build_object('value', c.value::text, 'pending', c.pending::text,
        'since', to_char(c.counts_from, 'YYYY-MM-DD')) end as basis
    from tiers t
    left join counted c on true
    where t.client_id = ${settings.id}::uuid
    order by t.tier_order`);
  return { rungs: rows.map(({ basis: _basis, ...rung }) => rung), basis: rows[0]?.basis ?? null };
}

/** The creator as the explanation shows them, with the day of the next checkpoint; null for an id of nobody here. */
export type CreatorFacts = Omit<ExplainDto["creator"], "tierName"> & { checkpointOn: string | null };

export async function findCreatorFacts(
  db: Db,
  settings: ClientSettings,
  user: UserId,
  metricFrom: Day,
): Promise<CreatorFacts | null> {
  const [row] = await db.query<CreatorFacts>(sql`
    select u.id as "userId", u.tiktok_handle as handle, u.current_tier as "tierId", u.tier_achieved_at as "windowStart",
      u.next_checkpoint_at as "windowEnd", to_char(${checkpointDay(settings)}, 'YYYY-MM-DD') as "checkpointOn",
      coalesce((select sum(${metricOf(settings).video}) from videos v
        where v.client_id = ${settings.id}::uuid and v.user_id = u.id and v.post_date >= ${metricFrom}::date), 0)::text as "metric30Days",
      (select to_char(max(v.post_date), 'YYYY-MM-DD') from videos v
        where v.client_id = ${settings.id}::uuid and v.user_id = u.id) as "lastVideo",
      r.rows, r.completed
    from users u
    left join tiers own on own.client_id = u.client_id and own.tier_id = u.current_tier
    cross join lateral (
      select count(*)::int as rows, (count(*) filter (where p.status = 'completed'))::int as completed
      from mission_progress p where p.client_id = ${settings.id}::uuid and p.user_id = u.id
    ) r
    where u.client_id = ${settings.id}::uuid and u.id = ${user}::uuid`);
  return row ?? null;
}

/** No checkpoint for a lifetime client and in an exempt tier (domain reference, section 10). */
function checkpointDay(settings: ClientSettings): Sql {
  return settings.tierCalculationMode === "lifetime"
    ? sql`null::date`
    : sql`case when not own.checkpoint_exempt then ${dayOfInstant(sql`u.next_checkpoint_at`, settings.timezone)} end`;
}
