import type { ClientId } from "../../base/ids.ts";
import { type Db, sql } from "../../db/db.ts";
import { type Clock, isOver } from "../list-sql.ts";
import type { Tenth } from "./rules.ts";

/** The mission's target; null for a mission of nobody here. */
export async function findTarget(db: Db, client: ClientId, missionId: string): Promise<string | null> {
  const [row] = await db.query<{ target: string }>(sql`
    select m.target_value::text as target from missions m where m.client_id = ${client}::uuid and m.id = ${missionId}::uuid`);
  return row?.target ?? null;
}

/** The mission's rows by tenths of the target (10: has it; null: there is no target), completed and over apart. */
export function countTenths(db: Db, client: ClientId, missionId: string, clock: Clock): Promise<Tenth[]> {
  return db.query<Tenth>(sql`
    select case when m.target_value > 0 then least(10, greatest(0, floor(p.current_value * 10 / m.target_value)))::int end as tenth,
      p.status = 'completed' as "isCompleted", ${isOver(clock)} as "isOver", count(*)::int as rows
    from mission_progress p
    join missions m on m.client_id = p.client_id and m.id = p.mission_id
    where p.client_id = ${client}::uuid and p.mission_id = ${missionId}::uuid
    group by 1, 2, 3`);
}
