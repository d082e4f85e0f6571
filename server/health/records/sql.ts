/** The records of one check by name, as its drawer and its download show them. */
import { type Db, nothing, type Sql, sql } from "../../db/db.ts";
import { type Check, type HealthContext, missionName } from "../check.ts";

export interface RecordRow {
  label: string;
  id: string;
  missionId: string;
  missionName: string;
  detail: string;
}

/** Every record that has a name, one line each; of progress rows the creator with the mission beside it. */
function named(health: HealthContext, check: Check): Sql {
  if (check.subject !== "row") {
    return sql`select f.label, f.id, '' as mission_id, '' as mission_name, f.detail from (${check.found(health)}) f where f.id <> ''`;
  }
  const client = health.settings.id;
  return sql`
    select u.tiktok_handle as label, u.id::text as id, m.id::text as mission_id, ${missionName} as mission_name, f.detail
    from (${check.found(health)}) f
    join users u on u.client_id = ${client}::uuid and u.id = f.user_id
    join missions m on m.client_id = ${client}::uuid and m.id = f.mission_id`;
}

const columns = sql`r.label, r.id, r.mission_id as "missionId", r.mission_name as "missionName", r.detail`;

/** A page by name, one more than the limit where there are more. */
export function listRecords(
  db: Db,
  health: HealthContext,
  check: Check,
  walk: { key: readonly [label: string, id: string, missionId: string] | null; isBackward: boolean; limit: number },
): Promise<RecordRow[]> {
  const { key, isBackward } = walk;
  const direction = isBackward ? sql`desc` : sql`asc`;
  const comparison = isBackward ? sql`<` : sql`>`;
  const from =
    key === null
      ? nothing
      : sql`where (r.label collate "C", r.id collate "C", r.mission_id collate "C") ${comparison} (${key[0]}::text, ${key[1]}::text, ${key[2]}::text)`;
  return db.query<RecordRow>(sql`
    select ${columns} from (${named(health, check)}) r ${from}
    order by r.label collate "C" ${direction}, r.id collate "C" ${direction}, r.mission_id collate "C" ${direction}
    limit ${walk.limit + 1}::int`);
}

/** All of them, for a download. */
export function allRecords(health: HealthContext, check: Check): Sql {
  return sql`
    select ${columns} from (${named(health, check)}) r
    order by r.label collate "C", r.id collate "C", r.mission_id collate "C"`;
}

export async function countRecords(db: Db, health: HealthContext, check: Check): Promise<number> {
  const rows = check.subject === "row" ? check.found(health) : named(health, check);
  const [row] = await db.query<{ total: number }>(sql`select count(*)::int as total from (${rows}) r`);
  return row!.total;
}
