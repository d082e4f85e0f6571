/** The schedule through the real tick and procedures, with the clock held: clock changes, pauses, missed nights, the calendar. */
import { describe, expect, it } from "vitest";
import { dayOf } from "../base/days.ts";
import type { ClientId } from "../base/ids.ts";
import { createLog } from "../base/log.ts";
import { sql } from "../db/db.ts";
import { inClient } from "../db/tx.ts";
import { createCaller } from "../router.ts";
import { aClient, asOwner } from "../testing/builders.ts";
import { callerAs, contextFor } from "../testing/caller.ts";
import { testDatabase } from "../testing/database.ts";
import { announceOverdue } from "./due/unattended.ts";
import { ensureSchedule } from "./service.ts";
import { tick } from "./tick.ts";

const db = testDatabase();
const MINUTE = 60_000;
const at = (text: string) => new Date(`${text}Z`);

async function aScheduledClient(timezone: string, made: Date): Promise<ClientId> {
  const client = await aClient(db, { timezone });
  await inClient(db, client, (tx) => ensureSchedule(tx, client, timezone, made));
  return client;
}

/** One tick at an instant, for one client. */
function tickAt(client: ClientId, now: Date): Promise<void> {
  return tick({
    db,
    now: () => now,
    log: createLog({ level: "silent" }),
    startDue: (actor, due) =>
      due.clientId === client
        ? createCaller(contextFor(db, actor, { now })).schedule.startDue(due)
        : Promise.resolve({ kind: "taken" }),
  });
}

/** Ends what is under way, as if it had taken a moment. */
async function endRuns(client: ClientId, status = "succeeded"): Promise<void> {
  await asOwner(db, (owner) =>
    owner.execute(sql`
      update sync_runs set status = ${status}, started_at = created_at, ended_at = created_at
      where client_id = ${client}::uuid and status in ('queued', 'running')`),
  );
}

async function dueTimesOfRuns(client: ClientId): Promise<Date[]> {
  const rows = await asOwner(db, (owner) =>
    owner.query<{ at: Date }>(sql`
      select scheduled_for as at from sync_runs where client_id = ${client}::uuid order by scheduled_for`),
  );
  return rows.map((row) => row.at);
}

function ownerAt(client: ClientId, now: Date) {
  return callerAs(db, "owner", client, { now });
}

async function statesOf(client: ClientId, now: Date): Promise<string[]> {
  const owner = await ownerAt(client, now);
  const { days } = await owner.schedule.calendar({ clientId: client });
  expect(days).toHaveLength(60);
  return days.flatMap(({ day, dues }) => dues.map((due) => `${day.slice(5)} ${due.state} ${due.run?.number ?? "-"}`));
}

describe("over a change of the clock", () => {
  it.each([
    // zone, a time that is skipped or doubled, a day and a half before the change
    ["America/New_York", "30 2 * * *", "2026-03-06T15:00"],
    ["America/New_York", "30 1 * * *", "2026-10-30T15:00"],
    ["America/Sao_Paulo", "30 0 * * *", "2018-11-02T15:00"],
    ["America/Sao_Paulo", "30 23 * * *", "2019-02-15T00:00"],
    ["Europe/London", "30 1 * * *", "2026-03-27T12:00"],
    ["Europe/London", "30 1 * * *", "2026-10-23T12:00"],
    ["Asia/Kathmandu", "0 0 * * *", "1985-12-30T12:00"],
    ["Australia/Lord_Howe", "0 2 * * *", "2026-10-02T05:00"],
    ["Australia/Lord_Howe", "30 1 * * *", "2026-04-03T05:00"],
  ])("in %s, %s from %s on runs once on each local day", async (timezone, cron, text) => {
    const start = at(text);
    const client = await aScheduledClient(timezone, start);
    const owner = await ownerAt(client, start);
    await owner.schedule.save({ clientId: client, cron, timezone, missedPolicy: "run" });
    for (let half = 0; half <= 2 * 72; half += 1) {
      await tickAt(client, new Date(start.getTime() + half * 30 * MINUTE));
      await endRuns(client);
    }
    const days = (await dueTimesOfRuns(client)).map((due) => dayOf(due, timezone));
    expect(days).toHaveLength(3);
    expect(new Set(days).size).toBe(3);
  });
});

