import { Readable } from "node:stream";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pgDb, withOwner } from "../db/tx.ts";
import { runCli } from "../cli/run.ts";
import { testDatabase } from "../testing/database.ts";
import { planOf } from "./rules.ts";
import type { Facts, Plan } from "./schema.ts";
import { distribute, readFacts } from "./service.ts";
import { listViewGrants } from "./sql.ts";

const db = testDatabase();
const owner = (statement: string) => db.owner.query<Record<string, unknown>>(statement);
const facts = () => withOwner(db, (client) => readFacts(pgDb(client)));

/** As a cluster would have it, so that only the schema can be in the way. */
async function migratedFacts(): Promise<Facts> {
  return { ...(await facts()), citus: "Citus 13" };
}

describe("the migrated schema", () => {
  it("has nothing that Citus refuses: every table has a place, keys and foreign keys have the client, policies no subquery", async () => {
    const plan = planOf(await migratedFacts());
    expect(plan.obstacles).toEqual([]);
  });

  it("has facts to judge in every kind, or the test above says nothing", async () => {
    const found = await migratedFacts();
    for (const kind of ["tables", "keys", "foreignKeys", "policies", "triggers"] as const) {
      expect(found[kind].length).toBeGreaterThan(20);
    }
    expect(found).toMatchObject({ isTableOwner: true, isDatabaseOwner: true, pendingMigrations: [] });
    expect(found.otherSchemas).toEqual(["graphile_worker"]);
  });

  it("distributes every table with a client_id but memberships, and copies the others of access", async () => {
    const { tables } = await migratedFacts();
    const plan = planOf(await migratedFacts());
    const named = (place: string) =>
      plan.steps.flatMap((step) => (step.place === place ? [step.table] : [])).toSorted();
    const ofClients = tables.filter(({ columnType }) => columnType !== null).map(({ name }) => name);
    expect(named("reference")).toEqual([
      "admin_accounts",
      "admin_sessions",
      "admin_verifications",
      "admins",
      "clients",
      "memberships",
    ]);
    expect(named("distributed")).toEqual(ofClients.filter((name) => name !== "memberships"));
    expect(plan.local.map(({ name }) => name)).toEqual([
      "_prisma_migrations",
      "admin_rate_limits",
      "graphile_worker.*",
    ]);
  });

  it("leads every key of a distributed table with client_id, and deletes nothing along foreign keys", async () => {
    const found = await migratedFacts();
    const distributed = new Set(
      planOf(found).steps.flatMap(({ table, place }) => (place === "distributed" ? [table] : [])),
    );
    const notLed = found.keys.filter((key) => distributed.has(key.table) && key.columns[0] !== "client_id");
    const acting = found.foreignKeys.filter(
      (key) => distributed.has(key.table) && [key.onDelete, key.onUpdate].some((action) => /set|cascade/.test(action)),
    );
    expect([notLed, acting]).toEqual([[], []]);
  });

  it("would be refused with a table, key, foreign key and policy that do not fit", async () => {
    await owner(`
      create table coupons (id int primary key);
      create table notes (client_id uuid not null, id uuid primary key, user_id uuid,
        constraint notes_crossing foreign key (client_id, user_id) references users (client_id, id) on delete set null);
      create policy notes_seen on notes using (exists (select from clients))`);
    const { obstacles } = planOf(await migratedFacts());
    await owner("drop table coupons, notes");
    expect(obstacles.map((one) => /coupons|notes_pkey|notes_crossing|notes_seen/.exec(one)?.[0])).toEqual([
      "coupons",
      "notes_pkey",
      "notes_crossing",
      "notes_seen",
    ]);
  });
});

describe("without the extension", () => {
  it("refuses with a sentence and changes nothing", async () => {
    await expect(distribute(db)).rejects.toMatchObject({ code: "conflict", message: /no Citus extension/ });
    expect(await settings()).toEqual([]);
  });
});

/**
 * STAND-IN: there is no Citus where these tests run. These functions and tables have Citus' names and signatures and only write
 * down what they are asked, so what is tested is what we ask, in which order and with which settings; not what Citus answers.
 */
