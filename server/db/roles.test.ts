import { randomUUID } from "node:crypto";
import pg from "pg";
import { describe, expect, it } from "vitest";
import { emptyDatabase, testDatabase } from "../testing/database.ts";
import { sql } from "./db.ts";
import { ensureRoles } from "./roles.ts";
import { inAccess, inClient } from "./tx.ts";
import type { ClientId } from "../base/ids.ts";

const db = testDatabase();

/** Tables with a client_id that the request role reads by admin, not by client. */
const BY_ADMIN = ["memberships"];

async function clientTables(): Promise<{ name: string; is_guarded: boolean; is_forced: boolean; owner: string }[]> {
  const { rows } = await db.owner.query<{ name: string; is_guarded: boolean; is_forced: boolean; owner: string }>(
    `select relname as name, relrowsecurity as is_guarded, relforcerowsecurity as is_forced, relowner::regrole::text as owner
     from pg_class c where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace
       and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'client_id')
     order by relname`,
  );
  return rows.filter(({ name }) => !BY_ADMIN.includes(name));
}

describe("the two roles", () => {
  it("are who the pools say they are", async () => {
    const ask = "select current_user::text as who, session_user::text as login, current_setting('timezone') as zone";
    const owner = await db.owner.query(ask);
    const app = await db.app.query(ask);
    const prisma = await db.prisma.$queryRawUnsafe(ask);
    expect(owner.rows).toEqual([{ who: "muster", login: "muster", zone: "UTC" }]);
    expect(app.rows).toEqual([{ who: "muster_app", login: "muster", zone: "UTC" }]);
    expect(prisma).toEqual([{ who: "muster_app", login: "muster", zone: "UTC" }]);
  });

  it("have no power past row-level security, neither the owner's superuser nor the request role's anything", async () => {
    const { rows } = await db.owner.query(
      `select rolname as name, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin from pg_roles
       where rolname in ('muster', 'muster_app') order by rolname`,
    );
    expect(rows).toEqual([
      {
        name: "muster",
        rolsuper: false,
        rolbypassrls: false,
        rolcreaterole: true,
        rolcreatedb: true,
        rolcanlogin: true,
      },
      {
        name: "muster_app",
        rolsuper: false,
        rolbypassrls: false,
        rolcreaterole: false,
        rolcreatedb: false,
        rolcanlogin: true,
      },
    ]);
  });

  it("own everything and nothing", async () => {
    const { rows } = await db.owner.query<{ owner: string }>(
      "select distinct relowner::regrole::text as owner from pg_class where relnamespace = 'public'::regnamespace",
    );
    expect(rows).toEqual([{ owner: "muster" }]);
  });

  it("keep the request role out of the job queue, of truncating and of making things", async () => {
    await expect(db.app.query("select * from graphile_worker.jobs")).rejects.toThrow(/permission denied/);
    await expect(db.app.query("truncate missions cascade")).rejects.toThrow(/permission denied/);
    await expect(db.app.query("create table public.mine (a int)")).rejects.toThrow(/permission denied/);
  });

  it("can be set up again, by several at once", async () => {
    const urls = await Promise.all([emptyDatabase(), emptyDatabase(), emptyDatabase()]);
    const clients = urls.map((url) => new pg.Client(url));
    await Promise.all(clients.map((client) => client.connect()));
    const results = await Promise.all(clients.map((client) => ensureRoles(client)));
    await Promise.all(clients.map((client) => client.end()));
    expect(results).toHaveLength(3);
  });
});

describe("row-level security", () => {
  it("is enabled and not forced on every table of a client", async () => {
    const tables = await clientTables();
    expect(tables.length).toBeGreaterThan(15);
    expect(tables.filter(({ is_guarded, is_forced }) => !is_guarded || is_forced)).toEqual([]);
  });

  it("shows nothing to a query without a client, and to another client nothing but its own", async () => {
    const [mine, theirs] = [randomUUID() as ClientId, randomUUID() as ClientId];
    for (const client of [mine, theirs]) {
      await db.owner.query("insert into clients (id, name, subdomain) values ($1, 'a client', $2)", [
        client,
        `c${client.slice(0, 8)}`,
      ]);
      await db.owner.query(
        "insert into tiers (client_id, tier_id, tier_order, tier_name) values ($1, 'tier_1', 1, 'Bronze')",
        [client],
      );
    }
    const all = sql`select client_id from tiers`;
    expect(await inAccess(db, (tx) => tx.query(all))).toEqual([]);
    expect((await db.app.query("select client_id from tiers")).rows).toEqual([]);
    expect(await inClient(db, mine, (tx) => tx.query(all))).toEqual([{ client_id: mine }]);
    const named = sql`select client_id from tiers where client_id = ${theirs}::uuid`;
    expect(await inClient(db, mine, (tx) => tx.query(named))).toEqual([]);
  });

  it("refuses rows written for another client", async () => {
    const [mine, theirs] = [randomUUID() as ClientId, randomUUID() as ClientId];
    for (const client of [mine, theirs]) {
      await db.owner.query("insert into clients (id, name, subdomain) values ($1, 'a client', $2)", [
        client,
        `d${client.slice(0, 8)}`,
      ]);
    }
    const smuggle = inClient(db, mine, (tx) =>
      tx.execute(
        sql`insert into tiers (client_id, tier_id, tier_order, tier_name) values (${theirs}::uuid, 'tier_1', 1, 'Bronze')`,
      ),
    );
    await expect(smuggle).rejects.toThrow(/row-level security/);
  });

  it("answers no row of any client's table without a client", async () => {
    for (const { name } of await clientTables()) {
      const { rows } = await db.app
        .query<{ rows: number }>(
          `select case when has_table_privilege('${name}', 'select') then (select count(*)::int from (select from ${name} limit 1) r) else 0 end as rows`,
        )
        .catch((error: unknown) => {
          // Staging may be closed to reading altogether, which is as good.
          if ((error as { code?: string }).code === "42501") return { rows: [{ rows: 0 }] };
          throw error;
        });
      expect({ name, rows: rows[0]!.rows }).toEqual({ name, rows: 0 });
    }
  });

  it("is never asked for a client id that is none", () => {
    expect(() => inClient(db, "x'; reset role; --" as ClientId, () => Promise.resolve())).toThrow(/client id/);
  });
});
