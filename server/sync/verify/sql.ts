import type { ClientId } from "../../base/ids.ts";
import { type Db, sql } from "../../db/db.ts";

/** As the owner: sets the kept counts of a client right and answers how many were wrong. */
export async function recount(db: Db, client: ClientId): Promise<number> {
  const [row] = await db.query<{ wrong: number }>(sql`
    select recount_eligibility(${client}::uuid) + recount_progress(${client}::uuid) as wrong`);
  return row!.wrong;
}
