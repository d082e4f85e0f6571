import { type Db, sql } from "../db/db.ts";
import { DISTRIBUTION_COLUMN } from "./place-rules.ts";
import type { Facts, ForeignKeyFact, KeyFact, PolicyFact, Place, TableFact, TriggerFact } from "./schema.ts";

/** One number for all processes: two that distribute at the same time do the same work one after the other. */
const DISTRIBUTE_LOCK = 72_707_370;

export async function lock(db: Db): Promise<void> {
  await db.query(sql`select pg_advisory_lock(${DISTRIBUTE_LOCK}::bigint)::text as locked`);
}

export async function unlock(db: Db): Promise<void> {
  await db.query(sql`select pg_advisory_unlock(${DISTRIBUTE_LOCK}::bigint) as unlocked`);
}

export type Installation = Pick<
  Facts,
  "database" | "user" | "citus" | "isTableOwner" | "isDatabaseOwner" | "isCoordinator"
>;

/** Where we are and who. By the functions of Citus and not by pg_extension, so that a stand-in can be asked the same. */
export async function findInstallation(db: Db): Promise<Installation> {
  const [row] = await db.query<Omit<Installation, "citus" | "isCoordinator"> & { hasCitus: boolean }>(sql`
    select current_database()::text as database, current_user::text as user,
      to_regproc('citus_version') is not null and to_regclass('pg_dist_partition') is not null as "hasCitus",
      not exists (
        select from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
          and not pg_has_role(current_user, c.relowner, 'USAGE')
          and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')) as "isTableOwner",
      (select pg_has_role(current_user, d.datdba, 'USAGE') from pg_database d where d.datname = current_database()) as "isDatabaseOwner"`);
  const { hasCitus, ...who } = row!;
  if (!hasCitus) return { ...who, citus: null, isCoordinator: true };
  const [node] = await db.query<{ citus: string; isCoordinator: boolean }>(sql`
    select citus_version()::text as citus, not exists (select from pg_dist_local_group g where g.groupid <> 0) as "isCoordinator"`);
  return { ...who, ...node! };
}

/** Names of the migrations that are done; none where the bookkeeping is not there or not ours to read. */
export async function listMigrations(db: Db): Promise<{ migration_name: string }[]> {
  const [books] = await db.query<{ areReadable: boolean }>(
    sql`select has_table_privilege(to_regclass('public._prisma_migrations'), 'select') is true as "areReadable"`,
  );
  if (books?.areReadable !== true) return [];
  return db.query(sql`
    select migration_name from _prisma_migrations where finished_at is not null and rolled_back_at is null`);
}

/** Tables of the schema `public` that are no extension's. */
export async function listTables(db: Db, { isCluster }: { isCluster: boolean }): Promise<TableFact[]> {
  const tables = await db.query<Omit<TableFact, "standing">>(sql`
    select c.relname as name, format_type(a.atttypid, a.atttypmod) as "columnType", not coalesce(a.attnotnull, true) as "isColumnNullable"
    from pg_class c
    left join pg_attribute a on a.attrelid = c.oid and a.attname = ${DISTRIBUTION_COLUMN} and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'f')
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
    order by c.relname`);
  const standing = isCluster ? await listStanding(db) : new Map<string, TableFact["standing"]>();
  return tables.map((table) => ({ ...table, standing: standing.get(table.name) ?? null }));
}

async function listStanding(db: Db): Promise<Map<string, TableFact["standing"]>> {
  const rows = await db.query<{ name: string; column: string | null; group: number; isCopied: boolean }>(sql`
    select c.relname as name, column_to_column_name(p.logicalrelid, p.partkey) as column, p.colocationid::int as group,
      p.partkey is null and p.repmodel = 't' as "isCopied"
    from pg_dist_partition p join pg_class c on c.oid = p.logicalrelid
    where c.relnamespace = 'public'::regnamespace`);
  return new Map(
    rows.map(({ name, column, group, isCopied }) => [
      name,
      isCopied ? { as: "reference" } : column === null ? { as: "other" } : { as: "distributed", column, group },
    ]),
  );
}

/** Keys of unique indexes and exclusion constraints. */
export function listKeys(db: Db): Promise<KeyFact[]> {
  return db.query<KeyFact>(sql`
    select c.relname as table, x.relname as name,
      array(select coalesce(a.attname::text, '(an expression)') from unnest(i.indkey::int2[]) with ordinality k (attnum, position)
        left join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum and k.attnum > 0
        where k.position <= i.indnkeyatts order by k.position) as columns
    from pg_index i join pg_class c on c.oid = i.indrelid join pg_class x on x.oid = i.indexrelid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and (i.indisunique or i.indisexclusion)
    order by c.relname, x.relname`);
}