const STAND_IN = `
create schema citus_stand_in;
create type citus_stand_in.distribution_type as enum ('hash', 'range', 'append');
create table citus_stand_in.pg_dist_partition (logicalrelid regclass, partmethod "char", partkey text, colocationid int, repmodel "char");
create table citus_stand_in.pg_dist_local_group (groupid int);
insert into citus_stand_in.pg_dist_local_group values (0);
-- no nodes, so no homes: those are made in homes/homes.test.ts
create table citus_stand_in.pg_dist_node (groupid int, nodename text, nodeport int, noderole text, isactive bool);
create table citus_stand_in.pg_dist_shard (logicalrelid regclass, shardid bigint, shardminvalue text);
create table citus_stand_in.pg_dist_placement (shardid bigint, shardstate int, groupid int);
create table citus_stand_in.asked (id int generated always as identity, what text);
create function citus_stand_in.citus_version() returns text language sql as $$ select 'a stand-in' $$;
create function citus_stand_in.column_to_column_name(t regclass, partkey text) returns text language sql as $$ select partkey $$;
create function citus_stand_in.create_reference_table(t regclass) returns void language sql as $$
  insert into citus_stand_in.asked (what) values (t || ' copied ' || current_setting('citus.enable_local_reference_table_foreign_keys'));
  insert into citus_stand_in.pg_dist_partition values (t, 'n', null, 1, 't') $$;
create function citus_stand_in.create_distributed_table(table_name regclass, distribution_column text,
  distribution_type citus_stand_in.distribution_type default 'hash', colocate_with text default 'default', shard_count int default null)
returns void language plpgsql as $$
begin
  if exists (select from citus_stand_in.asked where what = 'refuse ' || table_name) then
    raise 'no worker nodes are available';
  end if;
  insert into citus_stand_in.asked (what) values (concat_ws(' ', table_name, distribution_column, colocate_with,
    current_setting('citus.enable_unsafe_triggers'), current_setting('citus.propagate_set_commands'),
    current_setting('citus.multi_shard_modify_mode')));
  insert into citus_stand_in.pg_dist_partition values (table_name, 'h', distribution_column, 2, 's');
end $$`;

/** The extension's settings are anybody's to make once it is loaded; without it PostgreSQL asks for this. */
const PARAMETERS = ["citus.enable_unsafe_triggers", "citus.propagate_set_commands"];

