import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { ClientId } from "../base/ids.ts";
import { testDatabase } from "../testing/database.ts";
import { withSortMemory } from "./bulk.ts";
import { type Db, sql } from "./db.ts";
import { openDatabase } from "./pools.ts";
import { isRetryable, sqlStateOf } from "./sql-errors.ts";
import { inAccess, inClient, pgDb, withOwner } from "./tx.ts";

const db = testDatabase();
const client = randomUUID() as ClientId;

describe("the handle", () => {
  const statement = sql`select ${1}::int as n, ${"a"}::text as t, ${["x", "y"]}::text[] as list,
    ${new Date("2026-03-29T01:30:00Z")}::timestamptz as at, ${null}::uuid as nothing,
    ${{ a: 1 }}::jsonb as doc, ${Buffer.from("bytes")}::bytea as bytes, ${[randomUUID()].slice(1)}::uuid[] as none, 1.5::float8 as f, true as yes`;

  it("answers the same on both drivers", async () => {
    const [prisma] = await inClient(db, client, (tx) => tx.query<Record<string, unknown>>(statement));
    const [owner] = await withOwner(db, (pg) => pgDb(pg).query<Record<string, unknown>>(statement));
    const plain = (row: Record<string, unknown> | undefined) => ({
      ...row,
      bytes: Buffer.from(row!["bytes"] as Uint8Array).toString(),
    });
    expect(plain(prisma)).toEqual(plain(owner));
    expect(prisma!["at"]).toEqual(new Date("2026-03-29T01:30:00Z"));
    expect(prisma!["doc"]).toEqual({ a: 1 });
  });

  it("refuses a bigint or numeric that was not cast", async () => {
    await expect(inClient(db, client, (tx) => tx.query(sql`select 1::bigint as n`))).rejects.toThrow(
      /"n" must be cast/,
    );
    await expect(inClient(db, client, (tx) => tx.query(sql`select 1::numeric as n`))).rejects.toThrow(
      /"n" must be cast/,
    );
    await expect(withOwner(db, (pg) => pgDb(pg).query(sql`select 1::bigint as n`))).rejects.toThrow(/"n" must be cast/);
  });
});

describe("a transaction", () => {
  it("knows its client and nobody else's transaction does", async () => {
    const setting = sql`select current_setting('app.client_id', true) as id, current_user::text as who, current_setting('timezone') as zone`;
    const [inside] = await inClient(db, client, (tx) => tx.query(setting));
    expect(inside).toEqual({ id: client, who: "muster_app", zone: "UTC" });
    const [outside] = await inAccess(db, (tx) => tx.query(setting));
    expect(outside).toEqual({ id: "", who: "muster_app", zone: "UTC" });
  });
});

describe("a transaction that collides", () => {
  const other = randomUUID() as ClientId;

  /** Two transactions of which the second must fail its first attempt: it saw a row that has changed since. */
  async function collide(retry: boolean): Promise<{ attempts: number; name: string }> {
    await withOwner(db, async (owner) => {
      await owner.query("delete from clients where id = $1", [other]);
      await owner.query("insert into clients (id, name, subdomain) values ($1, 'before', $2)", [other, `c-${other}`]);
      await owner.query("grant update (name) on clients to muster_app");
    });
    let attempts = 0;
    await inAccess(
      db,
      async (tx) => {
        attempts += 1;
        await tx.query(sql`select name from clients where id = ${other}::uuid`);
        if (attempts === 1) {
          await withOwner(db, (owner) => owner.query("update clients set name = 'between' where id = $1", [other]));
        }
        await tx.execute(sql`update clients set name = name || ' and after' where id = ${other}::uuid`);
      },
      { isolation: "repeatable read", retry },
    );
    const { rows } = await db.owner.query<{ name: string }>("select name from clients where id = $1", [other]);
    return { attempts, name: rows[0]!.name };
  }

  it("is run again when it asked for that", async () => {
    expect(await collide(true)).toEqual({ attempts: 2, name: "between and after" });
  });

  it("fails with PostgreSQL's own code when it did not", async () => {
    const error: unknown = await collide(false).catch((reason: unknown) => reason);
    expect(isRetryable(error)).toBe(true);
  });

  it("survives a deadlock", async () => {
    const [a, b] = [randomUUID(), randomUUID()];
    await db.owner.query("insert into clients (id, name, subdomain) values ($1, 'x', $3), ($2, 'x', $4)", [
      a,
      b,
      `a-${a}`,
      `b-${b}`,
    ]);
    const touch = (first: string, second: string, mark: string) =>
      inAccess(
        db,
        async (tx) => {
          await tx.execute(sql`update clients set name = name || ${mark} where id = ${first}::uuid`);
          await new Promise((done) => setTimeout(done, 200));
          await tx.execute(sql`update clients set name = name || ${mark} where id = ${second}::uuid`);
        },
        { retry: true },
      );
    await Promise.all([touch(a, b, "1"), touch(b, a, "2")]);
    const { rows } = await db.owner.query<{ name: string }>("select name from clients where id in ($1, $2)", [a, b]);
    expect(rows.map(({ name }) => name.split("").toSorted().join(""))).toEqual(["12x", "12x"]);
  });
});

