/** Everything that is recorded about one creator, from the logs and tables that record it. All are read by the creator's key. */
import type { ClientSettings } from "../../base/client-settings.ts";
import type { UserId } from "../../base/ids.ts";
import { pageStart } from "../../base/paging.ts";
import { dayOfInstant } from "../../db/day-sql.ts";
import { type Db, join, nothing, type Sql, sql } from "../../db/db.ts";
import { shownName } from "../../db/shown-sql.ts";
import { type TimelineEvent, type TimelineInput, type TimelineKind, timelineKinds } from "./schema.ts";

/** An entry as it is read; `place` is its instant with all digits, for the cursor. A run has one instant for all it does: `step` is the order in it. */
export interface TimelineRow {
  key: string;
  at: Date;
  place: string;
  step: number;
  kind: TimelineKind;
  facts: TimelineEvent;
  runNumber: number | null;
  byName: string | null;
}

/** A page, newest first; one row more than asked. */
export function listTimeline(db: Db, settings: ClientSettings, input: TimelineInput): Promise<TimelineRow[]> {
  const { key, isBackward } = pageStart(input, ["instant", "integer", "text"]);
  const comparison = isBackward ? sql`>` : sql`<`;
  const direction = isBackward ? sql`asc` : sql`desc`;
  const from =
    key === null
      ? nothing
      : sql`where (e.at, e.step, e.key) ${comparison} (${key[0]}::timestamptz, ${key[1]}::int, ${key[2]})`;
  const kinds = input.kind === undefined ? timelineKinds : [input.kind];
  const sources = kinds.flatMap((kind) =>
    sourcesOf(settings, input.userId as UserId)[kind].map(
      (source) => sql`select ${kind} as kind, ${timelineKinds.indexOf(kind)}::int as step, s.* from (${source}) s`,
    ),
  );
  return db.query<TimelineRow>(sql`
    select e.kind, e.step, e.key, e.at, e.at::text as place, e.facts, e.run_number as "runNumber", e.by_name as "byName"
    from (${join(sources, " union all ")}) e
    ${from}
    order by e.at ${direction}, e.step ${direction}, e.key ${direction}
    limit ${input.limit + 1}`);
}

/** What records each kind: `key, at, facts, run_number, by_name` of the creator. */
function sourcesOf(settings: ClientSettings, user: UserId): Record<TimelineKind, Sql[]> {
  return {
    joined: [joined(settings, user)],
    adjustment: [adjusted(settings, user)],
    tier: [judgedMoves(settings, user), changedOtherwise(settings, user)],
    seeded: [seeded(settings, user), removed(settings, user)],
    completed: [completed(settings, user)],
    redemption: [redeemed(settings, user)],
  };
}

/** A step writes the instant of its run's start, so that names the run. */
const runAt = (instant: Sql, settings: ClientSettings) => sql`(
  select max(n.number) from sync_runs n where n.client_id = ${settings.id}::uuid and n.started_at = ${instant})`;

function joined(settings: ClientSettings, user: UserId): Sql {
  return sql`
    select 'joined' as key, u.created_at as at, jsonb_build_object('event', 'joined') as facts,
      ${runAt(sql`u.created_at`, settings)} as run_number, null::text as by_name
    from users u
    where u.client_id = ${settings.id}::uuid and u.id = ${user}::uuid`;
}

function adjusted(settings: ClientSettings, user: UserId): Sql {
  return sql`
    select a.id::text as key, a.created_at as at, jsonb_build_object('event', 'adjusted',
      'amount', coalesce(a.amount, a.amount_units)::text, 'adjustmentType', a.adjustment_type,
      'isPending', a.applied_at is null) as facts, null::int as run_number, a.adjusted_by as by_name
    from sales_adjustments a
    where a.client_id = ${settings.id}::uuid and a.user_id = ${user}::uuid`;
}

/** Of several windows judged in one night the last is the newest. */
function judgedMoves(settings: ClientSettings, user: UserId): Sql {
  return sql`
    select extract(epoch from l.window_end)::text as key, l.judged_at as at, jsonb_build_object('event', l.status,
      'tierBefore', l.tier_before, 'tierAfter', l.tier_after, 'metricValue', l.metric_value::text) as facts,
      n.number as run_number, null::text as by_name
    from tier_checkpoints l
    left join sync_runs n on n.client_id = l.client_id and n.id = l.run_id
    where l.client_id = ${settings.id}::uuid and l.user_id = ${user}::uuid`;
}