async function asSuperuser(statement: string): Promise<void> {
  const url = new URL(db.url);
  url.username = "postgres";
  const client = new pg.Client(url.toString());
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

async function settings(): Promise<unknown[]> {
  const { rows } = await owner(`
    select coalesce(r.rolname::text, 'everybody') as who, s.setconfig::text[] as settings
    from pg_db_role_setting s left join pg_roles r on r.oid = s.setrole join pg_database d on d.oid = s.setdatabase
    where d.datname = current_database() order by who`);
  return rows;
}

describe("with a stand-in for Citus", () => {
  let plan: Plan;
  const asked = async () =>
    (await owner("select what from citus_stand_in.asked order by id")).rows.map(({ what }) => what);

  beforeAll(async () => {
    await owner(STAND_IN);
    // Sessions that are open keep their path; the ones that ask get new connections from here on.
    for (const connection of await Promise.all([1, 2, 3, 4].map(() => db.bulk.connect()))) connection.release(true);
    await owner(
      `alter role muster in database "${new URL(db.url).pathname.slice(1)}" set search_path = public, citus_stand_in`,
    );
    plan = planOf(await facts());
  });
  afterAll(() => asSuperuser(`revoke set on parameter ${PARAMETERS.join(", ")} from muster`));

  it("shows the plan without changing anything", async () => {
    expect(await distribute(db, { isDryRun: true })).toMatchObject({ made: [], homes: [], plan: { obstacles: [] } });
    expect(await asked()).toEqual([]);
  });

  it("says which statements an administrator runs where it may not make the settings, and has made no table then", async () => {
    await expect(distribute(db)).rejects.toMatchObject({
      code: "forbidden",
      message: /alter role muster_app in database \w+ set citus.propagate_set_commands = 'local';/,
    });
    expect(await asked()).toEqual([]);
  });

  it("goes on at the table that could not be made", async () => {
    await asSuperuser(`grant set on parameter ${PARAMETERS.join(", ")} to muster`);
    await owner("insert into citus_stand_in.asked (what) values ('refuse users')");
    await expect(distribute(db)).rejects.toMatchObject({
      code: "conflict",
      message: /users could not be made distributed: no worker nodes are available\. .* goes on here\./,
    });
    await owner("delete from citus_stand_in.asked where what = 'refuse users'");
    const before = await asked();
    const earlier = plan.steps[plan.steps.findIndex(({ table }) => table === "users") - 1]!.table;
    expect(before.at(-1)).toMatch(new RegExp(`^${earlier} `));
    const { made } = await distribute(db);
    expect(made[0]).toBe("users");
    expect((await asked()).slice(0, before.length)).toEqual(before);
  });

  it("copied and distributed every table once, in the plan's order, together with the first, with the triggers allowed", async () => {
    const first = plan.steps.find(({ place }) => place === "distributed")!.table;
    expect(await asked()).toEqual(
      plan.steps.map(({ table, place }) =>
        place === "reference"
          ? `${table} copied off`
          : `${table} client_id ${table === first ? "none" : first} on local sequential`,
      ),
    );
  });

  it("made the settings for the database, its owner and the request role", async () => {
    const made = ["citus.propagate_set_commands=local", "citus.enable_unsafe_triggers=on"];
    expect(await settings()).toEqual([
      { who: "everybody", settings: made },
      { who: "muster", settings: ["search_path=public, citus_stand_in", ...made] },
      { who: "muster_app", settings: made },
    ]);
  });

  it("gives views their rights again: those of the request role and of nobody else", async () => {
    const grants = await withOwner(db, (client) => listViewGrants(pgDb(client)));
    expect(grants).toContain("grant SELECT on public.mission_eligibility to muster_app");
    expect(grants.filter((grant) => !/^grant SELECT on public\.\w+ to muster_app$/.test(grant))).toEqual([]);
  });

  it("does nothing the second time, from the command line too, which names what stays local", async () => {
    const before = await asked();
    expect((await distribute(db)).made).toEqual([]);
    const lines: string[] = [];
    const keep = (line: string) => void lines.push(line);
    const terminal = { variables: { DATABASE_URL: db.url }, stdin: Readable.from([]), out: keep, err: keep };
    expect(await runCli(["cluster:distribute"], terminal)).toBe(0);
    expect(lines.join("\n")).toMatch(/Everything is distributed already\.[^]*graphile_worker\.\*/);
    expect(await asked()).toEqual(before);
  });

  it("is done once by two at once", async () => {
    await owner("delete from citus_stand_in.pg_dist_partition where logicalrelid = 'videos'::regclass");
    const both = await Promise.all([distribute(db), distribute(db)]);
    expect(both.flatMap(({ made }) => made)).toEqual(["videos"]);
  });

  it("refuses on a worker, for somebody who owns nothing, and with migrations pending", async () => {
    await owner("update citus_stand_in.pg_dist_local_group set groupid = 3");
    await owner("update _prisma_migrations set rolled_back_at = now() where migration_name = '20261126124000_health'");
    await expect(distribute(db)).rejects.toMatchObject({
      message: /pending: 20261126124000_health[^]*must name the coordinator/,
    });
    await owner("update _prisma_migrations set rolled_back_at = null");
    await owner("update citus_stand_in.pg_dist_local_group set groupid = 0");
    await owner(
      "grant usage on schema citus_stand_in to muster_app; grant select on all tables in schema citus_stand_in to muster_app",
    );
    const asRequest = await db.app.connect();
    await asRequest.query("set search_path = public, citus_stand_in");
    const { obstacles } = planOf({ ...(await migratedFacts()), ...(await whoIs(asRequest)) });
    asRequest.release(true);
    expect(obstacles).toEqual([
      expect.stringMatching(/^muster_app does not own the tables/),
      expect.stringMatching(/^muster_app does not own the database/),
    ]);
  });
});

async function whoIs(client: pg.ClientBase): Promise<Partial<Facts>> {
  const { user, isTableOwner, isDatabaseOwner } = await readFacts(pgDb(client));
  return { user, isTableOwner, isDatabaseOwner };
}
