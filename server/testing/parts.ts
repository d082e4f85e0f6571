/**
 * STAND-IN: there is no Citus where these tests run. This makes of a migrated database what Citus makes of it on a node that has all
 * parts: tables beside the plain ones, with keys, triggers, policies and rights of their own, and the catalogue that says which is
 * whose. It has Citus' names; that Citus does so too was seen on a cluster (docs/scaling.md).
 */
import pg from "pg";

/** Two groups of parts: of clients whose id begins with 0 to 7, and of the others. */
export const PARTS = 2;
const COPY = 1;
/** Numbers of parts: table by table, and within it group by group, so that none is two tables' own. */
const FIRST = 100_000;

const CATALOGUE = `
create function pg_catalog.citus_version() returns text language sql as $$ select 'a stand-in' $$;
create table pg_catalog.pg_dist_local_group (groupid int);
create table pg_catalog.pg_dist_node (groupid int, nodename text, nodeport int, noderole text, isactive bool);
create table pg_catalog.pg_dist_partition (logicalrelid regclass, partmethod "char", partkey text, colocationid int, repmodel "char");
create table pg_catalog.pg_dist_shard (logicalrelid regclass, shardid bigint, shardminvalue text);
create table pg_catalog.pg_dist_placement (shardid bigint, shardstate int, groupid int);
grant select on pg_catalog.pg_dist_local_group, pg_catalog.pg_dist_partition, pg_catalog.pg_dist_shard to public;
grant select, insert, update on pg_catalog.pg_dist_node, pg_catalog.pg_dist_placement to public;
create function pg_catalog.get_shard_id_for_distribution_column(p_table regclass, p_value uuid) returns bigint language sql stable as $$
  select s.shardid from pg_dist_shard s
  where s.logicalrelid = p_table and s.shardminvalue = case when p_value::text < '8' then '0' else '1' end $$;
create function pg_catalog.run_command_on_all_nodes(p_command text, out nodeid int, out success bool, out result text) language plpgsql as $$
begin
  nodeid := 1;
  success := true;
  execute p_command into result;
end $$`;

/** Keeps a copy like the table that everybody writes to, as Citus does by writing to all. */
const MIRROR = `
create function pg_catalog.citus_stand_in_mirror() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_sets text;
begin
  if tg_op = 'DELETE' then
    execute format('delete from public.%I t where t::text = $1::text', tg_table_name || '_${COPY}') using old;
  elsif tg_op = 'INSERT' then
    execute format('insert into public.%I select ($1).*', tg_table_name || '_${COPY}') using new;
  else
    select string_agg(format('%1$I = ($2).%1$I', n.key), ', ') into v_sets
    from jsonb_each(to_jsonb(new)) n where n.value is distinct from to_jsonb(old) -> n.key;
    if v_sets is not null then
      execute format('update public.%I t set %s where t::text = $1::text', tg_table_name || '_${COPY}', v_sets) using old, new;
    end if;
  end if;
  return null;
end $$`;

export interface Places {
  copies: readonly string[];
  distributed: readonly string[];
}

/** Makes the parts and copies of an empty migrated database. The tables must be named in the order of their foreign keys. */
export async function makeParts(url: string, { copies, distributed }: Places): Promise<void> {
  await connectedAs("postgres", url, async (superuser) => {
    await superuser.query("set allow_system_table_mods = on");
    await superuser.query(CATALOGUE);
    await superuser.query(MIRROR);
    const { hostname, port, searchParams } = new URL(url);
    const host = searchParams.get("host") ?? hostname;
    await superuser.query("insert into pg_dist_node values (1, $1, $2, 'primary', true)", [host, Number(port)]);
  });
  await connectedAs("muster", url, async (owner) => {
    const isCopy = new Set(copies);
    for (const table of copies) await makePart(owner, table, COPY, isCopy);
    for (let part = 0; part < PARTS; part += 1) {
      for (const table of distributed)
        await makePart(owner, table, numberOf(distributed, table, part), isCopy, distributed, part);
    }
  });
  await connectedAs("postgres", url, async (superuser) => {
    for (const table of copies) {
      await superuser.query(`create trigger zz_mirror after insert or update or delete on public.${table}
        for each row execute function citus_stand_in_mirror()`);
      await superuser.query("insert into pg_dist_partition values ($1, 'n', null, 1, 't')", [table]);
      await superuser.query("insert into pg_dist_shard values ($1, $2, null)", [table, COPY]);
    }
    for (const table of distributed) {
      await superuser.query("insert into pg_dist_partition values ($1, 'h', 'client_id', 2, 's')", [table]);
      for (let part = 0; part < PARTS; part += 1) {
        const number = numberOf(distributed, table, part);
        await superuser.query("insert into pg_dist_shard values ($1, $2, $3)", [table, number, String(part)]);
        await superuser.query("insert into pg_dist_placement values ($1, 1, 1)", [number]);
      }
    }
  });
}

