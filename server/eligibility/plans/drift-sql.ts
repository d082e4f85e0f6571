/**
 * What differs between a plan and now, by name. Nothing was copied when the plan was made: the log of changes and the seeds that
 * the plan's snapshot has not seen say what stood there then, and the one definition judges then and now.
 */
import type { ClientId } from "../../base/ids.ts";
import { type Db, type Sql, sql } from "../../db/db.ts";
import { shownName } from "../../db/shown-sql.ts";
import { judged } from "../relation-sql.ts";
import type { DriftRecord, StoredPlan } from "./rules.ts";
import type { DriftKind } from "./schema.ts";

const NAMED = 200;

/** Rows written by transactions that the plan's snapshot has not seen; a change that committed late is among them. */
function unseen({ snapshot }: StoredPlan, alias: "c" | "s"): Sql {
  const xact = alias === "c" ? sql`c.xact` : sql`s.xact`;
  return sql`${xact} >= pg_snapshot_xmin(${snapshot}::pg_snapshot)::text::bigint
    and not pg_visible_in_snapshot(${xact}::text::xid8, ${snapshot}::pg_snapshot)`;
}

/** Common table expressions: the plan's missions with their terms then and now, and the ladder then. */
export function thenAndNow(client: ClientId, plan: StoredPlan): Sql {
  return sql`
    log as materialized (
      select c.id, c.subject, c.action, c.user_id, c.mission_id, c.tier_id, c.seed_id, c.before
      from eligibility_changes c
      where c.client_id = ${client}::uuid and ${unseen(plan, "c")}
    ), terms as (
      select m.id as mission_id, ${shownName} as mission_name,
        m.tier_eligibility, m.enabled, m.activated,
        coalesce(f.before ->> 'tier_eligibility', m.tier_eligibility) as old_tier_eligibility,
        coalesce((f.before ->> 'enabled')::boolean, m.enabled) as old_enabled,
        coalesce((f.before ->> 'activated')::boolean, m.activated) as old_activated
      from missions m
      left join (
        select distinct on (l.mission_id) l.mission_id, l.before from log l where l.subject = 'mission' order by l.mission_id, l.id
      ) f on f.mission_id = m.id
      where m.client_id = ${client}::uuid and m.id = any (${plan.missionIds}::uuid[])
    ), tier_firsts as (
      select distinct on (l.tier_id) l.tier_id, l.action, l.before from log l where l.subject = 'tier' order by l.tier_id, l.id
    ), old_ladder as (
      select t.tier_id, t.tier_order, t.tier_name from tiers t
      where t.client_id = ${client}::uuid and not exists (select from tier_firsts f where f.tier_id = t.tier_id)
      union all
      select f.tier_id, (f.before ->> 'order')::int, f.before ->> 'name' from tier_firsts f where f.action <> 'insert'
    )`;
}

/**
 * Pairs that anything logged may concern. The first thing logged of a creator or row tells how it was when the plan was made;
 * of whom nothing is logged, nothing changed.
 */
function candidates(client: ClientId, plan: StoredPlan): Sql {
  const suppose = plan.supposesEnabled;
  return sql`
    fresh as materialized (
      select coalesce(array_agg(s.id), '{}') as seeds from seeds s where s.client_id = ${client}::uuid and ${unseen(plan, "s")}
    ), concerned as (
      select l.user_id, t.mission_id from (select distinct user_id from log where subject = 'creator') l cross join terms t
      union
      select l.user_id, l.mission_id from log l join terms t on t.mission_id = l.mission_id where l.subject = 'row'
      union
      select p.user_id, p.mission_id from mission_progress p
      where (select cardinality(seeds) > 0 from fresh)
        and p.client_id = ${client}::uuid and p.mission_id = any (${plan.missionIds}::uuid[])
        and p.seed_id = any ((select seeds from fresh)::uuid[])
      union
      select u.id, t.mission_id from users u cross join terms t
      where u.client_id = ${client}::uuid
        and (t.tier_eligibility <> t.old_tier_eligibility or (t.enabled <> t.old_enabled and not ${suppose})
          or (t.tier_eligibility <> 'all' and exists (select from tier_firsts)))
    ), creator_firsts as (
      select distinct on (l.user_id) l.user_id, l.action, l.before from log l where l.subject = 'creator' order by l.user_id, l.id
    ), row_firsts as (
      select distinct on (l.user_id, l.mission_id) l.user_id, l.mission_id, l.action, l.seed_id from log l
      where l.subject = 'row' order by l.user_id, l.mission_id, l.id
    )`;
}

