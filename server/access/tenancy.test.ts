import { describe, expect, it } from "vitest";
import { type Db, sql } from "../db/db.ts";
import { Prisma } from "../db/generated/client.ts";
import { inAccess, inClient } from "../db/tx.ts";
import { aClient, aCreator, aMission, aProgressRow, asOwner, aVideo } from "../testing/builders.ts";
import { testDatabase } from "../testing/database.ts";

const db = testDatabase();

/** Every table with a client_id except memberships, which `access` reads by admin. */
function clientTables(): Promise<{ name: string; secured: boolean; forced: boolean }[]> {
  return asOwner(db, (owner) =>
    owner.query(sql`
      select c.relname::text as name, c.relrowsecurity as secured, c.relforcerowsecurity as forced
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'client_id' and not a.attisdropped
      where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and c.relname <> 'memberships'
      order by 1`),
  );
}

function count(tx: Db, table: string, where = Prisma.empty) {
  return tx.query<{ n: number }>(sql`select count(*)::int as n from ${Prisma.raw(`"${table}"`)} ${where}`);
}

async function aFullClient() {
  const client = await aClient(db);
  const user = await aCreator(db, client);
  const mission = await aMission(db, client);
  await aVideo(db, client, user);
  await aProgressRow(db, client, user, mission);
  return { client, user, mission };
}

describe("row-level security", () => {
  it("stands on every client table, enabled and not forced", async () => {
    const tables = await clientTables();
    expect(tables.length).toBeGreaterThanOrEqual(20);
    expect(tables.filter((table) => !table.secured || table.forced)).toEqual([]);
  });

  it("shows nothing of any client table to a transaction without a client", async () => {
    await aFullClient();
    for (const { name } of await clientTables()) {
      const rows = await inAccess(db, async (tx) => {
        // A table that the request role may not read at all is closed already.
        const [may] = await tx.query<{ yes: boolean }>(
          sql`select has_table_privilege(current_user, ${`public.${name}`}, 'select') as yes`,
        );
        return may!.yes ? count(tx, name) : [{ n: 0 }];
      });
      expect([name, rows]).toEqual([name, [{ n: 0 }]]);
    }
  });

  it("refuses an insert without a client, and one for another client", async () => {
    const { client } = await aFullClient();
    const other = await aClient(db);
    const insert = (tx: Db) =>
      tx.execute(
        sql`insert into users (client_id, tiktok_handle, current_tier) values (${client}::uuid, 'intruder', 'tier_1')`,
      );
    await expect(inAccess(db, insert)).rejects.toThrow(/row-level security/);
    await expect(inClient(db, other, insert)).rejects.toThrow(/row-level security/);
    expect(await inClient(db, client, insert)).toBe(1);
  });

  it("hides another client's rows even from a query that names the right ids", async () => {
    const theirs = await aFullClient();
    const mine = await aClient(db);
    const seen = await inClient(db, mine, async (tx) => [
      ...(await count(tx, "users", sql`where client_id = ${theirs.client}::uuid and id = ${theirs.user}::uuid`)),
      ...(await count(tx, "missions", sql`where id = ${theirs.mission}::uuid`)),
      ...(await count(tx, "mission_progress", sql`where mission_id = ${theirs.mission}::uuid`)),
    ]);
    expect(seen).toEqual([{ n: 0 }, { n: 0 }, { n: 0 }]);
    const moved = await inClient(db, mine, (tx) =>
      tx.execute(
        sql`update users set current_tier = 'tier_4' where client_id = ${theirs.client}::uuid and id = ${theirs.user}::uuid`,
      ),
    );
    expect(moved).toBe(0);
  });

  it("forgets the client when the transaction ends, on every connection", async () => {
    const { client } = await aFullClient();
    await Promise.all(Array.from({ length: 15 }, () => inClient(db, client, (tx) => count(tx, "users"))));
    const left = await Promise.all(Array.from({ length: 15 }, () => inAccess(db, (tx) => count(tx, "users"))));
    expect(left.flat().every(({ n }) => n === 0)).toBe(true);
  });

  it("gives the request role no way around: it owns nothing and bypasses nothing", async () => {
    const [role] = await asOwner(db, (owner) =>
      owner.query(sql`
        select r.rolsuper as super, r.rolbypassrls as bypass, r.rolcreaterole as creates,
          (select count(*)::int from pg_class c where c.relowner = r.oid) as owned
        from pg_roles r where r.rolname = 'muster_app'`),
    );
    expect(role).toEqual({ super: false, bypass: false, creates: false, owned: 0 });
    const [owner] = await asOwner(db, (pg) =>
      pg.query(sql`select rolsuper as super, rolbypassrls as bypass from pg_roles where rolname = current_user`),
    );
    expect(owner).toEqual({ super: false, bypass: false });
  });
});
