/** A real replica, which follows by streaming. */
import type { FastifyInstance } from "fastify";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createLog } from "../../base/log.ts";
import type { ClientId } from "../../base/ids.ts";
import { readEnv } from "../../env.ts";
import { exportLists, type Listed } from "../../exports/lists.ts";
import type { ExportListName } from "../../exports/schema.ts";
import { keptKinds } from "../../sync/changes/schema.ts";
import { aClient, aCreator, aMission, aProgressRow, asOwner } from "../../testing/builders.ts";
import { callerAs } from "../../testing/caller.ts";
import { exported } from "../../testing/exports.ts";
import { aSession, testHttp } from "../../testing/http.ts";
import { Replication } from "../../testing/replication.ts";
import { readInClient } from "../cursor.ts";
import { type Db, sql } from "../db.ts";
import { openDatabase, type RootDb } from "../pools.ts";
import { identityOf } from "./position.ts";
import type { Served } from "./rules.ts";
import { inClientMaybeStale } from "./stale.ts";

// Two clusters are made and started, which is seconds on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });
const SOON = { timeout: 30_000 };

let both: Replication;
let db: RootDb;
let app: FastifyInstance;
let client: ClientId;
let other: ClientId;

beforeAll(async () => {
  both = await Replication.start(readEnv().pgBin);
  const replica = { url: both.replicaUrl, log: createLog({ level: "silent" }) };
  db = openDatabase({ url: both.url, applicationName: "muster test", replica });
  app = await testHttp(db);
  [client, other] = [await aClient(db), await aClient(db)];
  const creator = await aCreator(db, client, { handle: "anna" });
  await aProgressRow(db, client, creator, await aMission(db, client));
  await aCreator(db, other, { handle: "stranger" });
  await caughtUp();
});
afterAll(async () => {
  await app.close();
  await db.close();
  await both.stop();
});

/** Waits until the replica is in use and has everything that is written by now. */
async function caughtUp(): Promise<void> {
  const written = Date.now();
  await vi.waitFor(async () => {
    await db.replica!.look();
    const { state, asOf } = db.replica!.report();
    expect(state).toBe("in_use");
    expect(asOf!.getTime()).toBeGreaterThanOrEqual(written);
  }, SOON);
}

const served = (what: Served) => db.replica!.reads.get(what) ?? 0;
const where = sql`select pg_is_in_recovery() as is_replica, current_user::text as who, current_setting('timezone') as zone`;
const handles = (tx: Db) => tx.query<{ handle: string }>(sql`select tiktok_handle as handle from users order by 1`);