describe("errors", () => {
  const twice = sql`insert into clients (name, subdomain) values ('a', 'same'), ('b', 'same')`;

  it("tell the code of a broken key, whichever driver ran the statement", async () => {
    const owner: unknown = await withOwner(db, (pg) => pgDb(pg).execute(twice)).catch((error: unknown) => error);
    await db.owner.query("grant insert on clients to muster_app");
    const app: unknown = await inAccess(db, (tx) => tx.execute(twice)).catch((error: unknown) => error);
    expect([sqlStateOf(owner), sqlStateOf(app)]).toEqual(["23505", "23505"]);
  });

  it("tell the code of a broken check", async () => {
    const statement = sql`insert into clients (name, subdomain, checkpoint_months) values ('a', 'b', -1)`;
    const owner: unknown = await withOwner(db, (pg) => pgDb(pg).execute(statement)).catch((error: unknown) => error);
    const app: unknown = await inAccess(db, (tx) => tx.execute(statement)).catch((error: unknown) => error);
    expect([sqlStateOf(owner), sqlStateOf(app)]).toEqual(["23514", "23514"]);
  });
});

describe("a statement that takes too long", () => {
  it("is ended by the server, and its connection serves the next", async () => {
    const started = Date.now();
    const slow = inAccess(db, (tx) => tx.query(sql`select pg_sleep(20)::text as slept`), { timeoutMs: 300 });
    await expect(slow).rejects.toThrow();
    expect(Date.now() - started).toBeLessThan(5_000);
    expect(await inAccess(db, (tx) => tx.query(sql`select 1 as one`))).toEqual([{ one: 1 }]);
  });
});

describe("memory for a large file", () => {
  const memory = (tx: Db) =>
    tx
      .query<{ bytes: number }>(sql`select pg_size_bytes(current_setting('work_mem'))::float8 as bytes`)
      .then(([row]) => row!.bytes);

  it("is a sixteenth of the server's buffers, for that long, and never less than it gives", async () => {
    const [buffers] = (await db.owner.query("select pg_size_bytes(current_setting('shared_buffers')) / 16 as share"))
      .rows;
    await inAccess(db, async (tx) => {
      const usual = await memory(tx);
      await tx.execute(sql`set local work_mem = '64kB'`);
      expect(await withSortMemory(tx, () => memory(tx))).toBe(Number(buffers.share));
      expect(await memory(tx)).toBe(usual);
      await tx.execute(sql`set local work_mem = '1GB'`);
      expect(await withSortMemory(tx, () => memory(tx))).toBe(1024 ** 3);
    });
  });
});

describe("closing", () => {
  it("ends what is still under way, and nothing of another process", async () => {
    const leaving = openDatabase({ url: db.url, applicationName: "muster leaving" });
    await inAccess(leaving, (tx) => tx.query(sql`select 1 as one`));
    const sleeping = sql`select pg_sleep(20)::text as slept`;
    const cut = inAccess(leaving, (tx) => tx.query(sleeping)).then(
      () => "done",
      () => "cut",
    );
    const kept = inAccess(db, (tx) => tx.query(sql`select pg_sleep(2)::text as slept`));
    await expect.poll(() => countSleeping()).toBe(2);
    const started = Date.now();
    await leaving.close();
    expect(Date.now() - started).toBeLessThan(2_000);
    expect(await cut).toBe("cut");
    expect(await kept).toEqual([{ slept: "" }]);
  });

  async function countSleeping(): Promise<number> {
    const { rows } = await db.owner.query<{ sleeping: number }>(
      `select count(*)::int as sleeping from pg_stat_activity
       where datname = current_database() and state = 'active' and query like 'select pg_sleep%'`,
    );
    return rows[0]!.sleeping;
  }
});

describe("a lost connection", () => {
  it("costs the statement in flight, not the process", async () => {
    await inAccess(db, (tx) => tx.query(sql`select 1 as one`));
    await db.owner.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
    );
    await new Promise((done) => setTimeout(done, 100));
    expect(await inAccess(db, (tx) => tx.query(sql`select 1 as one`))).toEqual([{ one: 1 }]);
  });
});
