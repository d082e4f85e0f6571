import { mkdirSync, mkdtempSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import type { ClientId, RunId } from "../base/ids.ts";
import { sql } from "../db/db.ts";
import { storeImport } from "../imports/store.ts";
import { aClient, aCreator, aMission, aVideo, asOwner } from "../testing/builders.ts";
import { callerAs } from "../testing/caller.ts";
import { testDatabase } from "../testing/database.ts";
import { runnerDeps, someone } from "../testing/runs.ts";
import { runSync } from "./runner.ts";
import type { SyncStartInput } from "./schema.ts";
import { pipeline } from "./steps.ts";

const db = testDatabase();
const now = new Date("2026-11-22T09:00:00Z");

const HEADER = "Handle,Video,Views,Likes,Comments,GMV,CTR,Units Sold,Post Date,Video Title";

interface Row {
  handle: string;
  video: number;
  gmv: string;
  day?: string;
}

function csv(rows: readonly Row[]): string {
  const lines = rows.map(
    ({ handle, video, gmv, day }) =>
      `${handle},https://www.tiktok.com/@${handle}/video/${video},100,10,1,${gmv},1.5,3,${day ?? "2026-11-20"},A video`,
  );
  return `${[HEADER, ...lines].join("\r\n")}\r\n`;
}

async function upload(client: ClientId, text: string): Promise<string> {
  const file = { name: "day.csv", source: "upload" as const, stream: Readable.from([text]) };
  const { importId } = await storeImport(db, someone, client, file, { now, limitBytes: 1_000_000 });
  return importId;
}

/** Starts a run as an operator would and takes it to its end with the real eight steps. */
async function sync(client: ClientId, start: Partial<SyncStartInput> = {}, inboxDir = "/nowhere") {
  const caller = await callerAs(db, "operator", client, { now });
  const { runId } = await caller.sync.start({ clientId: client, ...start });
  await runSync(db, runnerDeps({ steps: pipeline, inboxDir }), client, runId as RunId);
  return caller.sync.get({ clientId: client, runId });
}

function redemptionsOf(client: ClientId) {
  return asOwner(db, (owner) =>
    owner.query<{ handle: string; status: string; tier: string }>(sql`
      select u.tiktok_handle as handle, r.status, r.tier_at_claim as tier
      from redemptions r join users u on u.client_id = r.client_id and u.id = r.user_id
      where r.client_id = ${client}::uuid order by u.tiktok_handle`),
  );
}

function progressOf(client: ClientId) {
  return asOwner(db, (owner) =>
    owner.query<{ handle: string; status: string; value: string }>(sql`
      select u.tiktok_handle as handle, p.status, p.current_value::text as value
      from mission_progress p join users u on u.client_id = p.client_id and u.id = p.user_id
      where p.client_id = ${client}::uuid order by u.tiktok_handle`),
  );
}

describe("the whole chain", () => {
  it("goes from a CSV to a redemption in one run", async () => {
    const client = await aClient(db);
    await aMission(db, client, { targetValue: 500 });
    const importId = await upload(
      client,
      csv([
        { handle: "@Anna", video: 1, gmv: "300.00" },
        { handle: "anna", video: 2, gmv: "250.00" },
        { handle: "ben", video: 3, gmv: "499.99" },
      ]),
    );

    const run = await sync(client, { importId });

    expect(run).toMatchObject({ status: "succeeded", error: null, fileName: "day.csv" });
    expect(run.totals).toEqual({
      rows: 3,
      rejected: 0,
      creatorsCreated: 2,
      promoted: 0,
      demoted: 0,
      seeded: 2,
      woken: 0,
      completed: 1,
      redemptions: 1,
    });
    expect(await progressOf(client)).toEqual([
      { handle: "anna", status: "completed", value: "550.00" },
      { handle: "ben", status: "active", value: "499.99" },
    ]);
    expect(await redemptionsOf(client)).toEqual([{ handle: "anna", status: "claimable", tier: "tier_1" }]);
  });

  it("seeds tonight a creator who was promoted tonight", async () => {
    const client = await aClient(db);
    await aMission(db, client, { tierEligibility: "tier_2", targetValue: 5000 });
    const importId = await upload(
      client,
      csv([
        { handle: "climber", video: 11, gmv: "1200.00" },
        { handle: "stayer", video: 12, gmv: "999.99" },
      ]),
    );

    const run = await sync(client, { importId });

    expect(run.totals).toMatchObject({ promoted: 1, seeded: 1 });
    expect((await progressOf(client)).map((row) => row.handle)).toEqual(["climber"]);
    expect(run.tierMoves).toMatchObject([{ handle: "climber", tierBefore: "tier_1", tierAfter: "tier_2" }]);
  });

  it("changes nothing more when it runs again without a file", async () => {
    const client = await aClient(db);
    await aMission(db, client, { targetValue: 100 });
    await sync(client, { importId: await upload(client, csv([{ handle: "anna", video: 21, gmv: "300" }])) });
    const before = [await progressOf(client), await redemptionsOf(client)];

    const again = await sync(client);

    expect(again.status).toBe("succeeded");
    expect(again.steps[0]).toMatchObject({
      status: "succeeded",
      rowsIn: 0,
      message: expect.stringMatching(/No new file/),
    });
    expect(again.totals).toMatchObject({ seeded: 0, completed: 0, redemptions: 0 });
    expect([await progressOf(client), await redemptionsOf(client)]).toEqual(before);
  });

  it("succeeds with warnings when rows were set aside", async () => {
    const client = await aClient(db);
    const text = `${csv([{ handle: "anna", video: 31, gmv: "300" }])}x,https://v/video/32,1.2K,0,0,0,0,0,2026-11-20,bad\r\n`;
    const run = await sync(client, { importId: await upload(client, text) });
    expect(run).toMatchObject({ status: "succeeded_with_warnings", totals: { rows: 2, rejected: 1 } });
  });

  it("fails at the first step for a client without tiers, and leaves everything as it was", async () => {
    const client = await aClient(db, { tiers: [] });
    const run = await sync(client, { importId: await upload(client, csv([{ handle: "anna", video: 41, gmv: "1" }])) });
    expect(run).toMatchObject({ status: "failed", error: { code: "file_refused" } });
    expect(run.steps.map((step) => step.status)).toEqual(["failed", ...Array.from({ length: 7 }, () => "waiting")]);
    const users = await asOwner(db, (owner) =>
      owner.query(sql`select id from users where client_id = ${client}::uuid`),
    );
    expect(users).toEqual([]);
  });

  it("leaves another client's rows alone", async () => {
    const client = await aClient(db);
    const other = await aClient(db);
    await aMission(db, other, { targetValue: 1 });
    await aVideo(db, other, await aCreator(db, other, { handle: "anna" }), { key: "51", gmv: 9000 });
    await sync(client, { importId: await upload(client, csv([{ handle: "anna", video: 51, gmv: "7" }])) });
    expect(await progressOf(other)).toEqual([]);
    expect(await redemptionsOf(other)).toEqual([]);
  });
});

describe("a run that looks into the inbox", () => {
  async function anInbox(client: ClientId) {
    const [row] = await asOwner(db, (owner) =>
      owner.query<{ subdomain: string }>(sql`select subdomain from clients where id = ${client}::uuid`),
    );
    const dir = mkdtempSync(join(tmpdir(), "muster-inbox-"));
    mkdirSync(join(dir, row!.subdomain));
    const put = (name: string, text: string) => {
      const path = join(dir, row!.subdomain, name);
      writeFileSync(path, text);
      utimesSync(path, new Date("2026-11-22T03:00:00Z"), new Date("2026-11-22T03:00:00Z"));
    };
    return { dir, put };
  }

  it("takes the newest file once; the next night finds no new one", async () => {
    const client = await aClient(db);
    const { dir, put } = await anInbox(client);
    put("export.csv", csv([{ handle: "anna", video: 61, gmv: "10" }]));

    const first = await sync(client, { inbox: true }, dir);
    expect(first).toMatchObject({ status: "succeeded", fileName: "export.csv", totals: { rows: 1 } });
    const second = await sync(client, { inbox: true }, dir);
    expect(second).toMatchObject({ status: "succeeded", fileName: null, totals: { rows: 0 } });
  });

  it("fails with a sentence for a file that is refused, and passes it over the next night", async () => {
    const client = await aClient(db);
    const { dir, put } = await anInbox(client);
    put("export.csv", "Handle,Video\r\nanna,1\r\n");

    const first = await sync(client, { inbox: true }, dir);
    expect(first).toMatchObject({ status: "failed", error: { code: "file_refused" } });
    expect(first.error?.message).toMatch(/GMV/);
    expect(await sync(client, { inbox: true }, dir)).toMatchObject({ status: "succeeded", totals: { rows: 0 } });
  });
});
