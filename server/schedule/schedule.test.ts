import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { ClientId } from "../base/ids.ts";
import { createLog } from "../base/log.ts";
import { sql } from "../db/db.ts";
import { inClient } from "../db/tx.ts";
import { createCaller } from "../router.ts";
import { aClient, asOwner } from "../testing/builders.ts";
import { callerAs, contextFor } from "../testing/caller.ts";
import { testDatabase } from "../testing/database.ts";
import { createClient } from "./new-client.ts";
import { ensureSchedule } from "./service.ts";
import type { TickDeps } from "./tick.ts";
import { startTicking, tick } from "./tick.ts";

const db = testDatabase();

/** 04:00 in New York. */
const due = new Date("2026-11-22T09:00:00.000Z");
const justAfter = new Date("2026-11-22T09:00:20.000Z");

/** A client whose schedule is due at four; each test has a client of its own, so due ones of other tests are looked past. */
async function aScheduledClient(timezone = "America/New_York"): Promise<ClientId> {
  const client = await aClient(db, { timezone });
  await inClient(db, client, (tx) => ensureSchedule(tx, client, timezone, new Date("2026-11-21T12:00:00Z")));
  return client;
}

function depsFor(client: ClientId, now: Date): TickDeps {
  return {
    db,
    now: () => now,
    log: createLog({ level: "silent" }),
    startDue: (actor, one) =>
      one.clientId === client
        ? createCaller(contextFor(db, actor, { now })).schedule.startDue(one)
        : Promise.resolve({ kind: "taken" }),
  };
}

function runsOf(client: ClientId) {
  return asOwner(db, (owner) =>
    owner.query<{ scheduledFor: Date | null; source: string; byName: string; takesInbox: boolean; status: string }>(sql`
      select scheduled_for as "scheduledFor", source, by_name as "byName", takes_inbox as "takesInbox", status
      from sync_runs where client_id = ${client}::uuid order by number`),
  );
}

async function nextDueOf(client: ClientId): Promise<string> {
  const [row] = await asOwner(db, (owner) =>
    owner.query<{ at: Date }>(sql`select next_due_at as at from schedules where client_id = ${client}::uuid`),
  );
  return row!.at.toISOString();
}

