import type { ClientSettings } from "../../base/client-settings.ts";
import type { Day } from "../../base/days.ts";
import type { MissionId } from "../../base/ids.ts";
import { monthsLater } from "../../db/day-sql.ts";
import { type Db, type Sql, sql } from "../../db/db.ts";
import { judged } from "../../eligibility/relation-sql.ts";
import { reachedRows } from "../../progress/value-sql.ts";
import type { BacktestDto, BacktestInput } from "./schema.ts";

/** What is asked: a mission as if it were enabled, over one of each creator's windows, perhaps for another tier or target. */
export interface Asked {
  mission: MissionId;
  window: BacktestInput["window"];
  /** the one to be reached, saved or supposed */
  targetValue: string;
  /** undefined: the saved one */
  tierEligibility: string | undefined;
}

/** Those who qualify for the mission, seeded or not, under the name `e`. */
function qualified({ mission, tierEligibility }: Asked): Sql {
  return judged(mission, { enabled: true, tierEligibility });
}

export type Outcome = Pick<
  BacktestDto,
  "windows" | "considered" | "withVideos" | "completed" | "perDay" | "medianDays" | "withoutStart"
>;

interface OutcomeRow extends Omit<Outcome, "windows"> {
  known: number;
  assumed: number;
  none: number;
}

/** Judges every eligible creator's window and counts the outcome, all in one statement. */
export async function countOutcome(db: Db, settings: ClientSettings, asked: Asked, today: Day): Promise<Outcome> {
  const windows = asked.window === "present" ? presentWindows(settings, asked) : previousWindows(settings, asked);
  const considered = sql`select * from eligible where origin <> 'none'`;
  const [row] = await db.query<OutcomeRow>(sql`
    with eligible as materialized (${windows}),
    tested as materialized (
      select r.videos, r.reached_on,
        case when r.reached_on is not null and isfinite(r.first_day) then greatest(r.reached_on - r.first_day, 0) + 1 end as days
      from (${reachedRows(settings, considered, today)}) r
    )
    select (select count(*) filter (where origin = 'known') from eligible)::int as known,
      (select count(*) filter (where origin = 'assumed') from eligible)::int as assumed,
      (select count(*) filter (where origin = 'none') from eligible)::int as none,
      count(*)::int as considered, (count(*) filter (where videos > 0))::int as "withVideos",
      count(reached_on)::int as completed, (count(*) filter (where reached_on is not null and days is null))::int as "withoutStart",
      (percentile_disc(0.5) within group (order by days))::int as "medianDays",
      (select coalesce(jsonb_agg(jsonb_build_object('day', to_char(day, 'YYYY-MM-DD'), 'completed', completed) order by day), '[]')
        from (select reached_on as day, count(*) as completed from tested where reached_on is not null group by reached_on) d
      ) as "perDay"
    from tested`);
  const { known, assumed, none, ...outcome } = row!;
  return { ...outcome, windows: { known, assumed, none } };
}

/** Those who qualify, with the window that they have now. */
function presentWindows({ id }: ClientSettings, asked: Asked): Sql {
  return sql`
    select e.client_id, e.user_id, m.mission_type, ${asked.targetValue}::numeric as target_value, e.checkpoint_start, e.checkpoint_end,
      'known' as origin
    from ${qualified(asked)}
    join missions m on m.client_id = e.client_id and m.id = e.mission_id
    where e.client_id = ${id}::uuid and e.mission_id = ${asked.mission}::uuid and e.is_eligible`;
}

/**
 * The same creators with the window that ended where the present one began: as the tier log has it (a checkpoint judged it or a
 * promotion closed it), else as long before as a window is.
 */
function previousWindows({ id, timezone, checkpointMonths }: ClientSettings, asked: Asked): Sql {
  return sql`
    select e.client_id, e.user_id, m.mission_type, ${asked.targetValue}::numeric as target_value,
      case when l.user_id is null then ${monthsLater(sql`e.checkpoint_start`, -checkpointMonths, timezone)} else l.window_start end
        as checkpoint_start,
      e.checkpoint_start as checkpoint_end,
      case when l.user_id is not null then 'known' when e.checkpoint_start is not null then 'assumed' else 'none' end as origin
    from ${qualified(asked)}
    join missions m on m.client_id = e.client_id and m.id = e.mission_id
    left join tier_checkpoints l on l.client_id = e.client_id and l.client_id = ${id}::uuid and l.user_id = e.user_id
      and l.window_end = e.checkpoint_start
    where e.client_id = ${id}::uuid and e.mission_id = ${asked.mission}::uuid and e.is_eligible`;
}
