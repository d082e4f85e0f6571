import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { AppError } from "../../base/errors.ts";
import type { ClientId, RunId } from "../../base/ids.ts";
import { sql } from "../../db/db.ts";
import { aClient, aCreator, aMission, aProgressRow, aReward, asOwner, aVideo } from "../../testing/builders.ts";
import { callerAs } from "../../testing/caller.ts";
import { testDatabase } from "../../testing/database.ts";
import { dayFile, storeDay } from "../../testing/day-files.ts";
import { pictureOf, rehearsed } from "../../testing/rehearsals.ts";
import { aRun, auditOf, markingSteps, marksOf, runnerDeps } from "../../testing/runs.ts";
import type { ChangeKind } from "../changes/schema.ts";
import { openExport } from "../../exports/service.ts";
import { runSync } from "../runner.ts";
import { pipeline } from "../steps.ts";
import { rehearsalExport } from "./export.ts";
import { rehearsalsOver } from "./service.ts";

const db = testDatabase();
const TRACES = ["audit_log", "rehearsals", "rehearsal_changes"];

/** A page of names, as a viewer reads it. */
async function namesOf(client: ClientId, rehearsalId: string, kind: ChangeKind) {
  const viewer = await callerAs(db, "viewer", client);
  return (await viewer.sync.rehearsalChanges({ clientId: client, rehearsalId, kind })).rows;
}

/** Anna would be promoted, carla would complete and be rewarded, dora would be demoted, ben would come. */
async function aNight() {
  const client = await aClient(db);
  const mission = await aMission(db, client, { targetValue: 500 });
  const anna = await aCreator(db, client, { handle: "anna" });
  const carla = await aCreator(db, client, { handle: "carla" });
  const window = {
    tierAchievedAt: new Date("2026-07-22T04:00:00Z"),
    nextCheckpointAt: new Date("2026-11-22T05:00:00Z"),
  };
  const dora = await aCreator(db, client, { handle: "dora", tier: "tier_2", ...window });
  await aVideo(db, client, anna, { gmv: 1200, key: "1", postDate: "2026-11-10" });
  await aVideo(db, client, carla, { gmv: 700, key: "2", postDate: "2026-11-10" });
  const importId = await storeDay(
    db,
    client,
    dayFile([
      { Handle: "anna", Video: "1", GMV: "1300" },
      { Handle: "ben", Video: "3", GMV: "10" },
      { Handle: "ben", Video: "4", Views: "1.2K" },
    ]),
  );
  return { client, mission, anna, carla, dora, importId };
}