describe("a missed night", () => {
  const made = at("2026-11-20T12:00");

  it("shows while nothing runs, computed from the database", async () => {
    const client = await aScheduledClient("UTC", made);
    const now = at("2026-11-23T10:00");
    const owner = await ownerAt(client, now);
    const schedule = await owner.schedule.get({ clientId: client });
    expect(schedule.isMissed).toBe(true);
    expect(schedule.missed.map((due) => due.toISOString().slice(5, 16))).toEqual([
      "11-21T04:00",
      "11-22T04:00",
      "11-23T04:00",
    ]);
    expect((await owner.clients.freshness({ clientId: client })).isMissed).toBe(true);
    expect(await statesOf(client, now)).toEqual(["11-21 missed -", "11-22 missed -", "11-23 missed -"]);
  });

  it("shows also where somebody moved the next time past it by hand", async () => {
    const client = await aScheduledClient("UTC", made);
    await asOwner(db, (owner) =>
      owner.execute(sql`update schedules set next_due_at = '2026-11-23T04:00Z' where client_id = ${client}::uuid`),
    );
    expect(await statesOf(client, at("2026-11-22T12:00"))).toEqual(["11-21 missed -", "11-22 missed -"]);
  });

  it("is made up for by one run, which the calendar names on each", async () => {
    const client = await aScheduledClient("UTC", made);
    const now = at("2026-11-23T10:00");
    await tickAt(client, now);
    await endRuns(client);
    expect(await statesOf(client, now)).toEqual(["11-21 late 1", "11-22 missed 1", "11-23 missed 1"]);
    const owner = await ownerAt(client, now);
    const schedule = await owner.schedule.get({ clientId: client });
    expect(schedule).toMatchObject({ isMissed: false, missed: [] });
  });

  it("is left out where the schedule says so, and the next night runs", async () => {
    const client = await aScheduledClient("UTC", made);
    const owner = await ownerAt(client, made);
    await owner.schedule.save({ clientId: client, cron: "0 4 * * *", timezone: "UTC", missedPolicy: "skip" });
    await tickAt(client, at("2026-11-22T10:00"));
    expect(await dueTimesOfRuns(client)).toEqual([]);
    await tickAt(client, at("2026-11-23T04:00"));
    expect(await statesOf(client, at("2026-11-23T05:00"))).toEqual(["11-21 missed -", "11-22 missed -", "11-23 ran 1"]);
  });
});

describe("a pause", () => {
  const made = at("2026-11-20T12:00");

  it("starts nothing until its end, and says of each night why", async () => {
    const client = await aScheduledClient("UTC", made);
    const owner = await ownerAt(client, made);
    await owner.schedule.pause({ clientId: client, reason: "Stocktaking", untilDay: "2026-11-23" });
    await tickAt(client, at("2026-11-21T04:00"));
    await tickAt(client, at("2026-11-22T04:00"));
    await tickAt(client, at("2026-11-23T04:00"));
    const now = at("2026-11-23T05:00");
    expect(await statesOf(client, now)).toEqual(["11-21 paused -", "11-22 paused -", "11-23 ran 1"]);
    const after = await ownerAt(client, now);
    expect((await after.schedule.get({ clientId: client })).pause).toBeNull();
    const { rows } = await after.audit.list({ clientId: client });
    expect(rows.map((row) => row.action).toSorted()).toEqual([
      "schedule.paused",
      "sync.skipped",
      "sync.skipped",
      "sync.started",
    ]);
  });

  it("is no missed run, also while the scheduler is dead; what comes after its end is", async () => {
    const client = await aScheduledClient("UTC", made);
    const owner = await ownerAt(client, made);
    await owner.schedule.pause({ clientId: client, reason: "Stocktaking", untilDay: "2026-11-23" });
    const missedAt = async (text: string) => {
      const caller = await ownerAt(client, at(text));
      const [page, chip] = [
        await caller.schedule.get({ clientId: client }),
        await caller.clients.freshness({ clientId: client }),
      ];
      expect(chip.isMissed).toBe(page.isMissed);
      return page.missed.map((due) => due.toISOString().slice(5, 16));
    };
    expect(await missedAt("2026-11-22T11:00")).toEqual([]);
    expect(await missedAt("2026-11-23T03:00")).toEqual([]);
    expect(await missedAt("2026-11-23T04:06")).toEqual(["11-23T04:00"]);
  });

  it("without an end lasts until somebody resumes", async () => {
    const client = await aScheduledClient("UTC", made);
    const owner = await ownerAt(client, made);
    await owner.schedule.pause({ clientId: client, reason: "Stocktaking", untilDay: null });
    await tickAt(client, at("2026-11-25T10:00"));
    const later = await ownerAt(client, at("2026-11-25T11:00"));
    expect((await later.schedule.get({ clientId: client })).pause).toMatchObject({
      reason: "Stocktaking",
      until: null,
    });
    expect(await later.schedule.resume({ clientId: client })).toEqual({ resumed: true });
    expect(await later.schedule.resume({ clientId: client })).toEqual({ resumed: false });
    await tickAt(client, at("2026-11-26T04:00"));
    expect((await statesOf(client, at("2026-11-26T05:00"))).at(-1)).toBe("11-26 ran 1");
  });

  it("ends on a day to come, at that day's start by the schedule's clock", async () => {
    const client = await aScheduledClient("UTC", made);
    const owner = await ownerAt(client, made);
    const pause = owner.schedule.pause({ clientId: client, reason: "Stocktaking", untilDay: "2026-11-20" });
    await expect(pause).rejects.toMatchObject({ code: "BAD_REQUEST" });
    const far = await aScheduledClient("Asia/Kathmandu", made);
    const other = await ownerAt(far, made);
    expect(await other.schedule.pause({ clientId: far, reason: "Move", untilDay: "2026-11-22" })).toEqual({
      until: at("2026-11-21T18:15"),
    });
  });
});

