import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { beforeAll, describe, expect, it } from "vitest";
import type { ClientId } from "../../base/ids.ts";
import { createLog } from "../../base/log.ts";
import { homeOf } from "../../db/homes.ts";
import { openDatabase, REQUEST_ROLE, type RootDb } from "../../db/pools.ts";
import { createClient } from "../../schedule/new-client.ts";
import { startSync } from "../../sync/service.ts";
import { pipeline } from "../../sync/steps.ts";
import { verifyProgramme } from "../../sync/verify/service.ts";
import { startWorker } from "../../sync/worker.ts";
import { callerAs } from "../../testing/caller.ts";
import { testDatabase } from "../../testing/database.ts";
import { dayFile, shell, storeDay } from "../../testing/day-files.ts";
import { testHttp } from "../../testing/http.ts";
import { makePlace } from "../../testing/cluster-lint/homes.ts";

const plain = testDatabase();
const now = new Date("2026-11-20T09:00:00Z");
let db: RootDb;
let homes: string[];

/** As the owner, who sees both parts and the tables beside them. */
async function ask<Row extends pg.QueryResultRow>(text: string): Promise<Row[]> {
  return (await plain.owner.query<Row>(text)).rows;
}
const count = async (table: string, where = "true") =>
  (await ask<{ count: number }>(`select count(*)::int as count from ${table} where ${where}`))[0]!.count;

beforeAll(async () => {
  homes = await makePlace(plain.url);
  db = openDatabase({ url: plain.url, applicationName: "muster test" });
  return () => db.close();
});

const LADDER = [
  { tierName: "Bronze", salesThreshold: "0", checkpointExempt: true },
  { tierName: "Silver", salesThreshold: "20", checkpointExempt: false },
].map((tier) => ({ ...tier, tierId: null, unitsThreshold: null, tierColor: null, commissionRate: "10" }));

/** A client with a ladder of two tiers, whose rows lie in that home: its id decides, which is drawn. */
async function aClientIn(home: string): Promise<ClientId> {
  for (let attempt = 0; ; attempt += 1) {
    const name = `${home.replace("_", "-")}-${attempt}-${Math.random().toString(36).slice(2, 8)}`;
    const row = { name, subdomain: name, metric: "sales", timezone: "UTC", currency: "USD" } as const;
    const look = { primaryColor: "#112233", checkpointMonths: 4 };
    const client = await createClient(db, shell, { ...row, ...look, tiers: LADDER }, now);
    if ((await homeOf(db, client)).schema === home) return client;
  }
}

/** A programme after its first night: of two creators one rises to Silver, for whom a mission waits. */
async function aNightIn(home: string): Promise<ClientId> {
  const client = await aClientIn(home);
  const caller = await callerAs(db, "owner", client, { now });
  await caller.missions.create({
    clientId: client,
    title: "Post one video",
    missionType: "videos",
    targetValue: "1",
    tierEligibility: "tier_2",
    enabled: true,
  });
  const importId = await storeDay(db, client, dayFile([{}, { Handle: "nora", Video: "74002", GMV: "30.00" }]));
  const { runId } = await startSync(db, shell, client, { importId, inbox: false, now });
  while ((await count(`${home}.sync_runs`, `id = '${runId}' and ended_at is null`)) > 0) await wait(20);
  return client;
}

/** A session of the request role on the node, as a service has it: in the home, for that client. */
async function asRequest<T>(home: string, client: ClientId, work: (tx: pg.Client) => Promise<T>): Promise<T> {
  const connection = new pg.Client(plain.url);
  await connection.connect();
  try {
    await connection.query(
      `set role ${REQUEST_ROLE}; set search_path = ${home}, public; set app.client_id = '${client}'`,
    );
    return await work(connection);
  } finally {
    await connection.end();
  }
}

