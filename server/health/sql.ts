import { type Db, type Sql, sql } from "../db/db.ts";
import type { Check, HealthContext } from "./check.ts";
import type { HealthFinding } from "./schema.ts";

/** All that a check finds, for a download, in the order of its sample. */
export function allFound(health: HealthContext, check: Check): Sql {
  return sql`
    select f.label, f.weight::int as weight from (${check.found(health)}) f
    where f.id <> '' order by f.label collate "C", f.id`;
}

/** Makes one check: the exact count and the first five by name. */
export async function findFinding(db: Db, health: HealthContext, check: Check): Promise<HealthFinding> {
  const [row] = await db.query<{ count: number; named: number; sample: { id: string; label: string }[] }>(sql`
    with found as materialized (${check.found(health)})
    select coalesce((select sum(weight) from found), 0)::int as count,
      (select count(*) from found where id <> '')::int as named,
      coalesce((
        select json_agg(json_build_object('id', s.id, 'label', s.label) order by s.label collate "C", s.id)
        from (select id, label from found where id <> '' order by label collate "C", id limit 5) s
      ), '[]'::json) as sample`);
  const { code, severity, title, explanation, subject } = check;
  return {
    code,
    severity,
    title,
    explanation,
    count: row?.count ?? 0,
    named: row?.named ?? 0,
    sample: (row?.sample ?? []).map((named) => ({ kind: subject, ...named })),
  };
}
