/** What the lint has to know of the database that the statements are for. */
import type pg from "pg";
import { placeOf } from "../../cluster/place-rules.ts";

export interface LintFacts {
  /** tables that are distributed by client, with the columns that a volatile default fills */
  tables: Record<string, string[]>;
  /** views with a client_id, which read such tables */
  views: string[];
  /** names that only volatile functions have */
  volatile: string[];
  /** functions that ask clients' tables themselves and are not resolved into the statement that calls them */
  asking: string[];
}

/** Reads the facts as the owner of a migrated database. */
export async function readLintFacts(client: pg.ClientBase): Promise<LintFacts> {
  const { rows } = await client.query<{ name: string; kind: string; defaults: string[] }>(
    `select c.relname as name, c.relkind::text as kind, array(
       select a.attname::text from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
       where a.attrelid = c.oid and a.attnum > 0
         and (a.attidentity <> '' or pg_get_expr(d.adbin, d.adrelid) ~ '(gen_random_uuid|nextval|clock_timestamp|random|pg_current_xact_id)\\(')) as defaults
     from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v')
       and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'client_id')`,
  );
  const functions = await client.query<{ name: string }>(
    "select proname as name from pg_proc where prokind = 'f' group by proname having bool_and(provolatile = 'v')",
  );
  const own = await client.query<{ name: string; body: string; isInlined: boolean }>(
    `select proname as name, coalesce(prosrc, '') as body,
       l.lanname = 'sql' and not prosecdef and proconfig is null and provolatile <> 'v' as "isInlined"
     from pg_proc p join pg_language l on l.oid = p.prolang
     where pronamespace = 'public'::regnamespace and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')`,
  );
  const tables = rows.filter(
    ({ name, kind }) => kind === "r" && placeOf({ name, columnType: "uuid" }) === "distributed",
  );
  return {
    tables: Object.fromEntries(tables.map(({ name, defaults }) => [name, defaults])),
    views: rows.filter(({ kind }) => kind === "v").map(({ name }) => name),
    volatile: functions.rows.map(({ name }) => name),
    asking: asking(
      own.rows,
      rows.map(({ name }) => name),
    ),
  };
}

/** Those whose text names such a table, or a function that does. */
function asking(
  own: readonly { name: string; body: string; isInlined: boolean }[],
  tables: readonly string[],
): string[] {
  const found = new Set<string>();
  for (let before = -1; before < found.size;) {
    before = found.size;
    const words = new RegExp(`\\b(?:${[...tables, ...found].join("|")})\\b`);
    for (const { name, body } of own) if (words.test(body)) found.add(name);
  }
  return own.filter(({ name, isInlined }) => found.has(name) && !isInlined).map(({ name }) => name);
}
