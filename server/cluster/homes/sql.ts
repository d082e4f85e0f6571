import { type Db, sql } from "../../db/db.ts";
import { ANCHOR } from "./rules.ts";
import type { Blueprint, Node, Part, PlacedTrigger } from "./schema.ts";

/** Nodes that have rows or copies, the coordinator among them where Citus knows its address. */
export function listNodes(db: Db): Promise<Node[]> {
  return db.query<Node>(sql`
    select n.groupid::int as group, n.nodename as host, n.nodeport::int as port
    from pg_dist_node n where n.noderole = 'primary' and n.isactive order by n.groupid`);
}

/** The parts that lie together, each group under the number of its part of `users`. */
export async function listParts(db: Db): Promise<Part[]> {
  const rows = await db.query<Node & { home: string; tables: Part["tables"] }>(sql`
    select 'home_' || a.shardid as home, n.groupid::int as group, n.nodename as host, n.nodeport::int as port,
      jsonb_agg(jsonb_build_object('name', c.relname, 'part', format('public.%I', c.relname || '_' || s.shardid)) order by c.relname) as tables
    from pg_dist_shard a
    join pg_dist_partition g on g.logicalrelid = a.logicalrelid
    join pg_dist_partition t on t.colocationid = g.colocationid
    join pg_dist_shard s on s.logicalrelid = t.logicalrelid and s.shardminvalue = a.shardminvalue
    join pg_class c on c.oid = t.logicalrelid
    join pg_dist_placement p on p.shardid = a.shardid and p.shardstate = 1
    join pg_dist_node n on n.groupid = p.groupid and n.noderole = 'primary'
    where a.logicalrelid = format('public.%I', ${ANCHOR}::text)::regclass
    group by a.shardid, n.groupid, n.nodename, n.nodeport order by a.shardid`);
  return rows.map(({ home, tables, group, host, port }) => ({ home, tables, node: { group, host, port } }));
}

/** What a home is made of; asked with `public` alone in the search path, so that texts name tables without it. */
export async function readBlueprint(db: Db): Promise<Blueprint> {
  return {
    defaults: await listDefaults(db),
    views: await listViews(db),
    functions: await listFunctions(db),
    grants: [...(await listTableGrants(db)), ...(await listColumnGrants(db)), ...(await listFunctionGrants(db))],
    copies: await listCopies(db),
  };
}

const isOurs = sql`n.nspname = 'public' and not exists (select from pg_depend e where e.objid = o.oid and e.deptype = 'e')`;
const isPlaced = sql`(o.relkind = 'v' or exists (select from pg_dist_partition d where d.logicalrelid = o.oid))`;

function listDefaults(db: Db): Promise<Blueprint["defaults"]> {
  return db.query(sql`
    select o.relname as table, a.attname as column, q.name as sequence, format('nextval(%L)', q.name) as expression
    from pg_class o join pg_dist_partition d on d.logicalrelid = o.oid and d.partmethod = 'h'
    join pg_attribute a on a.attrelid = o.oid and a.attnum > 0 and not a.attisdropped
    cross join pg_get_serial_sequence(format('public.%I', o.relname), a.attname) q (name)
    where q.name is not null order by o.relname, a.attnum`);
}

function listViews(db: Db): Promise<Blueprint["views"]> {
  return db.query(sql`
    select o.relname as name, rtrim(pg_get_viewdef(o.oid), ';') as text,
      coalesce(array_to_string(o.reloptions, ', '), '') as options
    from pg_class o join pg_namespace n on n.oid = o.relnamespace where ${isOurs} and o.relkind = 'v' order by o.oid`);
}

const signature = sql`format('%I(%s)', o.proname, pg_get_function_identity_arguments(o.oid))`;

function listFunctions(db: Db): Promise<Blueprint["functions"]> {
  return db.query(sql`
    select ${signature} as signature, pg_get_functiondef(o.oid) as definition
    from pg_proc o join pg_namespace n on n.oid = o.pronamespace where ${isOurs} and o.prokind = 'f' order by o.proname, o.oid`);
}

const grantee = sql`case when g.grantee = 0 then 'public' else quote_ident(g.grantee::regrole::text) end`;