describe("a list", () => {
  it("is read on the replica as the request role, and sees one client's rows", async () => {
    const { answer, asOf } = await inClientMaybeStale(db, client, async (tx) => [
      await tx.query(where),
      await handles(tx),
    ]);
    expect(answer).toEqual([[{ is_replica: true, who: "muster_app", zone: "UTC" }], [{ handle: "anna" }]]);
    expect(Math.abs(Date.now() - asOf!.getTime())).toBeLessThan(30_000);
    const nobody = await db.replica!.app.query("select count(*)::int as seen from users");
    expect(nobody.rows).toEqual([{ seen: 0 }]);
  });

  it("says as of when it is", async () => {
    const before = served("replica");
    const viewer = await callerAs(db, "viewer", client);
    const page = await viewer.creators.list({ clientId: client, mayBeStale: true });
    expect(page.rows.map(({ handle }) => handle)).toEqual(["anna"]);
    expect(page.asOf).toBeInstanceOf(Date);
    expect((await viewer.audit.list({ clientId: client })).asOf).toBeInstanceOf(Date);
    expect(served("replica")).toBe(before + 2);
  });

  it("says nothing of an entry that the replica has not got yet, and no more than that of its age", async () => {
    await both.askSuperuser("replica", "select pg_wal_replay_pause()");
    await aCreator(db, client, { handle: "ben" });
    const added = Date.now();
    const old = await inClientMaybeStale(db, client, handles);
    expect(old.answer).toEqual([{ handle: "anna" }]);
    expect(old.asOf!.getTime()).toBeLessThan(added);
    await both.askSuperuser("replica", "select pg_wal_replay_resume()");
    await caughtUp();
    const fresh = await inClientMaybeStale(db, client, handles);
    expect(fresh.answer).toEqual([{ handle: "anna" }, { handle: "ben" }]);
    expect(fresh.asOf!.getTime()).toBeGreaterThanOrEqual(added);
  });

  it("that stands in the way of the replica's replay is read from the primary", async () => {
    const before = served("conflict") + served("cut");
    const ways: unknown[] = [];
    const { answer, asOf } = await inClientMaybeStale(db, client, async (tx) => {
      const [at] = await tx.query<{ is_replica: boolean }>(where);
      ways.push(at!.is_replica);
      const found = await handles(tx);
      if (at!.is_replica) {
        // Its replay needs the lock that the read on the replica has.
        await asOwner(db, async (owner) => {
          await owner.execute(sql`begin`);
          await owner.execute(sql`lock table users in access exclusive mode`);
          await owner.execute(sql`commit`);
        });
        await tx.query(sql`select pg_sleep(600)::text`);
      }
      return found;
    });
    expect(answer).toHaveLength(2);
    expect(asOf).toBeNull();
    expect(ways).toEqual([true, false]);
    // Between two statements it is not the read that is ended but its connection.
    expect(served("conflict") + served("cut")).toBe(before + 1);
    await caughtUp();
  });
});

describe("a replica of this database", () => {
  const elsewhere = async () => {
    const url = new URL(both.url);
    url.pathname = "/postgres";
    const pool = new pg.Pool({ connectionString: url.toString(), max: 1 });
    return identityOf(pool).finally(() => pool.end());
  };

  it("is told from others by what it shares with the primary alone", async () => {
    expect(await identityOf(db.replica!.owner)).toBe(await identityOf(db.owner));
    expect(await elsewhere()).not.toBe(await identityOf(db.owner));
  });

  it("is so too where a service keeps the system's number to itself", async () => {
    const number = await identityOf(db.owner);
    await both.askSuperuser("primary", "revoke execute on function pg_control_system() from public");
    await caughtUp();
    const kept = await identityOf(db.owner);
    expect(kept).not.toBe(number);
    expect(await identityOf(db.replica!.owner)).toBe(kept);
    await both.askSuperuser("primary", "grant execute on function pg_control_system() to public");
    await caughtUp();
  });
});

describe("a download", () => {
  it("comes from the replica, and says as of when in a header and in its name", async () => {
    const cookie = await aSession(db, app, client, "viewer");
    const url = `/api/clients/${client}/exports/creators.csv`;
    const answer = await app.inject({ url, headers: { cookie } });
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain("anna");
    const asOf = new Date(String(answer.headers["x-muster-data-as-of"]));
    expect(Math.abs(Date.now() - asOf.getTime())).toBeLessThan(30_000);
    expect(answer.headers["content-disposition"]).toMatch(/creators-as-of-\d{4}(-\d\d){5}\.csv/);
  });

  it("of each list that may be stale is one that a replica can answer", async () => {
    const { runId, missionId } = await aRun();
    const asked = [
      ...keptKinds.map((kind) => ["run-changes", { runId, kind }] as const),
      ["tier-moves", { runId }] as const,
      ["progress", { missionId }] as const,
      ...(["creators", "redemptions", "runs", "audit"] as const).map((name) => [name, {}] as const),
    ];
    const stale = (Object.keys(exportLists) as ExportListName[]).filter((name) => {
      const { mayBeStale }: Listed = exportLists[name];
      return mayBeStale === true;
    });
    expect(new Set(asked.map(([name]) => name))).toEqual(new Set(stale));
    const before = served("replica");
    for (const [name, filters] of asked) {
      const { asOf } = await exported(db, client, name, filters);
      expect([name, filters, asOf === null]).toEqual([name, filters, false]);
    }
    expect(served("replica")).toBe(before + asked.length);
    expect((await exported(db, client, "missions")).asOf).toBeNull();
  });

  it("that is given up ends its statement on the replica", async () => {
    const gone = new AbortController();
    const prepare = () => Promise.resolve({ head: null, statement: sql`select pg_sleep(600)::text as n` });
    await readInClient(db, client, prepare, { signal: gone.signal, mayBeStale: true });
    expect(await sleeping()).toBe(1);
    gone.abort();
    await expect.poll(sleeping, SOON).toBe(0);
    expect(db.replica!.report().state).toBe("in_use");
  });
});