/** Each concerned pair as it was judged then and is judged now. */
function pairs(client: ClientId, plan: StoredPlan): Sql {
  const suppose = plan.supposesEnabled;
  return sql`
    facts as (
      select c.user_id, c.mission_id, t.mission_name, t.old_enabled or ${suppose} as old_enabled, t.old_tier_eligibility,
        coalesce(e.tiktok_handle, f.before ->> 'handle') as handle,
        e.user_id is not null as is_there, f.action is distinct from 'insert' as was_there,
        coalesce(e.is_seeded, false) as is_seeded, coalesce(e.is_eligible, false) as is_eligible,
        e.current_tier as tier, e.checkpoint_start as window_start, e.checkpoint_end as window_end,
        case when f.user_id is null then e.current_tier else f.before ->> 'tier' end as old_tier,
        case when f.user_id is null then e.checkpoint_start else (f.before ->> 'start')::timestamptz end as old_start,
        case when f.user_id is null then e.checkpoint_end else (f.before ->> 'end')::timestamptz end as old_end,
        case when r.user_id is not null then r.action = 'delete' and not coalesce(r.seed_id = any (fresh.seeds), false)
          else coalesce(e.is_seeded, false) and not coalesce(e.row_seed_id = any (fresh.seeds), false) end as was_seeded
      from concerned c
      join terms t on t.mission_id = c.mission_id
      cross join fresh
      left join ${judged(plan.missionIds[0]!, suppose ? { enabled: true } : undefined)}
        on e.client_id = ${client}::uuid and e.user_id = c.user_id and e.mission_id = c.mission_id
      left join creator_firsts f on f.user_id = c.user_id
      left join row_firsts r on r.user_id = c.user_id and r.mission_id = c.mission_id
    ), pairs as (
      select f.*, f.is_there and f.is_eligible and not f.is_seeded as is_planned, own.tier_name as old_tier_name,
        f.was_there and not f.was_seeded
          and is_eligible(f.old_enabled, f.old_tier_eligibility, wanted.tier_order, own.tier_order) as was_planned
      from facts f
      left join old_ladder wanted on wanted.tier_id = f.old_tier_eligibility
      left join old_ladder own on own.tier_id = f.old_tier
    )`;
}

export interface FoundRow extends Omit<DriftRecord, "before" | "after" | "total"> {
  wasThere: boolean;
  isThere: boolean;
  oldTier: string | null;
  oldTierName: string | null;
  oldStart: Date | null;
  oldEnd: Date | null;
  tier: string | null;
  tierName: string | null;
  windowStart: Date | null;
  windowEnd: Date | null;
}

/** Common table expressions up to `kinds`: each pair about which plan and present disagree, with how. */
function kinds(client: ClientId, plan: StoredPlan): Sql {
  return sql`
    ${thenAndNow(client, plan)}, ${candidates(client, plan)}, ${pairs(client, plan)}, kinds as (
      select p.*, case
          when p.is_planned and not p.was_planned then 'newly_eligible'
          when p.was_planned and not p.is_planned and p.is_seeded then 'seeded_meanwhile'
          when p.was_planned and not p.is_planned then 'no_longer_eligible'
          when p.is_planned and (p.window_start, p.window_end) is distinct from (p.old_start, p.old_end) then 'window_changed'
        end as kind
      from pairs p
    )`;
}

/** What is told of a pair `r` of `kinds`, with the tier `t` of now. */
const told = sql`
  r.kind, r.user_id as "userId", r.handle, r.mission_id as "missionId", r.mission_name as "missionName",
  r.was_there as "wasThere", r.is_there as "isThere", r.old_tier as "oldTier", r.old_tier_name as "oldTierName",
  r.old_start as "oldStart", r.old_end as "oldEnd", r.tier, t.tier_name as "tierName", r.window_start as "windowStart",
  r.window_end as "windowEnd"`;

/** Every creator and mission about whom plan and present disagree: exact totals, up to 200 named per kind, by handle. */
export async function listDrift(db: Db, client: ClientId, plan: StoredPlan): Promise<DriftRecord[]> {
  const rows = await db.query<FoundRow & { total: number }>(sql`
    with ${kinds(client, plan)}, ranked as (
      select k.*, count(*) over (partition by k.kind)::int as total,
        row_number() over (partition by k.kind order by k.handle, k.mission_id) as place
      from kinds k where k.kind is not null
    )
    select ${told}, r.total
    from ranked r
    left join tiers t on t.client_id = ${client}::uuid and t.tier_id = r.tier
    where r.place <= ${NAMED}
    order by r.kind, r.place`);
  return rows.map(toRecord);
}

/** All of one kind, for a download, in the order in which they are named. */
export function allDrift(client: ClientId, plan: StoredPlan, kind: DriftKind): Sql {
  return sql`
    with ${kinds(client, plan)}
    select ${told}
    from kinds r
    left join tiers t on t.client_id = ${client}::uuid and t.tier_id = r.tier
    where r.kind = ${kind}
    order by r.handle, r.mission_id`;
}

function toRecord(row: FoundRow & { total: number }): DriftRecord {
  const { kind, total, userId, handle, missionId, missionName } = row;
  return {
    kind,
    total,
    userId,
    handle,
    missionId,
    missionName,
    before: row.wasThere
      ? { tierId: row.oldTier, tierName: row.oldTierName, windowStart: row.oldStart, windowEnd: row.oldEnd }
      : null,
    after: row.isThere
      ? { tierId: row.tier, tierName: row.tierName, windowStart: row.windowStart, windowEnd: row.windowEnd }
      : null,
  };
}