describe("a rehearsal", () => {
  it("says by name what the night would do, and writes nothing of it", async () => {
    const { client, mission, anna, carla, dora, importId } = await aNight();
    const except = [...TRACES, "import_rows"];
    const before = await pictureOf(db, client, except);

    const seen = await rehearsed(db, client, { importId });

    expect(await pictureOf(db, client, except)).toEqual(before);
    expect(seen).toMatchObject({ status: "finished", error: null, fileName: "day.csv", importId });
    expect(seen.steps.map((step) => step.status)).toEqual(Array.from({ length: 8 }, () => "succeeded"));
    expect(seen.steps[0]).toMatchObject({ rowsIn: 3, rowsOut: 2, skipped: { number_invalid: 1 } });
    expect(seen.totals).toEqual({
      rows: 3,
      rejected: 1,
      videosCreated: 1,
      videosUpdated: 1,
      creatorsCreated: 1,
      applied: 0,
      promoted: 1,
      maintained: 0,
      demoted: 1,
      seeded: 4,
      woken: 0,
      completed: 1,
      redemptions: 1,
      redemptionsValue: "25",
      redemptionsWithoutPrice: 0,
    });
    expect(seen.named).toEqual({ created: 1, promoted: 1, demoted: 1, seeded: 4, completed: 1, redemption: 1 });
    expect(seen.seeded).toMatchObject([{ missionId: mission, count: 4 }]);

    expect(await namesOf(client, seen.id, "created")).toMatchObject([{ handle: "ben", userId: null }]);
    const up = { handle: "anna", userId: anna, tierBefore: "tier_1", tierAfter: "tier_2", value: "1300" };
    expect(await namesOf(client, seen.id, "promoted")).toMatchObject([up]);
    const down = { handle: "dora", userId: dora, tierBefore: "tier_2", tierAfter: "tier_1", value: "0" };
    expect(await namesOf(client, seen.id, "demoted")).toMatchObject([down]);
    const rows = await namesOf(client, seen.id, "seeded");
    expect(rows.map((row) => [row.handle, row.userId, row.missionId])).toEqual([
      ["anna", anna, mission],
      ["ben", null, mission],
      ["carla", carla, mission],
      ["dora", dora, mission],
    ]);
    const done = { handle: "carla", userId: carla, missionId: mission, missionType: "sales_dollars", value: "700" };
    expect(await namesOf(client, seen.id, "completed")).toMatchObject([done]);
    expect(await namesOf(client, seen.id, "redemption")).toMatchObject([{ ...done, value: "25" }]);
  });

  it("leaves one entry in the audit log, with its counts", async () => {
    const { client, importId } = await aNight();
    const seen = await rehearsed(db, client, { importId });
    expect(await auditOf(db, client)).toEqual(["import.stored", "sync.rehearsed"]);
    const viewer = await callerAs(db, "viewer", client);
    const [entry] = (await viewer.audit.list({ clientId: client, action: "sync.rehearsed" })).rows;
    expect(entry).toMatchObject({
      subject: { kind: "rehearsal", id: seen.id },
      after: { outcome: "finished" },
      counts: { promoted: 1, demoted: 1, seeded: 4, completed: 1, redemptions: 1 },
    });
  });

  it("is asked for by an operator and followed by its id", async () => {
    const { client, importId } = await aNight();
    const operator = await callerAs(db, "operator", client);
    const started = await operator.sync.rehearse({ clientId: client, importId });
    if (started.kind !== "started") throw new Error(`it was ${started.kind}`);
    await rehearsalsOver(db);
    const input = { clientId: client, rehearsalId: started.rehearsalId };
    expect(await operator.sync.rehearsal(input)).toMatchObject({ status: "finished", totals: { promoted: 1 } });
    expect(await operator.sync.rehearsals({ clientId: client })).toMatchObject([{ id: started.rehearsalId }]);
    expect(await operator.sync.rehearsalChangesCount({ ...input, kind: "seeded" })).toBe(4);
    const first = await operator.sync.rehearsalChanges({ ...input, kind: "seeded", limit: 3 });
    const second = await operator.sync.rehearsalChanges({ ...input, kind: "seeded", limit: 3, after: first.next! });
    expect([first, second].map((page) => page.rows.map((row) => row.handle))).toEqual([
      ["anna", "ben", "carla"],
      ["dora"],
    ]);
    const back = await operator.sync.rehearsalChanges({ ...input, kind: "seeded", limit: 3, before: second.previous! });
    expect(back.rows).toEqual(first.rows);
  });

  it("can be taken along as files, with the tiers by their names", async () => {
    const { client, importId } = await aNight();
    const { id: rehearsalId } = await rehearsed(db, client, { importId });
    const fileOf = async (kind: ChangeKind) => {
      const query = { rehearsalId, kind };
      const order = { client, list: rehearsalExport, query, now: new Date(), signal: new AbortController().signal };
      const { csv, fileName } = await openExport(db, order);
      const lines = Buffer.concat(await csv.toArray())
        .toString("utf8")
        .split("\r\n");
      return { fileName, lines: [lines[0]?.replace(/^\uFEFF/, ""), ...lines.slice(1, -1)] };
    };
    const promoted = await fileOf("promoted");
    expect(promoted.fileName).toMatch(/-rehearsal-promoted-\d{4}-\d\d-\d\d\.csv$/);
    expect(promoted.lines).toEqual(["Creator,From tier,To tier,Judged by (USD)", "anna,Bronze,Silver,1300"]);
    expect((await fileOf("created")).lines).toEqual(["Creator", "ben"]);
    expect((await fileOf("redemption")).lines[1]).toMatch(/^carla,Mission \d+,Reward \d+,25$/);
  });

  it("takes no number from the runs", async () => {
    const client = await aClient(db);
    await runSync(db, runnerDeps(), client, await aRun(db, client));
    await rehearsed(db, client);
    const run = await aRun(db, client);
    const operator = await callerAs(db, "operator", client);
    expect(await operator.sync.get({ clientId: client, runId: run })).toMatchObject({ number: 2 });
    const jobs = await asOwner(db, (owner) =>
      owner.query(sql`select 1 as one from graphile_worker._private_jobs where payload ->> 'clientId' = ${client}`),
    );
    expect(jobs).toHaveLength(2);
  });

  it("wakes rows and counts what has no price", async () => {
    const client = await aClient(db);
    const reward = await aReward(db, client, { type: "experience", value: {} });
    const mission = await aMission(db, client, { targetValue: 100, rewardId: reward });
    const anna = await aCreator(db, client, { handle: "anna" });
    await aVideo(db, client, anna, { gmv: 120 });
    await aProgressRow(db, client, anna, mission, { status: "dormant" });
    const seen = await rehearsed(db, client);
    const expected = { woken: 1, seeded: 0, completed: 1, redemptionsValue: "0", redemptionsWithoutPrice: 1 };
    expect(seen.totals).toMatchObject(expected);
    expect(await namesOf(client, seen.id, "redemption")).toMatchObject([{ handle: "anna", value: null }]);
  });

  it("right after a run finds nothing left to do, also with the run's own clock", async () => {
    const { client, importId } = await aNight();
    const operator = await callerAs(db, "operator", client);
    const { runId } = await operator.sync.start({ clientId: client, importId });
    await runSync(db, runnerDeps({ steps: pipeline }), client, runId as RunId);
    const seen = await rehearsed(db, client);
    expect(seen.totals).toMatchObject({ promoted: 0, demoted: 0, seeded: 0, completed: 0, redemptions: 0 });
    expect(Object.values(seen.named)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it("of a week ago is swept by the next one", async () => {
    const client = await aClient(db);
    await aMission(db, client);
    await aCreator(db, client);
    const old = await rehearsed(db, client, {}, { now: () => new Date("2026-11-14T09:00:00Z") });
    const recent = await rehearsed(db, client, {}, { now: () => new Date("2026-11-16T09:00:00Z") });
    const fresh = await rehearsed(db, client);
    const viewer = await callerAs(db, "viewer", client);
    const rows = await viewer.sync.rehearsals({ clientId: client });
    expect(rows.map((row) => row.id)).toEqual([fresh.id, recent.id]);
    await expect(viewer.sync.rehearsal({ clientId: client, rehearsalId: old.id })).rejects.toThrow("was not found");
  });
});

describe("a step that would fail tonight", () => {
  it("is told with its sentence, and the later steps are not played", async () => {
    const client = await aClient(db);
    const tiers = () => Promise.reject(new AppError("conflict", "The ladder has no lowest tier."));
    const seen = await rehearsed(db, client, {}, { steps: markingSteps({ tiers }) });
    expect(seen).toMatchObject({
      status: "failed",
      error: { code: "conflict", message: "The ladder has no lowest tier." },
    });
    const statuses = seen.steps.map((step) => step.status);
    const waiting = Array.from({ length: 4 }, () => "waiting");
    expect(statuses).toEqual(["succeeded", "succeeded", "succeeded", "failed", ...waiting]);
    expect(seen.steps[3]?.message).toBe("The ladder has no lowest tier.");
    expect(await marksOf(db, client)).toEqual([]);
    expect(await auditOf(db, client)).toEqual(["sync.rehearsed"]);
  });

  it("is told in a plain sentence when nobody expected it", async () => {
    const client = await aClient(db);
    const progress = () => Promise.reject(new TypeError("x is not a function"));
    const { error } = await rehearsed(db, client, {}, { steps: markingSteps({ progress }) });
    expect(error?.message).toMatch(/^Step 7 \(progress\) failed: /);
    expect(error?.message).not.toMatch(/function/);
  });

  it("is the first, for a file when the client has no tiers", async () => {
    const client = await aClient(db, { tiers: [] });
    const importId = await storeDay(db, client, dayFile([{}]));
    expect(await rehearsed(db, client, { importId })).toMatchObject({
      status: "failed",
      error: { code: "file_refused" },
      totals: { rows: 0 },
    });
  });

  it("is not played for a file that no run would take", async () => {
    const client = await aClient(db);
    const operator = await callerAs(db, "operator", client);
    const importId = await storeDay(db, client, dayFile([{}]));
    await operator.imports.discard({ clientId: client, importId });
    await expect(operator.sync.rehearse({ clientId: client, importId })).rejects.toThrow("was discarded");
    await expect(operator.sync.rehearse({ clientId: client, importId: randomUUID() })).rejects.toThrow("was not found");
    expect(await operator.sync.rehearsals({ clientId: client })).toEqual([]);
  });
});

describe("the file of a rehearsal", () => {
  async function anInbox(client: ClientId, text: string) {
    const [row] = await asOwner(db, (owner) =>
      owner.query<{ subdomain: string }>(sql`select subdomain from clients where id = ${client}::uuid`),
    );
    const inboxDir = mkdtempSync(join(tmpdir(), "muster-inbox-"));
    mkdirSync(join(inboxDir, row!.subdomain));
    const path = join(inboxDir, row!.subdomain, "export.csv");
    writeFileSync(path, text);
    utimesSync(path, new Date("2026-11-22T03:00:00Z"), new Date("2026-11-22T03:00:00Z"));
    return inboxDir;
  }

  const rows = dayFile([{ Handle: "anna" }, { Handle: "ben", Video: "2" }]);

  it("is what tonight would take from the inbox, of which nothing is left", async () => {
    const client = await aClient(db);
    const inboxDir = await anInbox(client, rows);
    const before = await pictureOf(db, client, TRACES);
    const seen = await rehearsed(db, client, {}, { inboxDir });
    expect(seen).toMatchObject({ status: "finished", fileName: "export.csv", importId: null });
    expect(seen.totals).toMatchObject({ rows: 2, creatorsCreated: 2 });
    expect(await pictureOf(db, client, TRACES)).toEqual(before);
    expect(await auditOf(db, client)).toEqual(["sync.rehearsed"]);
    // And again: it was not taken.
    expect(await rehearsed(db, client, {}, { inboxDir })).toMatchObject({ totals: { rows: 2 } });
  });

  it("that the night would refuse fails the first step, and does not count as taken", async () => {
    const client = await aClient(db);
    const inboxDir = await anInbox(client, "Handle,Video\r\nanna,1\r\n");
    for (const _ of [1, 2]) {
      const seen = await rehearsed(db, client, {}, { inboxDir });
      expect(seen).toMatchObject({ status: "failed", fileName: "export.csv", error: { code: "file_refused" } });
      expect(seen.error?.message).toMatch(/GMV/);
    }
    expect(await auditOf(db, client)).toEqual(["sync.rehearsed", "sync.rehearsed"]);
  });

  it("is none where the inbox has no new one", async () => {
    const client = await aClient(db);
    const inboxDir = await anInbox(client, rows);
    const operator = await callerAs(db, "operator", client, { inboxDir });
    const { runId } = await operator.sync.start({ clientId: client, inbox: true });
    await runSync(db, runnerDeps({ steps: pipeline, inboxDir }), client, runId as RunId);
    const seen = await rehearsed(db, client, {}, { inboxDir });
    expect(seen).toMatchObject({ status: "finished", fileName: null, totals: { rows: 0 } });
    expect(seen.steps[0]?.message).toMatch(/No new file/);
  });

  it("may be one of this machine, of which nothing is left either", async () => {
    const client = await aClient(db);
    const path = join(mkdtempSync(join(tmpdir(), "muster-day-")), "day.csv");
    writeFileSync(path, rows);
    const before = await pictureOf(db, client, TRACES);
    const seen = await rehearsed(db, client, { file: { path, name: "day.csv" } });
    expect(seen).toMatchObject({ status: "finished", fileName: "day.csv", totals: { rows: 2 } });
    expect(await pictureOf(db, client, TRACES)).toEqual(before);
  });
});
