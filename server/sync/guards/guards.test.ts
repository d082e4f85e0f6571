import { describe, expect, it } from "vitest";
import type { ClientId, ImportId, RunId } from "../../base/ids.ts";
import { sql } from "../../db/db.ts";
import { aClient, aCreator, aMission, aProgressRow, asOwner } from "../../testing/builders.ts";
import { callerAs, contextFor } from "../../testing/caller.ts";
import { testDatabase } from "../../testing/database.ts";
import { dayFile, type DayRow, storeDay } from "../../testing/day-files.ts";
import { exported } from "../../testing/exports.ts";
import { pictureOf } from "../../testing/rehearsals.ts";
import { auditOf, runnerDeps } from "../../testing/runs.ts";
import { createCaller } from "../../router.ts";
import { runSync } from "../runner.ts";
import { pipeline } from "../steps.ts";
import { lookAfterRuns } from "../attempts/watch.ts";
import { guards as all, type GuardName } from "./schema.ts";

const db = testDatabase();
const now = new Date("2026-11-22T09:00:00Z");
const due = { tierAchievedAt: new Date("2026-07-22T04:00:00Z"), nextCheckpointAt: new Date("2026-11-22T05:00:00Z") };
const deps = () => runnerDeps({ steps: pipeline, now: () => now });

/** Forty creators, of whom so many are due to fall tonight. */
async function aClientWith(falling: number, creators = 40) {
  const client = await aClient(db);
  for (let index = 0; index < creators; index += 1) {
    const handle = `creator${String(index).padStart(2, "0")}`;
    await aCreator(db, client, { handle, ...(index < falling ? { tier: "tier_2", ...due } : {}) });
  }
  return client;
}

async function start(client: ClientId, importId?: ImportId): Promise<RunId> {
  const caller = await callerAs(db, "operator", client, { now });
  const started = await caller.sync.start({ clientId: client, ...(importId === undefined ? {} : { importId }) });
  expect(started.kind).toBe("started");
  return started.runId as RunId;
}

async function night(client: ClientId, importId?: ImportId) {
  const runId = await start(client, importId);
  return { runId, outcome: await runSync(db, deps(), client, runId) };
}

async function readers(client: ClientId) {
  const [viewer, owner] = [await callerAs(db, "viewer", client), await callerAs(db, "owner", client, { now })];
  const get = (runId: string) => viewer.sync.get({ clientId: client, runId });
  const holds = (runId: string) => viewer.sync.holds({ clientId: client, runId });
  return { viewer, owner, get, holds };
}

describe("a step that is out of proportion", () => {
  it("is rolled back and its run held, with what it would have done by name", async () => {
    const client = await aClientWith(3);
    const { viewer, get, holds } = await readers(client);

    const { runId, outcome } = await night(client);

    expect(outcome).toBe("held");
    const run = await get(runId);
    expect(run).toMatchObject({ status: "held", endedAt: null, error: null, totals: { demoted: 0 } });
    expect(run.steps.map(({ status }) => status)).toEqual([
      ...Array<string>(3).fill("succeeded"),
      "held",
      ...Array<string>(4).fill("waiting"),
    ]);
    expect(run.steps[3]).toMatchObject({
      rowsIn: 40,
      rowsOut: 0,
      message: "3 creators would be demoted, 7.5 %; the guard allows 2, 5 %.",
    });
    const [hold] = await holds(runId);
    expect(hold).toMatchObject({ number: 1, step: "tiers", decision: null, named: { demoted: 3 } });
    const { rows } = await viewer.sync.holdChanges({ clientId: client, runId, number: 1, kind: "demoted" });
    expect(rows.map(({ handle, tierBefore, tierAfter }) => `${handle} ${tierBefore} ${tierAfter}`)).toEqual([
      "creator00 tier_2 tier_1",
      "creator01 tier_2 tier_1",
      "creator02 tier_2 tier_1",
    ]);
    const file = await exported(db, client, "held-changes", { runId, number: "1", kind: "demoted" });
    expect(file.rows).toHaveLength(3);
    const [moved] = await asOwner(db, (tx) =>
      tx.query<{ count: number }>(
        sql`select count(*)::int as count from tier_checkpoints where client_id = ${client}::uuid`,
      ),
    );
    expect(moved!.count).toBe(0);
    expect(await auditOf(db, client)).toEqual(["sync.started", "sync.held"]);
  });

  it("is not looked at below the threshold, nor in a small or a new programme", async () => {
    for (const [falling, creators] of [
      [2, 40],
      [19, 19],
    ] as const) {
      expect((await night(await aClientWith(falling, creators))).outcome).toBe("succeeded");
    }
    const client = await aClient(db);
    const rows = Array.from({ length: 30 }, (_, index) => ({ Handle: `new${index}`, Video: String(index) }));
    expect((await night(client, await storeDay(db, client, dayFile(rows)))).outcome).toBe("succeeded");
  });

  it("passes where its guard is off or set wider", async () => {
    const client = await aClientWith(10);
    const { owner } = await readers(client);
    const { thresholds } = await owner.guards.get({ clientId: client });
    await owner.guards.save({ clientId: client, thresholds: { ...thresholds, demoted: "25" } });

    expect((await night(client)).outcome).toBe("succeeded");
  });
});