describe("a new client's schedule", () => {
  it("is every night at four in the client's time zone", async () => {
    const client = await aScheduledClient("America/Sao_Paulo");
    expect(await nextDueOf(client)).toBe("2026-11-22T07:00:00.000Z");
  });

  it("comes with the client and the ladder, or none of them is there", async () => {
    const actor = { kind: "cli" as const, name: "command line (test)" };
    const subdomain = `new-${randomUUID().slice(0, 8)}`;
    const row = {
      name: "New",
      subdomain,
      metric: "units" as const,
      timezone: "Europe/London",
      currency: "GBP",
      primaryColor: "#123456",
      checkpointMonths: 4,
    };
    const tier = { tierColor: null, salesThreshold: null, commissionRate: "0" };
    const tiers = [
      { ...tier, tierId: null, tierName: "Bronze", unitsThreshold: "0", checkpointExempt: true },
      { ...tier, tierId: null, tierName: "Silver", unitsThreshold: "100", checkpointExempt: false },
    ];
    const falling = tiers.toReversed();
    await expect(createClient(db, actor, { ...row, tiers: falling }, due)).rejects.toThrow("lowest tier starts at 0");
    const client = await createClient(db, actor, { ...row, tiers }, due);
    expect(await nextDueOf(client)).toBe("2026-11-23T04:00:00.000Z");
    await expect(createClient(db, actor, { ...row, tiers }, due)).rejects.toThrow("is taken");
  });

  it("is shown in words, with the next five times and an inbox that names no place on the machine", async () => {
    const client = await aScheduledClient();
    const caller = await callerAs(db, "viewer", client, { now: new Date("2026-11-21T12:00:00Z") });
    const schedule = await caller.schedule.get({ clientId: client });
    expect(schedule).toMatchObject({ words: "every night at 04:00", timezone: "America/New_York", isMissed: false });
    expect(schedule.next.map((one) => one.toISOString().slice(0, 13))).toEqual([
      "2026-11-22T09",
      "2026-11-23T09",
      "2026-11-24T09",
      "2026-11-25T09",
      "2026-11-26T09",
    ]);
    expect(schedule.inbox.folder).not.toMatch(/^\//);
  });
});

describe("saving a schedule", () => {
  const cron = "0 4 * * *";
  const updates = (client: ClientId) =>
    asOwner(db, (owner) =>
      owner.query<{ before: object; after: object }>(sql`
        select before, after from audit_log where client_id = ${client}::uuid and action = 'schedule.updated'`),
    );

  it("as it stands writes nothing, not even that it was", async () => {
    const client = await aScheduledClient();
    const caller = await callerAs(db, "owner", client, { now: new Date("2026-11-22T09:30:00Z") });
    const same = { clientId: client, cron: ` ${cron} `, timezone: "America/New_York", missedPolicy: "run" } as const;
    expect(await caller.schedule.save(same)).toEqual({ nextDueAt: due });
    expect(await updates(client)).toEqual([]);
    await caller.schedule.save({ ...same, missedPolicy: "skip" });
    expect(await updates(client)).toMatchObject([{ before: { missedPolicy: "run" }, after: { missedPolicy: "skip" } }]);
  });

  it("refuses a time zone that there is not, naming the field, and changes nothing", async () => {
    const client = await aScheduledClient();
    const caller = await callerAs(db, "owner", client, { now: justAfter });
    await expect(
      caller.schedule.save({ clientId: client, cron, timezone: "Europe/Atlantis", missedPolicy: "run" }),
    ).rejects.toThrow("A time zone such as America/New_York");
    expect(await updates(client)).toEqual([]);
  });
});

describe("a tick", () => {
  it("does nothing before the time", async () => {
    const client = await aScheduledClient();
    await tick(depsFor(client, new Date("2026-11-22T08:59:59Z")));
    expect(await runsOf(client)).toEqual([]);
  });

  it("starts the run that is due, as a job that looks into the inbox, and moves to the next night", async () => {
    const client = await aScheduledClient();
    await tick(depsFor(client, justAfter));
    expect(await runsOf(client)).toEqual([
      { scheduledFor: due, source: "schedule", byName: "nightly schedule", takesInbox: true, status: "queued" },
    ]);
    expect(await nextDueOf(client)).toBe("2026-11-23T09:00:00.000Z");
    const [entry] = await asOwner(db, (owner) =>
      owner.query<{ kind: string; name: string }>(sql`
        select actor_kind as kind, actor_name as name from audit_log
        where client_id = ${client}::uuid and action = 'sync.started'`),
    );
    expect(entry).toEqual({ kind: "job", name: "nightly schedule" });
  });

  it("of two servers at once starts one run", async () => {
    const client = await aScheduledClient();
    await Promise.all([1, 2, 3, 4].map(() => tick(depsFor(client, justAfter))));
    expect(await runsOf(client)).toHaveLength(1);
    expect(await nextDueOf(client)).toBe("2026-11-23T09:00:00.000Z");
  });

  it("finds at the next start what was missed while nothing ran, once for however many nights", async () => {
    const client = await aScheduledClient();
    const daysLater = new Date("2026-11-25T15:00:00.000Z");
    const ticking = startTicking(depsFor(client, daysLater));
    await ticking.stop();
    const runs = await runsOf(client);
    expect(runs.map((run) => run.scheduledFor)).toEqual([due]);
    expect(await nextDueOf(client)).toBe("2026-11-26T09:00:00.000Z");
  });

  it("passes over a busy client, and says so", async () => {
    const client = await aScheduledClient();
    const operator = await callerAs(db, "operator", client);
    await operator.sync.start({ clientId: client });
    await tick(depsFor(client, justAfter));
    expect(await runsOf(client)).toHaveLength(1);
    expect(await nextDueOf(client)).toBe("2026-11-23T09:00:00.000Z");
    const [entry] = await asOwner(db, (owner) =>
      owner.query<{ after: { reason: string; dueAt: string } }>(sql`
        select after from audit_log where client_id = ${client}::uuid and action = 'sync.skipped'`),
    );
    expect(entry?.after).toEqual({ dueAt: due.toISOString(), reason: "Sync 1 was still under way." });
  });

  it("claims and starts both or neither", async () => {
    const client = await aScheduledClient();
    const deps = depsFor(client, justAfter);
    await asOwner(db, (owner) =>
      owner.execute(sql`
        create function refuse_run() returns trigger language plpgsql as 'begin raise exception ''no run today''; end'`),
    );
    await asOwner(db, (owner) =>
      owner.execute(
        sql`create trigger refuse_run before insert on sync_steps for each row execute function refuse_run()`,
      ),
    );
    await tick(deps);
    expect(await runsOf(client)).toEqual([]);
    expect(await nextDueOf(client)).toBe(due.toISOString());
    await asOwner(db, (owner) => owner.execute(sql`drop trigger refuse_run on sync_steps`));
    await tick(deps);
    expect(await runsOf(client)).toHaveLength(1);
  });

  it("leaves a schedule alone that is switched off", async () => {
    const client = await aScheduledClient();
    await asOwner(db, (owner) =>
      owner.execute(sql`update schedules set enabled = false where client_id = ${client}::uuid`),
    );
    await tick(depsFor(client, justAfter));
    expect(await runsOf(client)).toEqual([]);
  });

  it("claims a time that was written by hand, finer than a millisecond", async () => {
    const client = await aScheduledClient();
    await asOwner(db, (owner) =>
      owner.execute(sql`
        update schedules set next_due_at = '2026-11-22 09:00:00.123456+00' where client_id = ${client}::uuid`),
    );
    await tick(depsFor(client, justAfter));
    expect(await runsOf(client)).toHaveLength(1);
  });
});

describe("the scheduler's procedure", () => {
  it("is for jobs alone", async () => {
    const client = await aScheduledClient();
    const owner = await callerAs(db, "owner", client, { now: justAfter });
    await expect(owner.schedule.startDue({ clientId: client, dueAt: due })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    expect(await runsOf(client)).toEqual([]);
  });

  it("knows no job of another client", async () => {
    const client = await aScheduledClient();
    const other = await aScheduledClient();
    const caller = createCaller(contextFor(db, { kind: "job", name: "nightly schedule", clientId: other }));
    await expect(caller.schedule.startDue({ clientId: client, dueAt: due })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});