export function listForeignKeys(db: Db): Promise<ForeignKeyFact[]> {
  const action = (code: string) => sql`case ${sql([code])}::text when 'a' then 'no action' when 'r' then 'restrict'
      when 'c' then 'cascade' when 'n' then 'set null' else 'set default' end`;
  const named = (table: string, keys: string) => sql`
      array(select a.attname::text from unnest(${sql([keys])}) with ordinality n (attnum, position)
        join pg_attribute a on a.attrelid = ${sql([table])} and a.attnum = n.attnum order by n.position)`;
  return db.query<ForeignKeyFact>(sql`
    select c.relname as table, k.conname as name, ${named("k.conrelid", "k.conkey")} as columns, r.relname as references,
      ${named("k.confrelid", "k.confkey")} as "referencedColumns",
      ${action("k.confdeltype")} as "onDelete", ${action("k.confupdtype")} as "onUpdate"
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class r on r.oid = k.confrelid
    where k.contype = 'f' and c.relnamespace = 'public'::regnamespace order by c.relname, k.conname`);
}

export function listPolicies(db: Db): Promise<PolicyFact[]> {
  return db.query<PolicyFact>(sql`
    select c.relname as table, p.polname as name, concat(p.polqual, p.polwithcheck) like '%{SUBLINK%' as "hasSubquery"
    from pg_policy p join pg_class c on c.oid = p.polrelid
    where c.relnamespace = 'public'::regnamespace order by c.relname, p.polname`);
}

export function listTriggers(db: Db): Promise<TriggerFact[]> {
  return db.query<TriggerFact>(sql`
    select c.relname as table, t.tgname as name,
      exists (select from pg_depend d where d.objid = t.oid and d.deptype in ('e', 'x')) as "isOfExtension"
    from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where c.relnamespace = 'public'::regnamespace and not t.tgisinternal
      -- those that the cluster itself has put on its tables
      and t.tgname not like 'truncate_trigger_%'
    order by c.relname, t.tgname`);
}

/** Schemas beside `public` with tables, without the system's and extensions' own. */
export async function listOtherSchemas(db: Db): Promise<string[]> {
  const rows = await db.query<{ name: string }>(sql`
    select distinct n.nspname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname <> 'public' and n.nspname !~ '^(pg_|information_schema$|citus)'
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e') order by n.nspname`);
  return rows.map(({ name }) => name);
}

/** Settings that a session of anybody has from now on; each is said for the database and for both roles in it. */
const SETTINGS = { "citus.propagate_set_commands": "local", "citus.enable_unsafe_triggers": "on" } as const;

/** The statements that make the settings which are not made yet: also what an administrator runs where we may not. */
export async function listSettingStatements(db: Db, requestRole: string): Promise<string[]> {
  const rows = await db.query<{ statement: string }>(sql`
    select format('alter %s set %s = %L', w.who, s.name, s.value) as statement
    from unnest(${Object.keys(SETTINGS)}::text[], ${Object.values(SETTINGS)}::text[]) with ordinality s (name, value, position)
    cross join (
      select 0::oid as role, format('database %I', current_database()) as who, 1 as position
      union all
      select r.oid, format('role %I in database %I', r.rolname, current_database()), 2
      from pg_roles r where r.rolname in (current_user, ${requestRole})
    ) w
    where not exists (
      select from pg_db_role_setting t join pg_database d on d.oid = t.setdatabase
      where d.datname = current_database() and t.setrole = w.role and s.name || '=' || s.value = any (t.setconfig))
    order by w.position, w.who, s.position`);
  return rows.map(({ statement }) => statement);
}

/** Runs a statement of `listSettingStatements`, which take no parameters. */
export async function set(db: Db, statement: string): Promise<void> {
  await db.execute(sql([statement]));
}

/**
 * Makes one table what it becomes, with the rows it has. Settings for this transaction alone: without the last one Citus turns
 * every table that references a copied one into something that cannot reference a distributed one any more.
 */
export async function place(db: Db, table: string, place: Place, group: string | null): Promise<void> {
  await db.execute(sql`set local citus.enable_unsafe_triggers = 'on'`);
  await db.execute(sql`set local citus.propagate_set_commands = 'local'`);
  await db.execute(sql`set local citus.enable_local_reference_table_foreign_keys = 'off'`);
  // One node after the other: a table that references a copied one and a distributed one is refused otherwise.
  await db.execute(sql`set local citus.multi_shard_modify_mode = 'sequential'`);
  const name = sql`format('public.%I', ${table}::text)::regclass`;
  if (place === "reference") await db.query(sql`select create_reference_table(${name})::text as made`);
  else {
    await db.query(
      sql`select create_distributed_table(${name}, ${DISTRIBUTION_COLUMN}, colocate_with => ${group ?? "none"}::text)::text as made`,
    );
  }
}

/** What others than the owner may do with views, as statements: a view is made on the nodes with its tables, without its rights. */
export async function listViewGrants(db: Db): Promise<string[]> {
  const rows = await db.query<{ statement: string }>(sql`
    select format('grant %s on public.%I to %I', g.privilege_type, c.relname, g.grantee::regrole) as statement
    from pg_class c cross join aclexplode(c.relacl) g
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'v' and g.grantee not in (0, c.relowner)
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
    order by 1`);
  return rows.map(({ statement }) => statement);
}
