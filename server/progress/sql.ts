import type { ClientSettings } from "../base/client-settings.ts";
import type { ClientId, MissionId } from "../base/ids.ts";
import { type Db, sql } from "../db/db.ts";
import { valuedRows } from "./value-sql.ts";

/** Wakes the dormant rows of missions that run (null: of all missions); answers how many. */
export function updateDormant(db: Db, client: ClientId, missions: readonly MissionId[] | null): Promise<number> {
  return db.execute(sql`
    update mission_progress p set status = 'active', updated_at = now()
    from missions m
    where p.client_id = ${client}::uuid and p.status = 'dormant'
      and m.client_id = p.client_id and m.id = p.mission_id and m.enabled and m.activated
      and (${missions}::uuid[] is null or p.mission_id = any (${missions}::uuid[]))`);
}

/** The rows that move: active, of a mission that runs and is no raffle (domain reference, section 6). */
function movingRows(client: ClientId) {
  return sql`
    select p.client_id, p.user_id, p.mission_id, p.cycle, p.current_value, p.checkpoint_start, p.checkpoint_end,
      m.mission_type, m.target_value
    from mission_progress p
    join missions m on m.client_id = p.client_id and m.id = p.mission_id
    where p.client_id = ${client}::uuid and p.status = 'active' and m.enabled and m.activated and m.mission_type <> 'raffle'`;
}

export interface ActiveRows {
  /** those that are judged */
  moving: number;
  /** those of missions that are switched off */
  stopped: number;
  /** those of raffles that run */
  raffle: number;
}

/** The client's active rows, by whether they move. */
export async function countActive(db: Db, client: ClientId): Promise<ActiveRows> {
  const [row] = await db.query<ActiveRows>(sql`
    select (count(*) filter (where m.enabled and m.activated and m.mission_type <> 'raffle'))::int as moving,
      (count(*) filter (where not (m.enabled and m.activated)))::int as stopped,
      (count(*) filter (where m.enabled and m.activated and m.mission_type = 'raffle'))::int as raffle
    from mission_progress p
    join missions m on m.client_id = p.client_id and m.id = p.mission_id
    where p.client_id = ${client}::uuid and p.status = 'active'`);
  return row!;
}

/** Brings value, status and completion up to date in one update; rows that stay as they are are not written. */
export async function updateValues(
  db: Db,
  settings: ClientSettings,
  now: Date,
): Promise<{ written: number; changed: number; completed: number }> {
  const [row] = await db.query<{ written: number; changed: number; completed: number }>(sql`
    with written as (
      update mission_progress p
      set current_value = v.value,
        status = case when v.is_reached then 'completed' else p.status end,
        completed_at = case when v.is_reached then ${now}::timestamptz end,
        updated_at = now()
      from (${valuedRows(settings, movingRows(settings.id))}) v
      where p.client_id = ${settings.id}::uuid and p.user_id = v.user_id and p.mission_id = v.mission_id and p.cycle = v.cycle
        and p.status = 'active' and (v.value is distinct from v.current_value or v.is_reached)
      returning v.is_reached, v.value is distinct from v.current_value as is_changed
    )
    select count(*)::int as written, (count(*) filter (where is_changed))::int as changed,
      (count(*) filter (where is_reached))::int as completed
    from written`);
  return row ?? { written: 0, changed: 0, completed: 0 };
}
