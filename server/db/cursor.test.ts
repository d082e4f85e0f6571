import { describe, expect, it } from "vitest";
import type { ClientId } from "../base/ids.ts";
import { aClient, aCreator } from "../testing/builders.ts";
import { testDatabase } from "../testing/database.ts";
import { readInClient } from "./cursor.ts";
import { type Sql, sql } from "./db.ts";

const db = testDatabase();
/** A server that is busy with other tests ends a connection within seconds, not at once. */
const SOON = { timeout: 20_000 };
const unheard = new AbortController().signal;

function read<Row extends object>(
  client: ClientId,
  statement: Sql,
  options: { signal?: AbortSignal; idleMs?: number } = {},
) {
  return readInClient<string, Row>(db, client, () => Promise.resolve({ head: "head", statement }), {
    signal: unheard,
    ...options,
  });
}

async function all<Row>(batches: AsyncGenerator<Row[]>): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const batch of batches) rows.push(...batch);
  return rows;
}

const numbers = (to: number) => sql`select g::int as n from generate_series(1, ${to}::int) g order by g`;
const open = () => ({ total: db.exports.totalCount, idle: db.exports.idleCount });
async function backends(): Promise<number> {
  const { rows } = await db.owner.query<{ count: number }>(
    `select count(*)::int as count from pg_stat_activity
     where datname = current_database() and query like '%from answer%' and pid <> pg_backend_pid()`,
  );
  return rows[0]!.count;
}

describe("a cursor", () => {
  it.each([0, 1, 999, 1000, 1001, 2500])(
    "answers all of %d rows in order, once, and gives its connection back",
    async (count) => {
      const client = await aClient(db);
      const { head, batches } = await read<{ n: number }>(client, numbers(count));
      expect(head).toBe("head");
      expect((await all(batches)).map(({ n }) => n)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
      expect(open()).toEqual({ total: 1, idle: 1 });
    },
  );

  it("sees one client's rows in one snapshot, as the request role, and writes nothing", async () => {
    const [client, other] = [await aClient(db), await aClient(db)];
    const own = await aCreator(db, client);
    await aCreator(db, other);
    const { batches } = await readInClient<null, { id: string; who: string }>(
      db,
      client,
      async (tx) => {
        await expect(tx.execute(sql`savepoint s`)).resolves.toBe(0);
        await expect(tx.execute(sql`update users set email = 'x'`)).rejects.toThrow(/read-only/);
        await tx.execute(sql`rollback to s`);
        await tx.query(sql`select id from users`);
        await aCreator(db, client);
        return { head: null, statement: sql`select id, current_user::text as who from users` };
      },
      { signal: unheard },
    );
    expect(await all(batches)).toEqual([{ id: own, who: "muster_app" }]);
  });

  it("that cannot begin throws before anything is answered, and keeps no connection", async () => {
    const client = await aClient(db);
    await expect(read(client, sql`select 1 / 0 as n`)).rejects.toThrow(/division by zero/);
    await expect(read(client, sql`select 1::bigint as n`)).rejects.toThrow(/must be cast/);
    await expect(read("x'; reset role; --" as ClientId, numbers(1))).rejects.toThrow(/client id/);
    await expect.poll(open, SOON).toEqual({ total: 0, idle: 0 });
  });

  it("begins without its first row when that takes long", async () => {
    const client = await aClient(db);
    const holder = await db.owner.connect();
    await holder.query("select pg_advisory_lock(4711)");
    const { head, batches } = await read<{ n: number }>(
      client,
      sql`select 1 as n from (select pg_advisory_xact_lock_shared(4711)) l`,
    );
    expect(head).toBe("head");
    await holder.query("select pg_advisory_unlock(4711)");
    holder.release();
    expect(await all(batches)).toEqual([{ n: 1 }]);
  });

  it("that fails in the middle throws there", async () => {
    const client = await aClient(db);
    const { batches } = await read<{ n: number }>(
      client,
      sql`select 1 / (1500 - g) as n from generate_series(1, 9000) g`,
    );
    const seen: number[] = [];
    const walk = async () => {
      for await (const rows of batches) seen.push(...rows.map(({ n }) => n));
    };
    await expect(walk()).rejects.toThrow(/division by zero/);
    expect(seen).toHaveLength(1000);
    await expect.poll(open, SOON).toEqual({ total: 0, idle: 0 });
  });

  it("that its reader leaves, begun or not, ends on the server", async () => {
    const client = await aClient(db);
    const begun = await read(client, numbers(9000));
    for await (const _rows of begun.batches) break;
    const gone = new AbortController();
    await read(client, numbers(9000), { signal: gone.signal });
    gone.abort();
    await expect.poll(open, SOON).toEqual({ total: 0, idle: 0 });
    await expect.poll(backends, SOON).toBe(0);
    await expect(read(client, numbers(1), { signal: AbortSignal.abort() })).rejects.toThrow();
    await expect.poll(open, SOON).toEqual({ total: 0, idle: 0 });
  });

  it("is ended in the middle of a statement, and does not wait for its end", async () => {
    const client = await aClient(db);
    const gone = new AbortController();
    const asked = read(client, sql`select pg_sleep(600)::text as n`, { signal: gone.signal });
    await expect.poll(backends, SOON).toBe(1);
    gone.abort();
    await expect(asked).rejects.toThrow();
    await expect.poll(backends, SOON).toBe(0);
  });

  it("that nobody reads on from is ended by the server", async () => {
    const client = await aClient(db);
    const { batches } = await read(client, numbers(9000), { idleMs: 50 });
    await expect.poll(backends, SOON).toBe(0);
    await expect(all(batches)).rejects.toThrow();
    await expect.poll(open, SOON).toEqual({ total: 0, idle: 0 });
  });

  it("says so when as many are open as there may be", async () => {
    const client = await aClient(db);
    const gone = new AbortController();
    for (let taken = 0; taken < 4; taken += 1) await read(client, numbers(9000), { signal: gone.signal });
    await expect(read(client, numbers(1))).rejects.toMatchObject({
      code: "unavailable",
      message: "4 downloads are under way, which is as many as there may be. Try again when one is done.",
    });
    gone.abort();
    await expect.poll(open, SOON).toEqual({ total: 0, idle: 0 });
  });
});
