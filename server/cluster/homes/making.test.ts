import { Readable } from "node:stream";
import type pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ClientId } from "../../base/ids.ts";
import { createLog } from "../../base/log.ts";
import { runCli } from "../../cli/run.ts";
import { sql } from "../../db/db.ts";
import { homeOf } from "../../db/homes.ts";
import { migrate } from "../../db/migrate.ts";
import { openDatabase, type RootDb } from "../../db/pools.ts";
import { inClient, pgDb, withOwner } from "../../db/tx.ts";
import { pipeline } from "../../sync/steps.ts";
import { startWorker } from "../../sync/worker.ts";
import { makePlace } from "../../testing/cluster-lint/homes.ts";
import { testDatabase } from "../../testing/database.ts";
import { dropHomes, makeHomes } from "./service.ts";

const plain = testDatabase();
/** Of the first home, as its id begins with 0. */
const CLIENT = "00000000-0000-4000-8000-000000000000" as ClientId;
let db: RootDb;
let homes: string[];

const make = (isDryRun = false) => withOwner(plain, (owner) => makeHomes(pgDb(owner), { url: plain.url, isDryRun }));
const drop = () => withOwner(plain, (owner) => dropHomes(pgDb(owner), { url: plain.url }));
async function ask<Row extends pg.QueryResultRow>(text: string): Promise<Row[]> {
  return (await plain.owner.query<Row>(text)).rows;
}
const partOf = (table: string) =>
  ask<{ name: string }>(`
    select '${table}_' || shardid as name from pg_dist_shard
    where logicalrelid = '${table}'::regclass and shardminvalue = '0'`).then(([row]) => `public.${row!.name}`);

beforeAll(async () => {
  homes = await makePlace(plain.url);
  await ask(`insert into clients (id, name, subdomain) values ('${CLIENT}', 'Acme', 'acme')`);
  db = openDatabase({ url: plain.url, applicationName: "muster test" });
});
afterAll(() => db.close());

async function functionsOf(part: string): Promise<{ schema: string; triggers: number }[]> {
  return ask(`
    select p.pronamespace::regnamespace::text as schema, count(*)::int as triggers
    from pg_trigger t join pg_proc p on p.oid = t.tgfoid
    where t.tgrelid = '${part}'::regclass and not t.tgisinternal group by 1 order by 1`);
}

it("does nothing where they stand, and all of it where a function, a right or a trigger is another", async () => {
  expect(await make()).toEqual([]);
  await ask("grant select on eligibility_turns to muster_app");
  expect(await make(true)).toEqual(homes);
  expect(await make()).toEqual(homes);
  expect(await make()).toEqual([]);
  expect((await functionsOf(await partOf("users"))).map(({ schema }) => schema)).toEqual([homes[0]]);

  const rewards = await partOf("rewards");
  await ask(
    `create trigger noted before delete on ${rewards} for each row execute function public.refuse_change('no')`,
  );
  expect(await make()).toEqual([homes[0]]);
  expect((await functionsOf(rewards)).map(({ schema }) => schema)).toEqual([homes[0]]);
});

it("is what a migration wants undone first, by a command that works on a database that is not migrated", async () => {
  await ask("update _prisma_migrations set rolled_back_at = now() where migration_name = '20261126124000_health'");
  await expect(migrate(plain.url)).rejects.toThrow(/has the homes of clients\. Stop all .* cluster:vacate/s);
  const lines: string[] = [];
  const keep = (line: string) => void lines.push(line);
  const terminal = { variables: { DATABASE_URL: plain.url }, stdin: Readable.from([]), out: keep, err: keep };
  expect(await runCli(["cluster:vacate"], terminal)).toBe(0);
  expect(lines.join()).toMatch(/^2 homes taken away\. No client can be worked for until .*cluster:distribute/);
  await ask("update _prisma_migrations set rolled_back_at = null");
  expect((await migrate(plain.url)).applied).toEqual([]);
  expect(await make()).toEqual(homes);
});

it("is undone by giving triggers the functions of `public` again, also those that wait on copies", async () => {
  const users = await partOf("users");
  const before = await functionsOf(users);
  const asleep = () => ask("select from pg_trigger where tgrelid = 'public.clients_1'::regclass and tgenabled = 'D'");
  expect(await asleep()).toHaveLength(4);
  expect(await drop()).toEqual(homes);
  expect(await functionsOf(users)).toEqual([{ schema: "public", triggers: before[0]!.triggers }]);
  expect(await asleep()).toEqual([]);
  expect(await make()).toEqual(homes);
});

it("is awaited by who knew the home, and by who did not: nothing is asked of the tables in `public`", async () => {
  const late = openDatabase({ url: plain.url, applicationName: "muster test" });
  const refused = { code: "unavailable", message: /being moved or updated\. Nothing was saved/ };
  const whereUsersAre = (from: RootDb) =>
    inClient(from, CLIENT, (tx) =>
      tx.query<{ schema: string }>(sql`
      select relnamespace::regnamespace::text as schema from pg_class where oid = 'users'::regclass`),
    );
  try {
    expect(await whereUsersAre(db)).toEqual([{ schema: homes[0] }]);
    await drop();
    await expect(whereUsersAre(db)).rejects.toMatchObject(refused);
    await expect(whereUsersAre(late)).rejects.toMatchObject(refused);
    await make();
    expect(await whereUsersAre(db)).toEqual([{ schema: homes[0] }]);
    expect((await homeOf(late, CLIENT)).schema).toBe(homes[0]);
  } finally {
    await late.close();
  }
});

it("forgets snapshots of another server, by which a night would pass over who came later", async () => {
  const marks = await partOf("seeding_marks");
  const missions = await partOf("missions");
  await ask(`
    insert into ${missions} (client_id, id, title, mission_type, target_value)
    values ('${CLIENT}', '${CLIENT}', 'Post', 'videos', 1);
    insert into ${marks} (client_id, mission_id, snapshot) values ('${CLIENT}', '${CLIENT}', '900000000:900000000:')`);
  await drop();
  await make();
  expect(await ask(`select from ${marks}`)).toEqual([]);
});

it("tells the planner's figures of a part, by which parts of handles are found rare or common", async () => {
  await ask(`
    insert into ${await partOf("users")} (client_id, tiktok_handle, current_tier)
    select '${CLIENT}', 'creator.' || n, 'tier_1' from generate_series(1, 500) n`);
  await ask(`analyze ${await partOf("users")}`);
  const share = async (part: string) =>
    (await ask<{ share: number }>(`select ${homes[0]}.share_of_handles('${part}') as share`))[0]!.share;
  expect(await share("creator")).toBe(1);
  expect(await share("nobody")).toBe(0);
});

it("lets a worker start while a node is away, and work on the queue of the other", async () => {
  await ask(
    "update pg_dist_placement set groupid = 2 where shardid = (select max(shardid) from pg_dist_shard where logicalrelid = 'users'::regclass)",
  );
  await ask("insert into pg_dist_node values (2, '127.0.0.1', 1, 'primary', true)");
  const deps = {
    now: () => new Date(),
    log: createLog({ level: "silent" }),
    inboxDir: "",
    uploadLimitBytes: 1,
    steps: pipeline,
  };
  const worker = await startWorker(db, deps);
  try {
    const working =
      "select from pg_stat_activity where datname = current_database() and application_name = 'muster worker'";
    await expect.poll(async () => (await ask(working)).length).toBeGreaterThan(0);
  } finally {
    await worker.stop();
  }
});
