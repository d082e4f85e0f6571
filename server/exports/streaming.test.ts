/** What only a large file and a real connection show. */
import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ClientId } from "../base/ids.ts";
import { sql } from "../db/db.ts";
import { aClient, aMission, asOwner } from "../testing/builders.ts";
import { testDatabase } from "../testing/database.ts";
import { aSession, testHttp } from "../testing/http.ts";
import { bytesInUse } from "../testing/memory.ts";

const CREATORS = 200_000;

const db = testDatabase();
/** A server that is busy with other tests ends a connection within seconds, not at once. */
const SOON = { timeout: 20_000 };
let app: FastifyInstance;
let client: ClientId;
let missionId: string;
let cookie: string;

beforeAll(async () => {
  app = await testHttp(db);
  await app.listen({ port: 0, host: "127.0.0.1" });
  client = await aClient(db);
  missionId = await aMission(db, client);
  cookie = await aSession(db, app, client, "viewer");
  await asOwner(db, async (owner) => {
    await owner.execute(sql`
      insert into users (client_id, tiktok_handle, current_tier)
      select ${client}::uuid, 'creator_' || g, 'tier_1' from generate_series(1, ${CREATORS}::int) g`);
    await owner.execute(sql`analyze users`);
  });
});
afterAll(() => app.close());

function ask() {
  const { port } = app.server.address() as AddressInfo;
  const path = `/api/clients/${client}/exports/eligibility.csv?missionId=${missionId}&bucket=will_create`;
  return get({ port, host: "127.0.0.1", path, headers: { cookie } });
}

async function answer(): Promise<IncomingMessage> {
  const [response] = (await once(ask(), "response")) as [IncomingMessage];
  return response;
}

const open = () => db.exports.totalCount - db.exports.idleCount;
async function states(): Promise<string[]> {
  const { rows } = await db.owner.query<{ state: string }>(
    `select state from pg_stat_activity
     where datname = current_database() and query like '%from answer%' and pid <> pg_backend_pid() and state <> 'idle'`,
  );
  return rows.map(({ state }) => state);
}

describe("a large download", () => {
  it("begins while the server is still reading, goes out whole, and never lies in memory", async () => {
    const before = bytesInUse();
    const response = await answer();
    let [lines, bytes, highest, wasReading] = [0, 0, 0, false];
    for await (const chunk of response as AsyncIterable<Buffer>) {
      if (bytes === 0) wasReading = (await states()).length === 1;
      lines += chunk.toString("latin1").split("\n").length - 1;
      const isNextMegabyte = Math.floor(bytes / 2 ** 20) < Math.floor((bytes + chunk.length) / 2 ** 20);
      bytes += chunk.length;
      if (isNextMegabyte) highest = Math.max(highest, bytesInUse() - before);
    }
    expect({ status: response.statusCode, complete: response.complete, lines }).toEqual({
      status: 200,
      complete: true,
      lines: CREATORS + 1,
    });
    expect(wasReading).toBe(true);
    expect(bytes).toBeGreaterThan(8 * 2 ** 20);
    // The file alone is larger than that, and its rows as objects are many times larger.
    expect(highest).toBeLessThan(6 * 2 ** 20);
    await expect.poll(open, SOON).toBe(0);
  });

  it("stops reading when its reader stops, and ends with the connection", async () => {
    const response = await answer();
    await once(response, "readable");
    await expect.poll(states, SOON).toEqual(["idle in transaction"]);
    response.destroy();
    await expect.poll(states, SOON).toEqual([]);
    await expect.poll(open, SOON).toBe(0);
  });

  it("that is given up before its first row ends the statement", async () => {
    let release = () => {};
    const released = new Promise<void>((done) => {
      release = done;
    });
    let held: Promise<void> = Promise.resolve();
    await new Promise<void>((locked) => {
      held = asOwner(db, async (owner) => {
        await owner.execute(sql`begin`);
        await owner.execute(sql`lock table users in access exclusive mode`);
        locked();
        await released;
        await owner.execute(sql`rollback`);
      });
    });
    const waiting = async () => {
      const { rows } = await db.owner.query<{ count: number }>(
        "select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      );
      return rows[0]!.count;
    };
    const request = ask();
    const broken = once(request, "error");
    await expect.poll(waiting, SOON).toBe(1);
    request.destroy(new Error("the reader is gone"));
    await broken;
    await expect.poll(waiting, SOON).toBe(0);
    release();
    await held;
    await expect.poll(open, SOON).toBe(0);
  });

  it("that fails in the middle breaks off, and is not taken for a whole file", async () => {
    const response = await answer();
    const failed = once(response, "error");
    await once(response, "readable");
    await expect.poll(states, SOON).toEqual(["idle in transaction"]);
    await db.owner.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and query like '%from answer%' and pid <> pg_backend_pid()`,
    );
    response.resume();
    expect(await failed).toMatchObject([{ code: "ECONNRESET" }]);
    expect(response.complete).toBe(false);
    await expect.poll(open, SOON).toBe(0);
  });
});
