import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { PROJECT_ROOT } from "../env.ts";
import { emptyDatabase } from "../testing/database.ts";
import { migrate } from "./migrate.ts";

const folder = mkdtempSync(join(tmpdir(), "muster-migrations-"));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, script: string): void {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, "migration.sql"), script);
}

async function ask<Row extends pg.QueryResultRow>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

const bookkeeping = (url: string) =>
  ask(
    url,
    `select migration_name, checksum, finished_at is not null as is_finished, logs, applied_steps_count as steps
     from _prisma_migrations order by migration_name`,
  );

beforeEach(() => {
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
  write("1_first", "create table one (id int); insert into one values (1);");
  write(
    "2_second",
    "alter table one add column name text not null default 'a';\n-- dollar quotes; stay whole\ndo $$ begin perform 1; end $$;",
  );
});

describe("migrating", () => {
  it("applies the project's migrations to an empty database, and nothing the second time", async () => {
    const url = await emptyDatabase();
    const all = readdirSync(join(PROJECT_ROOT, "prisma", "migrations"))
      .filter((name) => /^\d+_/.test(name))
      .toSorted();
    expect(await migrate(url)).toEqual({ applied: all });
    expect(await migrate(url)).toEqual({ applied: [] });
    expect(await ask(url, "select count(*)::int as queues from graphile_worker.jobs")).toEqual([{ queues: 0 }]);
  });

  it("keeps the books as Prisma does", async () => {
    const url = await emptyDatabase();
    await migrate(url, folder);
    const checksum = (name: string) =>
      createHash("sha256")
        .update(readFileSync(join(folder, name, "migration.sql")))
        .digest("hex");
    expect(await bookkeeping(url)).toEqual([
      { migration_name: "1_first", checksum: checksum("1_first"), is_finished: true, logs: null, steps: 1 },
      { migration_name: "2_second", checksum: checksum("2_second"), is_finished: true, logs: null, steps: 1 },
    ]);
    const columns = await ask<{ it: string }>(
      url,
      `select column_name || ' ' || udt_name || coalesce('(' || character_maximum_length || ')', '') || ' ' || is_nullable || coalesce(' ' || column_default, '') as it
       from information_schema.columns where table_name = '_prisma_migrations' order by ordinal_position`,
    );
    expect(columns.map(({ it }) => it)).toEqual([
      "id varchar(36) NO",
      "checksum varchar(64) NO",
      "finished_at timestamptz YES",
      "migration_name varchar(255) NO",
      "logs text YES",
      "rolled_back_at timestamptz YES",
      "started_at timestamptz NO now()",
      "applied_steps_count int4 NO 0",
    ]);
  });

  it("is done once by several at once", async () => {
    const url = await emptyDatabase();
    const results = await Promise.all([migrate(url, folder), migrate(url, folder), migrate(url, folder)]);
    expect(results.flatMap(({ applied }) => applied).toSorted()).toEqual(["1_first", "2_second"]);
  });

  it("starts anew with a migration in whose middle the connection was lost", async () => {
    const url = await emptyDatabase();
    await migrate(url, folder);
    write(
      "3_third",
      "create table two ();\nselect pg_sleep(case when to_regclass('calm') is null then 30 else 0 end);",
    );
    const broken = migrate(url, folder).catch((error: Error) => error.message);
    await expect
      .poll(() =>
        ask<{ ended: boolean }>(
          url,
          `select pg_terminate_backend(pid) as ended from pg_stat_activity
           where datname = current_database() and query like '%pg_sleep%' and pid <> pg_backend_pid()`,
        ),
      )
      .toEqual([{ ended: true }]);
    expect(await broken).toMatch(/^Migration 3_third was interrupted .* Start again\.$/);
    expect(await ask(url, "select to_regclass('two')::text as two")).toEqual([{ two: null }]);
    await ask(url, "create table calm ()");
    expect(await migrate(url, folder)).toEqual({ applied: ["3_third"] });
  });

  it("applies what was added since", async () => {
    const url = await emptyDatabase();
    await migrate(url, folder);
    write("3_third", "create table two ();");
    expect(await migrate(url, folder)).toEqual({ applied: ["3_third"] });
  });
});

describe("migrating refuses", () => {
  it("a migration that was edited, but not one with other line ends", async () => {
    const url = await emptyDatabase();
    await migrate(url, folder);
    write("2_second", readFileSync(join(folder, "2_second", "migration.sql"), "utf8").replaceAll("\n", "\r\n"));
    expect(await migrate(url, folder)).toEqual({ applied: [] });
    write("1_first", "create table one (id bigint);");
    await expect(migrate(url, folder)).rejects.toThrow("Migration 1_first was edited after it was applied");
  });

  it("a database that is newer than the code", async () => {
    const url = await emptyDatabase();
    await migrate(url, folder);
    rmSync(join(folder, "2_second"), { recursive: true });
    await expect(migrate(url, folder)).rejects.toThrow(
      "The database is newer than this code: it has 2_second, which this version does not know.",
    );
  });

  it("a user who may not make tables there", async () => {
    const url = await emptyDatabase();
    await ask(url, "create role stranger login noinherit; grant muster_app to stranger");
    const stranger = new URL(url);
    stranger.username = "stranger";
    await expect(migrate(stranger.toString(), folder)).rejects.toThrow(/^The database user may not make tables here/);
    await ask(url, "drop role stranger");
  });

  it("to go on after one that failed, which itself leaves nothing behind", async () => {
    const url = await emptyDatabase();
    write("3_third", "create table two ();\nselect nonsense;");
    await expect(migrate(url, folder)).rejects.toThrow(
      'Migration 3_third failed at line 2: column "nonsense" does not exist',
    );
    expect(await ask(url, "select to_regclass('two')::text as two")).toEqual([{ two: null }]);
    write("3_third", "create table two ();");
    await expect(migrate(url, folder)).rejects.toThrow("Migration 3_third failed earlier");
    await ask(url, "delete from _prisma_migrations where migration_name = '3_third'");
    expect(await migrate(url, folder)).toEqual({ applied: ["3_third"] });
  });
});