function numberOf(distributed: readonly string[], table: string, part: number): number {
  return FIRST + distributed.indexOf(table) * PARTS + part;
}

async function makePart(
  owner: pg.Client,
  table: string,
  number: number,
  copies: ReadonlySet<string>,
  distributed: readonly string[] = [],
  part = 0,
): Promise<void> {
  const name = `${table}_${number}`;
  const ownName = (other: string) =>
    copies.has(other) ? `${other}_${COPY}` : `${other}_${numberOf(distributed, other, part)}`;
  await owner.query(`create table public.${name} (like public.${table} including all excluding identity)`);
  for (const { text } of await rows<{ text: string }>(owner, DEFAULTS_LOST, [table]))
    await owner.query(text.replaceAll("{part}", name));
  for (const { name: key, text, references } of await rows<{ name: string; text: string; references: string }>(
    owner,
    FOREIGN_KEYS,
    [table],
  )) {
    const led = text.replace(/REFERENCES \w+\(/, `REFERENCES public.${ownName(references)}(`);
    await owner.query(`alter table public.${name} add constraint ${key} ${led}`);
  }
  for (const { name: trigger, text } of await rows<{ name: string; text: string }>(owner, TRIGGERS, [table])) {
    const made = text
      .replace(`TRIGGER ${trigger} `, `TRIGGER ${trigger}_${number} `)
      .replace(` ON public.${table} `, ` ON public.${name} `);
    await owner.query(made);
  }
  for (const { text } of await rows<{ text: string }>(owner, RIGHTS, [table]))
    await owner.query(text.replaceAll("{part}", name));
}

async function connectedAs(user: string, url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const address = new URL(url);
  address.username = user;
  const client = new pg.Client({ connectionString: address.toString() });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

async function rows<Row extends pg.QueryResultRow>(owner: pg.Client, text: string, values: unknown[]): Promise<Row[]> {
  return (await owner.query<Row>(text, values)).rows;
}

/** Citus leaves what comes from a sequence to the plain table. */
const DEFAULTS_LOST = `
  select format('alter table public.{part} alter column %I drop default', a.attname) as text
  from pg_attribute a join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where a.attrelid = to_regclass($1) and pg_get_expr(d.adbin, d.adrelid) like 'nextval%'`;
const FOREIGN_KEYS = `
  select k.conname as name, pg_get_constraintdef(k.oid) as text, r.relname as references
  from pg_constraint k join pg_class r on r.oid = k.confrelid where k.conrelid = to_regclass($1) and k.contype = 'f'`;
const TRIGGERS = `
  select t.tgname as name, pg_get_triggerdef(t.oid) as text from pg_trigger t where t.tgrelid = to_regclass($1) and not t.tgisinternal`;
const RIGHTS = `
  select 'alter table public.{part} enable row level security' as text from pg_class where oid = to_regclass($1) and relrowsecurity
  union all
  select format('create policy %I on public.{part} for %s to %s%s%s', p.policyname, p.cmd, array_to_string(p.roles, ','),
    ' using (' || p.qual || ')', ' with check (' || p.with_check || ')')
  from pg_policies p where p.schemaname = 'public' and p.tablename = $1
  union all
  select format('grant %s on public.{part} to %I', g.privilege_type, g.grantee::regrole)
  from pg_class c cross join aclexplode(c.relacl) g where c.oid = to_regclass($1) and g.grantee <> c.relowner
  union all
  select format('grant %s (%I) on public.{part} to %I', g.privilege_type, a.attname, g.grantee::regrole)
  from pg_attribute a cross join aclexplode(a.attacl) g where a.attrelid = to_regclass($1) and not a.attisdropped`;