describe("a new schedule", () => {
  const made = at("2026-11-20T12:00");

  it("counts from its moment on; earlier nights are judged by the one they had", async () => {
    const client = await aScheduledClient("UTC", made);
    await tickAt(client, at("2026-11-21T04:00"));
    await endRuns(client);
    const owner = await ownerAt(client, at("2026-11-21T12:00"));
    const saved = await owner.schedule.save({
      clientId: client,
      cron: "30 5 * * *",
      timezone: "Asia/Kathmandu",
      missedPolicy: "run",
    });
    expect(saved.nextDueAt).toEqual(at("2026-11-21T23:45"));
    await tickAt(client, at("2026-11-21T23:45"));
    expect(await statesOf(client, at("2026-11-22T00:00"))).toEqual(["11-21 ran 1", "11-22 ran 2"]);
  });

  it("changed while a night is overdue still makes up for it", async () => {
    const client = await aScheduledClient("UTC", made);
    const owner = await ownerAt(client, at("2026-11-21T12:00"));
    await owner.schedule.save({ clientId: client, cron: "30 5 * * *", timezone: "UTC", missedPolicy: "run" });
    await tickAt(client, at("2026-11-21T12:01"));
    expect(await dueTimesOfRuns(client)).toEqual([at("2026-11-21T04:00")]);
  });

  it("is previewed in words with its times, or refused in a sentence, and nothing is saved", async () => {
    const client = await aScheduledClient("UTC", made);
    const viewer = await callerAs(db, "viewer", client, { now: made });
    const preview = (cron: string) => viewer.schedule.preview({ clientId: client, cron, timezone: "America/New_York" });
    const good = await preview("0 3 * * *");
    expect(good).toMatchObject({ kind: "ok", words: "every night at 03:00" });
    expect(good.kind === "ok" && good.next).toHaveLength(5);
    expect(good.kind === "ok" && good.clockChanges.map(({ day }) => day)).toEqual(["2027-03-14", "2027-11-07"]);
    expect(await preview("every night")).toMatchObject({
      kind: "refused",
      message: expect.stringContaining("no") as string,
    });
    expect((await viewer.schedule.get({ clientId: client })).cron).toBe("0 4 * * *");
  });

  it("changed by plain SQL is remembered too", async () => {
    const client = await aScheduledClient("UTC", made);
    await asOwner(db, (owner) =>
      owner.execute(sql`update schedules set enabled = false where client_id = ${client}::uuid`),
    );
    const rows = await asOwner(db, (owner) =>
      owner.query<{ enabled: boolean }>(sql`
        select enabled from schedule_versions where client_id = ${client}::uuid order by valid_from`),
    );
    expect(rows.map((row) => row.enabled)).toEqual([true, false]);
  });
});

describe("a night that no scheduler sees", () => {
  const log = createLog({ level: "silent" });
  const toldTo = (client: ClientId) =>
    asOwner(db, (owner) =>
      owner.query<{ key: string; dueAt: string[] }>(sql`
        select key, data -> 'dueAt' as "dueAt" from notification_events
        where client_id = ${client}::uuid and type = 'missed'`),
    );
  const announceAt = (text: string) => announceOverdue(db, { now: () => at(text), log });

  it("is told after the grace, once, also when a worker comes back and makes up for it", async () => {
    const client = await aScheduledClient("UTC", at("2026-11-20T12:00"));
    const owner = await ownerAt(client, at("2026-11-20T12:00"));
    const channel = { kind: "slack" as const, name: "Team", target: "https://hooks.example.com/x" };
    await owner.notifications.create({ clientId: client, ...channel, events: ["missed"] });
    await announceAt("2026-11-21T04:04");
    expect(await toldTo(client)).toEqual([]);
    await Promise.all([1, 2, 3].map(() => announceAt("2026-11-21T04:06")));
    await tickAt(client, at("2026-11-21T04:10"));
    await announceAt("2026-11-21T04:11");
    const due = "2026-11-21T04:00:00.000Z";
    expect(await toldTo(client)).toEqual([{ key: `missed:${due}`, dueAt: [due] }]);
    expect(await dueTimesOfRuns(client)).toEqual([at("2026-11-21T04:00")]);
  });
});