describe("a night in each home", () => {
  let clients: ClientId[];
  const anywhere = () => homes.map((home, index) => ({ home, client: clients[index]! }));

  beforeAll(async () => {
    const log = createLog({ level: "silent" });
    const deps = { now: () => now, log, inboxDir: "", uploadLimitBytes: 1_000_000, steps: pipeline };
    const worker = await startWorker(db, deps);
    try {
      clients = [await aNightIn(homes[0]!), await aNightIn(homes[1]!)];
    } finally {
      await worker.stop();
    }
  });

  it("writes to the parts of that home, and nothing to the tables of `public`", async () => {
    for (const table of ["users", "videos", "mission_progress", "seeds", "sync_events", "eligibility_counts"]) {
      for (const { home, client } of anywhere()) {
        expect(await count(`${home}.${table}`, `client_id = '${client}'`), `${home}.${table}`).toBeGreaterThan(0);
        expect(await count(`${home}.${table}`, `client_id <> '${client}'`), `others in ${home}.${table}`).toBe(0);
      }
      expect(await count(`public.${table}`), `public.${table}`).toBe(0);
    }
  });

  it("is told of in the metrics by the pools of the node", async () => {
    const app = await testHttp(db);
    const { body } = await app.inject({ url: "/metrics" });
    await app.close();
    const [address] = [...db.homes.reached().keys()];
    expect(body).toContain(`muster_database_connections{pool="app",node="${address}",state="open"}`);
    expect(body).toContain('muster_database_connections{pool="app",state="open"}');
  });

  it("seeds who qualifies, and everything counted agrees with what is counted anew", async () => {
    for (const { home, client } of anywhere()) {
      const seeded = await ask(
        `select u.tiktok_handle as handle, p.status from ${home}.mission_progress p join ${home}.users u on u.id = p.user_id`,
      );
      expect(seeded).toEqual([{ handle: "nora", status: "dormant" }]);
      expect(await verifyProgramme(db, shell, client, now)).toEqual({
        summed: 0,
        seeded: 0,
        progressed: 0,
        recounted: 0,
      });
    }
  });

  it("answers an admin's preview and searches", async () => {
    for (const { client } of anywhere()) {
      const caller = await callerAs(db, "owner", client, { now });
      const [mission] = (await caller.missions.list({ clientId: client, limit: 10 })).rows;
      const { counts } = await caller.eligibility.preview({ clientId: client, missionId: mission!.id });
      expect(counts).toMatchObject({ willCreate: 0, alreadySeeded: 1, notEligible: 1 });
      const found = await caller.creators.list({ clientId: client, q: "nor", limit: 10 });
      expect(found.rows.map(({ handle }) => handle)).toEqual(["nora"]);
    }
  });

  it("shows nobody a neighbour in the same home, through views as little as through tables", async () => {
    const [home] = homes;
    const neighbour = await aClientIn(home!);
    const seen = await asRequest(home!, neighbour, async (tx) => ({
      users: (await tx.query("select from users")).rowCount,
      judged: (await tx.query("select from mission_eligibility")).rowCount,
      tiers: (await tx.query("select distinct client_id from tiers")).rows,
    }));
    expect(seen).toEqual({ users: 0, judged: 0, tiers: [{ client_id: neighbour }] });
  });

  it("writes what every node has a copy of by its name in `public` alone", async () => {
    for (const { home, client } of anywhere()) {
      const write = (name: string) =>
        asRequest(home, client, (tx) =>
          tx.query(`update ${name} set logo_url = 'https://x.test' where id = '${client}'`),
        );
      await expect(write("clients")).rejects.toThrow(/every node has a copy of clients: write to public\.clients/);
      await write("public.clients");
      expect(await count(`${home}.clients`, `id = '${client}' and logo_url = 'https://x.test' and has_imported`)).toBe(
        1,
      );
    }
  });

  it("does once what follows from a change of the client, in its own home", async () => {
    const client = clients[0]!;
    const queued = () => Promise.all(homes.map((home) => count(`${home}.progress_queue`, "users is null")));
    expect(await queued()).toEqual([0, 0]);
    await ask(`update clients set timezone = 'Asia/Tokyo' where id = '${client}'`);
    expect(await queued()).toEqual([1, 0]);
  });
});
