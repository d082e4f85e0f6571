import type { Day } from "../../base/days.ts";
import type { ClientSettings } from "../../base/client-settings.ts";
import type { MissionId } from "../../base/ids.ts";
import { endDay } from "../../db/day-sql.ts";
import { type Db, type Sql, sql } from "../../db/db.ts";
import type { ActivationFactsDto } from "../../missions/schema.ts";
import { judged } from "../../eligibility/relation-sql.ts";
import { valuedRows } from "../../progress/value-sql.ts";

/**
 * A sleeping row `e` that never moved and whose window is over, of a creator who still qualifies and whose present window is
 * not over as well: deleted and seeded again it can move. Any other would be lost, or be over again.
 */
function isReplaceable({ timezone }: ClientSettings, today: Day): Sql {
  return sql`(e.row_status = 'dormant' and ${endDay(sql`e.row_end`, timezone)} <= ${today}::date
    and e.is_eligible and ${endDay(sql`e.checkpoint_end`, timezone)} > ${today}::date)`;
}

export type RowFacts = Pick<
  ActivationFactsDto,
  | "concerned"
  | "woken"
  | "created"
  | "completeAtOnce"
  | "windowsOver"
  | "windowsEndingSoon"
  | "dormantOver"
  | "replaceable"
>;

/**
 * What the rows of a mission would do once it runs: those that stand and are not completed and, with `seed`, those that would
 * be created. Worth and windows are read by progress' own definition.
 */
export async function countRowFacts(
  db: Db,
  settings: ClientSettings,
  mission: MissionId,
  today: Day,
  seed: boolean,
): Promise<RowFacts> {
  const rows = sql`
    select e.client_id, e.user_id, m.mission_type, m.target_value, e.row_status,
      case when e.is_seeded then e.row_start else e.checkpoint_start end as checkpoint_start,
      case when e.is_seeded then e.row_end else e.checkpoint_end end as checkpoint_end,
      ${isReplaceable(settings, today)} as is_replaceable
    from ${judged(mission, { enabled: true })}
    join missions m on m.client_id = e.client_id and m.id = e.mission_id
    where e.client_id = ${settings.id}::uuid and e.mission_id = ${mission}::uuid
      and (e.row_status in ('active', 'dormant') or (${seed} and e.is_eligible and not e.is_seeded))`;
  const [row] = await db.query<RowFacts>(sql`
    select count(*)::int as concerned, (count(*) filter (where v.row_status = 'dormant'))::int as woken,
      (count(*) filter (where v.row_status is null))::int as created,
      (count(*) filter (where v.is_reached))::int as "completeAtOnce",
      (count(*) filter (where v.end_day <= ${today}::date))::int as "windowsOver",
      (count(*) filter (where v.end_day > ${today}::date and v.end_day <= ${today}::date + 3))::int as "windowsEndingSoon",
      (count(*) filter (where v.row_status = 'dormant' and v.end_day <= ${today}::date))::int as "dormantOver",
      (count(*) filter (where v.is_replaceable))::int as replaceable
    from (${valuedRows(settings, rows)}) v`);
  return row!;
}

/** Deletes the sleeping rows that a seed will create anew, and answers how many. */
export function deleteReplaceable(db: Db, settings: ClientSettings, mission: MissionId, today: Day): Promise<number> {
  return db.execute(sql`
    delete from mission_progress p
    using mission_eligibility e
    where e.client_id = ${settings.id}::uuid and e.mission_id = ${mission}::uuid and ${isReplaceable(settings, today)}
      and p.client_id = ${settings.id}::uuid and p.client_id = e.client_id and p.mission_id = e.mission_id
      and p.user_id = e.user_id and p.cycle = e.row_cycle`);
}