describe("a replica that goes away", () => {
  it("without a word is not waited for", async () => {
    const begun = Date.now();
    let thaw = () => {};
    const { answer, asOf } = await inClientMaybeStale(db, client, async (tx) => {
      const [at] = await tx.query<{ is_replica: boolean }>(where);
      if (at!.is_replica) thaw = await both.freezeReplica();
      return handles(tx);
    });
    const tookMs = Date.now() - begun;
    expect({ answer: answer.length, asOf, state: db.replica!.report().state }).toEqual({
      answer: 2,
      asOf: null,
      state: "away",
    });
    // Two looks in a row that hear nothing; by then nobody else waits any more.
    expect(tookMs).toBeLessThan(20_000);
    thaw();
    await caughtUp();
  });

  it("is done without, in time and without an error, and used again when it is back", async () => {
    const cookie = await aSession(db, app, client, "viewer");
    await both.stopReplica("SIGQUIT");
    for (const _ of [1, 2, 3]) {
      const begun = Date.now();
      const { answer, asOf } = await inClientMaybeStale(db, client, handles);
      expect({ answer: answer.length, asOf }).toEqual({ answer: 2, asOf: null });
      expect(Date.now() - begun).toBeLessThan(5_000);
    }
    await expect.poll(() => db.replica!.report().state, SOON).toBe("away");
    const download = await app.inject({ url: `/api/clients/${client}/exports/audit.csv`, headers: { cookie } });
    expect([download.statusCode, download.headers["x-muster-data-as-of"]]).toEqual([200, undefined]);
    const health = await app.inject({ url: "/health" });
    expect([health.statusCode, health.json()]).toMatchObject([200, { status: "ok", replica: { state: "away" } }]);
    const away = (await app.inject({ url: "/metrics" })).body;
    expect(away).toContain("muster_replica_in_use 0");
    expect(away).toMatch(/muster_replica_reads_total\{served="away"\} [1-9]/);

    await both.startReplica();
    await caughtUp();
    const [row] = (await inClientMaybeStale(db, client, (tx) => tx.query(where))).answer;
    expect(row).toMatchObject({ is_replica: true });
    const back = await app.inject({ url: "/health" });
    expect(back.json()).toMatchObject({ status: "ok", replica: { state: "in_use" } });
    const { body } = await app.inject({ url: "/metrics" });
    expect(body).toContain("muster_replica_in_use 1");
    expect(body).toMatch(/muster_replica_lag_seconds \d/);
  });
});

async function sleeping(): Promise<number> {
  const { rows } = await db.replica!.owner.query<{ count: number }>(
    "select count(*)::int as count from pg_stat_activity where query like '%from answer%' and state = 'active' and pid <> pg_backend_pid()",
  );
  return rows[0]!.count;
}

async function aRun(): Promise<{ runId: string; missionId: string }> {
  const [row] = await asOwner(db, (owner) =>
    owner.query<{ runId: string; missionId: string }>(sql`
      insert into sync_runs (client_id, number, source, status, by_name, started_at, ended_at)
      values (${client}::uuid, 1, 'manual', 'succeeded', 'Ada', now(), now())
      returning id::text as "runId",
        (select id::text from missions m where m.client_id = sync_runs.client_id limit 1) as "missionId"`),
  );
  await caughtUp();
  return row!;
}