describe("a held run", () => {
  it("has its client for itself, is taken for dead by nobody and keeps nobody from reading", async () => {
    const client = await aClientWith(3);
    const { runId } = await night(client);
    const { get } = await readers(client);
    await asOwner(db, (tx) =>
      tx.execute(sql`update sync_runs set heartbeat_at = now() - interval '1 day' where client_id = ${client}::uuid`),
    );

    await lookAfterRuns(db, deps());
    const operator = await callerAs(db, "operator", client, { now });

    expect(await operator.sync.start({ clientId: client })).toMatchObject({ kind: "busy", runId, isHeld: true });
    expect(await runSync(db, deps(), client, runId)).toBe("not_queued");
    expect((await get(runId)).status).toBe("held");
    expect((await operator.clients.freshness({ clientId: client })).lastRun).toMatchObject({ status: "held" });
  });

  it("makes the next due time skipped, with the reason in the audit log", async () => {
    const client = await aClientWith(3);
    await night(client);
    const dueAt = new Date("2026-11-23T09:00:00Z");
    await asOwner(db, (tx) =>
      tx.execute(sql`
        insert into schedules (client_id, timezone, next_due_at)
        values (${client}::uuid, 'UTC', ${dueAt}::timestamptz)`),
    );
    const clock = { kind: "job" as const, name: "nightly schedule", clientId: client };
    const job = createCaller(contextFor(db, clock, { now: dueAt }));

    expect(await job.schedule.startDue({ clientId: client, dueAt })).toMatchObject({ kind: "busy", isHeld: true });

    const { viewer } = await readers(client);
    const { rows } = await viewer.audit.list({ clientId: client, action: "sync.skipped" });
    expect(rows[0]!.after).toMatchObject({ reason: "Sync 1 is held and waits for a decision." });
  });

  it("goes on where it was when an owner releases it, and does what was shown", async () => {
    const client = await aClientWith(3);
    const { runId } = await night(client);
    const { owner, get, holds } = await readers(client);

    expect(await owner.sync.releaseHeld({ clientId: client, runId, reason: "The season is over" })).toEqual({
      kind: "released",
    });
    expect(await owner.sync.releaseHeld({ clientId: client, runId, reason: "The season is over" })).toEqual({
      kind: "not_held",
      status: "queued",
    });
    expect(await runSync(db, deps(), client, runId)).toBe("succeeded");

    expect((await get(runId)).totals.demoted).toBe(3);
    expect(await holds(runId)).toMatchObject([
      { decision: "released", reason: "The season is over", decidedBy: expect.any(String) as string },
    ]);
    expect(await auditOf(db, client)).toEqual(["sync.started", "sync.held", "sync.hold_released", "sync.succeeded"]);
  });

  it("is held again when it would do more than was shown, and when it would do it to others", async () => {
    const client = await aClientWith(3);
    const { owner, holds } = await readers(client);
    const { runId } = await night(client);
    const fall = (handle: string, isDue: boolean) =>
      asOwner(db, (tx) =>
        tx.execute(sql`
          update users set current_tier = 'tier_2', tier_achieved_at = ${due.tierAchievedAt}::timestamptz,
            next_checkpoint_at = ${isDue ? due.nextCheckpointAt : new Date("2027-07-01T00:00:00Z")}::timestamptz
          where client_id = ${client}::uuid and tiktok_handle = ${handle}`),
      );
    const again = async () => {
      await owner.sync.releaseHeld({ clientId: client, runId, reason: "Looked at it" });
      return runSync(db, deps(), client, runId);
    };
    await fall("creator10", true);
    expect(await again()).toBe("held");
    await fall("creator10", false);
    await fall("creator00", false);
    await fall("creator11", true);
    await fall("creator12", true);
    expect(await again()).toBe("held");
    expect((await holds(runId)).map(({ trips }) => trips[0]!.actual)).toEqual(["3", "4", "4"]);

    expect(await again()).toBe("succeeded");
  });

  it("is given up when an owner discards it: what was done stays, the rest never comes, the next may start", async () => {
    const client = await aClientWith(3);
    const { owner, get } = await readers(client);
    const { runId } = await night(client);
    const before = await pictureOf(db, client, ["sync_runs", "sync_steps", "sync_events", "sync_holds", "audit_log"]);

    expect(await owner.sync.discard({ clientId: client, runId, reason: "A wrong night" })).toEqual({
      kind: "discarded",
    });

    const run = await get(runId);
    expect(run).toMatchObject({ status: "discarded", endedAt: now });
    expect(run.steps.slice(3).every(({ status }) => status === "cancelled")).toBe(true);
    expect(await pictureOf(db, client, ["sync_runs", "sync_steps", "sync_events", "sync_holds", "audit_log"])).toEqual(
      before,
    );
    await start(client);
  });

  it("is released and discarded by owners alone", async () => {
    const client = await aClientWith(3);
    const { runId } = await night(client);
    const operator = await callerAs(db, "operator", client);
    const input = { clientId: client, runId, reason: "Because" };
    await expect(operator.sync.releaseHeld(input)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(operator.sync.discard(input)).rejects.toMatchObject({ code: "FORBIDDEN" });
    const { owner } = await readers(client);
    await expect(owner.sync.releaseHeld({ ...input, reason: " " })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });

  it("that was held by a process which died before it could say so is held by the next one, once", async () => {
    const client = await aClientWith(3);
    const runId = await start(client);
    await asOwner(db, (tx) =>
      tx.execute(sql`
        insert into sync_holds (client_id, run_id, number, step, at, trips)
        values (${client}::uuid, ${runId}::uuid, 1, 'tiers', now(), '[{}]')`),
    );
    const { holds } = await readers(client);
    expect(await holds(runId)).toEqual([]);

    expect(await runSync(db, deps(), client, runId)).toBe("held");

    expect(await holds(runId)).toMatchObject([{ number: 1, trips: [{ guard: "demoted" }] }]);
  });
});

describe("a file", () => {
  /** A client with 40 videos of two creators, as three files brought them. */
  async function aClientWithFiles() {
    const client = await aClient(db);
    const rows: DayRow[] = Array.from({ length: 40 }, (_, index) => ({
      Handle: index % 2 === 0 ? "anna" : "ben",
      Video: String(index),
      Views: "1000",
    }));
    for (const views of ["1000", "1001", "1002"]) {
      await night(client, await storeDay(db, client, dayFile(rows.map((row) => ({ ...row, Views: views })))));
    }
    return { client, rows: rows.map((row) => ({ ...row, Views: "1003" })) };
  }

  async function trippedBy(client: ClientId, rows: readonly DayRow[]): Promise<GuardName[]> {
    const importId = await storeDay(db, client, dayFile(rows));
    const { runId, outcome } = await night(client, importId);
    if (outcome !== "held") return [];
    const { holds } = await readers(client);
    return (await holds(runId))[0]!.trips.map(({ guard }) => guard);
  }

  it("like the last ones holds nothing", async () => {
    const { client, rows } = await aClientWithFiles();
    expect(await trippedBy(client, rows)).toEqual([]);
  });

  it("with far fewer rows than the last ones holds the run", async () => {
    const { client, rows } = await aClientWithFiles();
    expect(await trippedBy(client, rows.slice(0, 23))).toEqual(["fewer_rows"]);
  });

  it("that is older than what is known holds the run", async () => {
    const { client, rows } = await aClientWithFiles();
    const older = rows.map((row, index) => (index < 3 ? { ...row, Views: "900" } : row));
    expect(await trippedBy(client, older)).toEqual(["falling"]);
  });

  it("of which too many rows are rejected holds the run", async () => {
    const { client, rows } = await aClientWithFiles();
    const bad = rows.map((row, index) => (index < 5 ? { ...row, Views: "1.2K" } : row));
    expect(await trippedBy(client, bad)).toEqual(["rejected"]);
  });

  it("that brings too many new creators holds the run, and names them without a page", async () => {
    const client = await aClientWith(0);
    const rows = Array.from({ length: 9 }, (_, index) => ({ Handle: `new${index}`, Video: String(index) }));
    expect(await trippedBy(client, rows)).toEqual(["created"]);
    const { viewer } = await readers(client);
    const [run] = (await viewer.sync.list({ clientId: client })).rows;
    const named = await viewer.sync.holdChanges({ clientId: client, runId: run!.id, number: 1, kind: "created" });
    expect(named.rows).toHaveLength(9);
    expect(named.rows[0]).toMatchObject({ handle: "new0", userId: null });
  });

  it("waits with its held run, goes in when that is released, and is given up with it when it is discarded", async () => {
    for (const decision of ["releaseHeld", "discard"] as const) {
      const client = await aClientWith(0);
      const rows = Array.from({ length: 9 }, (_, index) => ({ Handle: `new${index}`, Video: String(index) }));
      const importId = await storeDay(db, client, dayFile(rows));
      const { runId } = await night(client, importId);
      const { owner } = await readers(client);
      const statusOf = async () => (await owner.imports.get({ clientId: client, importId })).status;
      expect(await statusOf()).toBe("stored");
      await expect(owner.imports.discard({ clientId: client, importId })).rejects.toMatchObject({ code: "CONFLICT" });

      await owner.sync[decision]({ clientId: client, runId, reason: "Looked at it" });
      await runSync(db, deps(), client, runId);

      expect(await statusOf()).toBe(decision === "discard" ? "discarded" : "imported");
      expect(await owner.creators.count({ clientId: client })).toBe(decision === "discard" ? 40 : 49);
    }
  });
});

describe("redemptions", () => {
  it.each([
    ["redemptions", "2"],
    ["redemptions_value", "70"],
  ] as const)("above the guard %s hold the run", async (guard, threshold) => {
    const client = await aClient(db);
    const { owner, holds } = await readers(client);
    const mission = await aMission(db, client);
    for (const handle of ["anna", "ben", "cleo"]) {
      await aProgressRow(db, client, await aCreator(db, client, { handle }), mission, { status: "completed" });
    }
    const { thresholds } = await owner.guards.get({ clientId: client });
    await owner.guards.save({ clientId: client, thresholds: { ...thresholds, [guard]: threshold } });

    const { runId } = await night(client);

    expect((await holds(runId))[0]).toMatchObject({
      step: "redemptions",
      named: { redemption: 3 },
      trips: [{ guard }],
    });
    await owner.sync.releaseHeld({ clientId: client, runId, reason: "As agreed" });
    expect(await runSync(db, deps(), client, runId)).toBe("succeeded");
    expect(await owner.redemptions.count({ clientId: client })).toBe(3);
  });
});

describe("a client's guards", () => {
  it("come with defaults, are set by owners with an audit entry, and one without a change writes none", async () => {
    const client = await aClient(db);
    const { owner, viewer } = await readers(client);
    const before = await viewer.guards.get({ clientId: client });
    expect(before).toEqual({
      thresholds: Object.fromEntries(Object.entries(all).map(([name, { byDefault }]) => [name, byDefault])),
      updatedAt: null,
    });

    await owner.guards.save({ clientId: client, thresholds: { ...before.thresholds, demoted: "5.0" } });
    expect(await auditOf(db, client)).toEqual([]);
    const thresholds = { ...before.thresholds, demoted: "7.5", falling: null };
    const saved = await owner.guards.save({ clientId: client, thresholds });

    expect(saved).toEqual({ thresholds, updatedAt: now });
    const { rows } = await viewer.audit.list({ clientId: client });
    expect(rows[0]).toMatchObject({
      action: "guards.updated",
      before: { demoted: "5", falling: "5" },
      after: { demoted: "7.5", falling: null },
    });
    await expect(
      owner.guards.save({ clientId: client, thresholds: { ...thresholds, demoted: "five" } }),
    ).rejects.toMatchObject({ code: "BAD_REQUEST" });
    const operator = await callerAs(db, "operator", client);
    await expect(operator.guards.save({ clientId: client, thresholds })).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

it("rejected rows that were corrected and brought back are no short file, and no measure of the next", async () => {
  const client = await aClientWith(0);
  const many = (day: number) =>
    dayFile(
      Array.from({ length: 30 }, (_, at): DayRow => ({ Handle: `creator${10 + at}`, Video: `${at}`, Views: `${day}` })),
    );
  for (const day of [10, 11, 12]) {
    expect((await night(client, await storeDay(db, client, many(day)))).outcome).toBe("succeeded");
  }
  const [header = "", ...rows] = dayFile([{ Handle: "creator10", Video: "x" }])
    .trim()
    .split("\n");
  for (const video of ["a", "b", "c", "d"]) {
    const lines = [`Line,Column,Code,Reason,${header}`, ...rows.map((row) => `2,Views,x,y,${row.replace("x", video)}`)];
    expect((await night(client, await storeDay(db, client, `${lines.join("\n")}\n`))).outcome).toBe("succeeded");
  }
  const short = dayFile([{ Handle: "creator10", Video: "1", Views: "13" }]);
  expect((await night(client, await storeDay(db, client, short))).outcome).toBe("held");
});