/** Changes of tier and window that no verdict explains: a verdict opens the window that begins where the judged one ended. */
function changedOtherwise(settings: ClientSettings, user: UserId): Sql {
  const day = (edge: Sql) =>
    sql`to_char(${dayOfInstant(sql`(${edge})::timestamptz`, settings.timezone)}, 'YYYY-MM-DD')`;
  return sql`
    select 'change ' || c.id as key, c.at, case when c.before ->> 'tier' <> c.after ->> 'tier'
        then jsonb_build_object('event', 'tier_changed', 'tierBefore', c.before ->> 'tier', 'tierAfter', c.after ->> 'tier')
        else jsonb_build_object('event', 'window_changed', 'start', ${day(sql`c.after ->> 'start'`)}, 'end', ${day(sql`c.after ->> 'end'`)})
      end as facts, null::int as run_number, null::text as by_name
    from eligibility_changes c
    where c.client_id = ${settings.id}::uuid and c.user_id = ${user}::uuid and c.subject = 'creator' and c.action = 'update'
      and not exists (
        select from tier_checkpoints l
        where l.client_id = ${settings.id}::uuid and l.user_id = ${user}::uuid
          and l.window_end = (c.after ->> 'start')::timestamptz and l.tier_after = c.after ->> 'tier')`;
}

function seeded(settings: ClientSettings, user: UserId): Sql {
  return sql`
    select 'seed ' || coalesce(g.seed_id::text, '') as key, g.at,
      jsonb_build_object('event', 'seeded', 'missionName', g.names[1], 'missions', cardinality(g.names)) as facts,
      n.number as run_number, case when n.number is null then s.by_name end as by_name
    from (
      select p.seed_id, p.created_at as at, array_agg(${shownName} order by m.display_order, m.id) as names
      from mission_progress p
      join missions m on m.client_id = p.client_id and m.id = p.mission_id
      where p.client_id = ${settings.id}::uuid and p.user_id = ${user}::uuid
      group by p.seed_id, p.created_at
    ) g
    left join seeds s on s.client_id = ${settings.id}::uuid and s.id = g.seed_id
    left join sync_runs n on n.client_id = s.client_id and n.id = s.run_id`;
}

/** A row that was taken away again leaves nothing but this. */
function removed(settings: ClientSettings, user: UserId): Sql {
  return sql`
    select 'change ' || c.id as key, c.at, jsonb_build_object('event', 'row_removed', 'missionName', ${shownName}) as facts,
      null::int as run_number, null::text as by_name
    from eligibility_changes c
    left join missions m on m.client_id = c.client_id and m.id = c.mission_id
    where c.client_id = ${settings.id}::uuid and c.user_id = ${user}::uuid and c.subject = 'row' and c.action = 'delete'`;
}

function completed(settings: ClientSettings, user: UserId): Sql {
  return sql`
    select p.mission_id || ' ' || p.cycle as key, p.completed_at as at,
      jsonb_build_object('event', 'completed', 'missionId', p.mission_id, 'missionName', ${shownName}) as facts,
      ${runAt(sql`p.completed_at`, settings)} as run_number, null::text as by_name
    from mission_progress p
    join missions m on m.client_id = p.client_id and m.id = p.mission_id
    where p.client_id = ${settings.id}::uuid and p.user_id = ${user}::uuid and p.completed_at is not null`;
}

function redeemed(settings: ClientSettings, user: UserId): Sql {
  return sql`
    select r.id::text as key, r.created_at as at, jsonb_build_object('event', 'redeemed', 'rewardName', w.name,
      'missionName', ${shownName}) as facts, n.number as run_number, null::text as by_name
    from redemptions r
    join missions m on m.client_id = r.client_id and m.id = r.mission_id
    join rewards w on w.client_id = r.client_id and w.id = r.reward_id
    left join sync_runs n on n.client_id = r.client_id and n.id = r.run_id
    where r.client_id = ${settings.id}::uuid and r.user_id = ${user}::uuid`;
}
