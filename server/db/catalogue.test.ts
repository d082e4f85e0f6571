import { expect, it } from "vitest";
import { testDatabase } from "../testing/database.ts";

const db = testDatabase();

/**
 * What Prisma's schema cannot say, one fact a line. Left out is what PostgreSQL's versions tell differently:
 * the text of a view (its columns stand here, its meaning in tests) and what the owner may do to his own things.
 */
const CATALOGUE = `
with ours as (
  select c.* from pg_class c where c.relnamespace = 'public'::regnamespace and c.relname <> '_prisma_migrations'
)
select 'extension ' || extname as line from pg_extension where extname <> 'plpgsql'
union all
select format('table %s%s: row security %s%s%s', relname, case relpersistence when 'u' then ' (unlogged)' else '' end,
  case when relrowsecurity then 'on' else 'off' end, case when relforcerowsecurity then ', forced' else '' end,
  coalesce(', ' || array_to_string(reloptions, ', '), ''))
from ours where relkind = 'r'
union all
select format('policy %s on %s for %s to %s using %s check %s', policyname, tablename, cmd, array_to_string(roles, ','), qual, with_check)
from pg_policies where schemaname = 'public'
union all
select format('check on %s: %s %s', conrelid::regclass, conname, pg_get_constraintdef(k.oid))
from pg_constraint k join ours c on c.oid = k.conrelid where k.contype = 'c'
union all
select format('index on %s: %s', i.indrelid::regclass, pg_get_indexdef(i.indexrelid)) from pg_index i join ours c on c.oid = i.indrelid
union all
select 'statistics ' || pg_get_statisticsobjdef(s.oid) from pg_statistic_ext s join ours c on c.oid = s.stxrelid
union all
select 'trigger ' || pg_get_triggerdef(t.oid) from pg_trigger t join ours c on c.oid = t.tgrelid where not t.tgisinternal
union all
select format('view %s%s: %s', relname, coalesce(' (' || array_to_string(reloptions, ', ') || ')', ''),
  (select string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', ' order by attnum) from pg_attribute where attrelid = ours.oid and attnum > 0))
from ours where relkind in ('v', 'm')
union all
select format('type %s: %s', relname, (select string_agg(attname || ' ' || format_type(atttypid, atttypmod)
    || case when attcollation = '"C"'::regcollation then ' collate "C"' else '' end, ', ' order by attnum)
  from pg_attribute where attrelid = ours.oid and attnum > 0))
from ours where relkind = 'c'
union all
select format('function %s(%s) returns %s, %s, %s, %s%s, body %s', proname, pg_get_function_arguments(p.oid), pg_get_function_result(p.oid),
  lanname, case provolatile when 'i' then 'immutable' when 's' then 'stable' else 'volatile' end,
  case when prosecdef then 'as its owner' else 'as its caller' end, coalesce(', ' || array_to_string(proconfig, ', '), ''),
  -- A body of standard SQL is kept parsed, and its text differs by version.
  case when prosqlbody is null then md5(regexp_replace(prosrc, '\\s+', ' ', 'g')) else 'in standard SQL' end)
from pg_proc p join pg_language l on l.oid = p.prolang
where pronamespace = 'public'::regnamespace
  and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
union all
select format('grant %s on %s to %s', string_agg(privilege_type, ', ' order by privilege_type), c.relname, coalesce(nullif(g.grantee::regrole::text, '-'), 'public'))
from ours c, aclexplode(c.relacl) g where g.grantee <> c.relowner group by c.relname, g.grantee
union all
select format('grant %s (%s) on %s to %s', g.privilege_type, string_agg(a.attname, ', ' order by a.attname), c.relname, coalesce(nullif(g.grantee::regrole::text, '-'), 'public'))
from ours c join pg_attribute a on a.attrelid = c.oid, aclexplode(a.attacl) g
where g.grantee <> c.relowner and not a.attisdropped group by c.relname, g.grantee, g.privilege_type
union all
select format('execute on %s(%s): %s', proname, pg_get_function_identity_arguments(p.oid),
  coalesce((select string_agg(coalesce(nullif(g.grantee::regrole::text, '-'), 'public'), ', ' order by 1)
    from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g where g.grantee <> p.proowner), 'the owner alone'))
from pg_proc p where pronamespace = 'public'::regnamespace
  and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')`;

it("views, functions, triggers, policies, checks, indexes and grants are those of prisma/catalogue.txt", async () => {
  const { rows } = await db.owner.query<{ line: string }>(CATALOGUE);
  // After a change on purpose: npx vitest run server/db/catalogue.test.ts --update
  const lines = rows.map(({ line }) => line.replaceAll(/\s+/g, " ").trim()).toSorted((a, b) => (a < b ? -1 : 1));
  await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot("../../prisma/catalogue.txt");
});