function listTableGrants(db: Db): Promise<Blueprint["grants"]> {
  return db.query(sql`
    select 'table' as kind, g.privilege_type as privilege, o.relname as on, '{}'::text[] as columns, ${grantee} as to
    from pg_class o join pg_namespace n on n.oid = o.relnamespace cross join aclexplode(o.relacl) g
    where ${isOurs} and ${isPlaced} and g.grantee <> o.relowner order by o.relname, g.privilege_type`);
}

function listColumnGrants(db: Db): Promise<Blueprint["grants"]> {
  return db.query(sql`
    select 'table' as kind, g.privilege_type as privilege, o.relname as on, array_agg(a.attname::text order by a.attnum) as columns, ${grantee} as to
    from pg_class o join pg_namespace n on n.oid = o.relnamespace
    join pg_attribute a on a.attrelid = o.oid and a.attnum > 0 and not a.attisdropped cross join aclexplode(a.attacl) g
    where ${isOurs} and ${isPlaced} and g.grantee <> o.relowner
    group by o.relname, g.privilege_type, g.grantee order by o.relname, g.privilege_type`);
}

function listFunctionGrants(db: Db): Promise<Blueprint["grants"]> {
  return db.query(sql`
    select 'function' as kind, g.privilege_type as privilege, ${signature} as on, '{}'::text[] as columns, ${grantee} as to
    from pg_proc o join pg_namespace n on n.oid = o.pronamespace cross join aclexplode(coalesce(o.proacl, acldefault('f', o.proowner))) g
    where ${isOurs} and o.prokind = 'f' and g.grantee <> o.proowner order by o.proname, o.oid`);
}

/** Tables of which every node has a copy. */
export function listCopies(db: Db): Promise<Blueprint["copies"]> {
  return db.query(sql`
    select c.relname as name, format('public.%I', c.relname || '_' || s.shardid) as part
    from pg_dist_partition d join pg_class c on c.oid = d.logicalrelid join pg_dist_shard s on s.logicalrelid = d.logicalrelid
    where d.partkey is null and d.repmodel = 't' and c.relnamespace = 'public'::regnamespace order by c.relname`);
}

/** On a node: the homes it has, and what each was made from. */
export function listHomes(node: Db): Promise<{ home: string; madeFrom: string | null }[]> {
  return node.query(sql`
    select n.nspname as home, obj_description(n.oid, 'pg_namespace') as "madeFrom"
    from pg_namespace n where n.nspname ~ '^home_[0-9]+$' order by n.nspname`);
}

/**
 * On a node: the triggers of parts; and of copies those that look at clients' tables, which is what functions that run as their
 * owner do. To be asked with nothing in the path, so that everything in a definition is said with its schema.
 */
export function listPlacedTriggers(
  node: Db,
  parts: readonly string[],
  copies: readonly string[],
): Promise<PlacedTrigger[]> {
  return node.query<PlacedTrigger>(sql`
    select r.name as table, t.tgname as name, pg_get_triggerdef(t.oid) as definition,
      n.nspname as "functionSchema", p.proname as "functionName"
    from unnest(${[...parts, ...copies]}::text[]) r (name)
    join pg_trigger t on t.tgrelid = to_regclass(r.name) and not t.tgisinternal
    join pg_proc p on p.oid = t.tgfoid join pg_namespace n on n.oid = p.pronamespace
    where (n.nspname = 'public' or n.nspname ~ '^home_[0-9]+$') and (p.prosecdef or r.name <> all (${[...copies]}::text[]))
    order by r.name, t.tgname`);
}

/** On a node: what Citus has brought of the coordinator's queue, types and functions without their tables, so that it can have its own. */
export async function dropHollowQueue(node: Db): Promise<void> {
  const [row] = await node.query<{ isHollow: boolean }>(sql`
    select to_regnamespace('graphile_worker') is not null and to_regclass('graphile_worker.migrations') is null as "isHollow"`);
  if (row!.isHollow) await run(node, "drop schema graphile_worker cascade");
}

/** On a node: forgets, in a home, snapshots and numbers of transactions that are yet to come there. */
export async function forgetFuture(node: Db, home: string): Promise<void> {
  await node.query(sql([`select ${home}.forget_future_snapshots() as clients`]));
}

/** Runs a statement that takes no parameters. */
export async function run(db: Db, statement: string): Promise<void> {
  await db.execute(sql([statement]));
}
