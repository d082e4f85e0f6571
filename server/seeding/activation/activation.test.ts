import { describe, expect, it } from "vitest";
import type { ClientId, MissionId } from "../../base/ids.ts";
import { sql } from "../../db/db.ts";
import { aClient, aCreator, aMission, aProgressRow, aReward, asOwner, aVideo } from "../../testing/builders.ts";
import { callerAs } from "../../testing/caller.ts";
import { testDatabase } from "../../testing/database.ts";

const db = testDatabase();

/** Noon of a Sunday in New York, the builders' timezone. */
const now = new Date("2026-11-22T17:00:00Z");
const past = { start: new Date("2026-03-01T05:00:00Z"), end: new Date("2026-07-01T04:00:00Z") };
const present = {
  tierAchievedAt: new Date("2026-10-01T04:00:00Z"),
  nextCheckpointAt: new Date("2027-02-01T05:00:00Z"),
};

const owner = (client: ClientId) => callerAs(db, "owner", client, { now });

function rowsOf(client: ClientId) {
  return asOwner(db, (tx) =>
    tx.query<{ user: string; status: string; end: Date | null }>(sql`
      select user_id as user, status, checkpoint_end as end from mission_progress
      where client_id = ${client}::uuid order by created_at, user_id`),
  );
}

function auditOf(client: ClientId) {
  return asOwner(db, (tx) =>
    tx.query(sql`
      select action, before, after, counts from audit_log where client_id = ${client}::uuid and action <> 'missions.seeded' order by at`),
  );
}

/** An enabled mission asleep with a $25 reward: sell for 100. */
function asleep(client: ClientId, options: Parameters<typeof aMission>[2] = {}): Promise<MissionId> {
  return aMission(db, client, { activated: false, targetValue: 100, ...options });
}

describe("missions.activate", () => {
  it("wakes the sleeping rows and creates the missing ones as active, in one step, exactly as the facts said", async () => {
    const client = await aClient(db);
    const mission = await asleep(client, { tierEligibility: "tier_2" });
    const sleeper = await aCreator(db, client, { tier: "tier_2" });
    await aProgressRow(db, client, sleeper, mission, { status: "dormant" });
    const fresh = await aCreator(db, client, { tier: "tier_3" });
    await aCreator(db, client, { tier: "tier_1" });
    const caller = await owner(client);

    const facts = await caller.missions.activationFacts({ clientId: client, missionId: mission });
    const result = await caller.missions.activate({ clientId: client, missionId: mission });

    expect(facts).toMatchObject({ willEnable: false, refusal: null, woken: 1, created: 1 });
    expect(result).toEqual({
      kind: "activated",
      woken: 1,
      created: 1,
      replaced: 0,
      alreadySeeded: 1,
      seedId: expect.any(String) as string,
      enabled: false,
    });
    expect(await rowsOf(client)).toMatchObject([
      { user: sleeper, status: "active" },
      { user: fresh, status: "active" },
    ]);
    expect(await auditOf(client)).toEqual([
      {
        action: "mission.activated",
        before: { enabled: true, activated: false },
        after: { enabled: true, activated: true },
        counts: { woken: 1, replaced: 0 },
      },
    ]);
    const seeds = await caller.seeding.list({ clientId: client });
    expect(seeds.rows).toMatchObject([{ source: "activation", created: 1 }]);
    expect(result).toMatchObject({ seedId: seeds.rows[0]!.id });
  });

  it("enables a draft and says so beforehand", async () => {
    const client = await aClient(db);
    const mission = await asleep(client, { enabled: false });
    await aCreator(db, client);
    const caller = await owner(client);
    const facts = await caller.missions.activationFacts({ clientId: client, missionId: mission });
    expect(facts).toMatchObject({ willEnable: true, created: 1 });
    expect(await caller.missions.activate({ clientId: client, missionId: mission })).toMatchObject({
      enabled: true,
      created: 1,
    });
    expect(await caller.missions.get({ clientId: client, missionId: mission })).toMatchObject({ state: "active" });
  });

  it("refuses a mission without a reward, in the facts and in the deed, and changes nothing", async () => {
    const client = await aClient(db);
    const mission = await asleep(client, { rewardId: null, enabled: false });
    await aCreator(db, client);
    const caller = await owner(client);
    const facts = await caller.missions.activationFacts({ clientId: client, missionId: mission });
    expect(facts.refusal).toMatch(/no reward/);
    await expect(caller.missions.activate({ clientId: client, missionId: mission })).rejects.toMatchObject({
      code: "CONFLICT",
    });
    expect(await caller.missions.get({ clientId: client, missionId: mission })).toMatchObject({ state: "draft" });
    expect(await rowsOf(client)).toEqual([]);
  });

  it("without seeding wakes only", async () => {
    const client = await aClient(db);
    const mission = await asleep(client);
    await aCreator(db, client);
    const caller = await owner(client);
    const facts = await caller.missions.activationFacts({ clientId: client, missionId: mission, seed: false });
    expect(facts.created).toBe(0);
    const result = await caller.missions.activate({ clientId: client, missionId: mission, seed: false });
    expect(result).toMatchObject({ created: 0, seedId: null, alreadySeeded: 0 });
    expect(await rowsOf(client)).toEqual([]);
  });

  it("a second time is a success that does and writes nothing", async () => {
    const client = await aClient(db);
    const mission = await asleep(client);
    await aCreator(db, client);
    const caller = await owner(client);
    await caller.missions.activate({ clientId: client, missionId: mission });
    const again = await caller.missions.activate({ clientId: client, missionId: mission });
    expect(again).toEqual({
      kind: "activated",
      woken: 0,
      created: 0,
      replaced: 0,
      alreadySeeded: 1,
      seedId: null,
      enabled: false,
    });
    expect(await auditOf(client)).toHaveLength(1);
  });

  it("twice at once wakes and creates everything once", async () => {
    const client = await aClient(db);
    const mission = await asleep(client);
    const sleeper = await aCreator(db, client);
    await aProgressRow(db, client, sleeper, mission, { status: "dormant" });
    await aCreator(db, client);
    const caller = await owner(client);
    const results = await Promise.all(
      Array.from({ length: 3 }, () => caller.missions.activate({ clientId: client, missionId: mission })),
    );
    const done = results.flatMap((result) => (result.kind === "activated" ? result : []));
    expect(done).toHaveLength(3);
    expect(done.reduce((sum, { woken }) => sum + woken, 0)).toBe(1);
    expect(done.reduce((sum, { created }) => sum + created, 0)).toBe(1);
    expect(await auditOf(client)).toHaveLength(1);
  });

  it("is for owners", async () => {
    const client = await aClient(db);
    const mission = await asleep(client);
    const operator = await callerAs(db, "operator", client);
    await expect(operator.missions.activate({ clientId: client, missionId: mission })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
  });
});

describe("the facts of an activation", () => {
  it("say how many rows would complete at once, sleeping and new ones, and what that costs", async () => {
    const client = await aClient(db);
    const reward = await aReward(db, client, { value: { amount: 25.5 } });
    const mission = await asleep(client, { rewardId: reward });
    const sleeper = await aCreator(db, client);
    await aProgressRow(db, client, sleeper, mission, { status: "dormant", start: new Date("2026-11-01T05:00:00Z") });
    await aVideo(db, client, sleeper, { postDate: "2026-11-01", gmv: "100.00" });
    const fresh = await aCreator(db, client, present);
    await aVideo(db, client, fresh, { postDate: "2026-10-01", gmv: 150 });
    const short = await aCreator(db, client, present);
    await aVideo(db, client, short, { postDate: "2026-10-02", gmv: "99.99" });
    const early = await aCreator(db, client, present);
    await aVideo(db, client, early, { postDate: "2026-09-30", gmv: 500 });
    const done = await aCreator(db, client);
    await aProgressRow(db, client, done, mission, { status: "completed", value: 100 });
    await aVideo(db, client, done, { postDate: "2026-11-01", gmv: 100 });
    const caller = await owner(client);
    const facts = (seed: boolean) => caller.missions.activationFacts({ clientId: client, missionId: mission, seed });
    expect(await facts(true)).toMatchObject({ completeAtOnce: 2, costAtOnce: "51.0", currency: "USD" });
    expect(await facts(false)).toMatchObject({ completeAtOnce: 1, costAtOnce: "25.5" });
  });

  it("give no cost where the reward has no value in money, and complete no raffle", async () => {
    const client = await aClient(db);
    const reward = await aReward(db, client, { type: "experience", value: {} });
    const mission = await asleep(client, { missionType: "raffle", rewardId: reward });
    const creator = await aCreator(db, client);
    await aVideo(db, client, creator, { gmv: 10_000 });
    const caller = await owner(client);
    expect(await caller.missions.activationFacts({ clientId: client, missionId: mission })).toMatchObject({
      created: 1,
      completeAtOnce: 0,
      costAtOnce: null,
    });
  });

  it.each([
    { end: "2026-11-22T05:00:00Z", over: 1, soon: 0, what: "the day it ends has begun in New York" },
    { end: "2026-11-23T04:59:59Z", over: 1, soon: 0, what: "it ends later today" },
    { end: "2026-11-23T05:00:00Z", over: 0, soon: 1, what: "today is its last day" },
    { end: "2026-11-26T04:59:00Z", over: 0, soon: 1, what: "it ends in three days" },
    { end: "2026-11-26T05:00:00Z", over: 0, soon: 0, what: "it ends in four days" },
    { end: null, over: 0, soon: 0, what: "it is open" },
  ])("count a window as over ($over) or ending soon ($soon) when $what", async ({ end, over, soon }) => {
    const client = await aClient(db);
    const mission = await asleep(client);
    await aCreator(db, client, { nextCheckpointAt: end === null ? null : new Date(end) });
    const caller = await owner(client);
    expect(await caller.missions.activationFacts({ clientId: client, missionId: mission })).toMatchObject({
      windowsOver: over,
      windowsEndingSoon: soon,
      dormantOver: 0,
    });
  });
});

describe("replacing sleeping rows whose window is over", () => {
  it("deletes and seeds again those that would get a running window, and leaves the others", async () => {
    const client = await aClient(db);
    const mission = await asleep(client, { tierEligibility: "tier_2" });
    const renewed = await aCreator(db, client, { tier: "tier_2", ...present });
    const demoted = await aCreator(db, client, { tier: "tier_1", ...present });
    const waiting = await aCreator(db, client, {
      tier: "tier_2",
      tierAchievedAt: past.start,
      nextCheckpointAt: past.end,
    });
    const running = await aCreator(db, client, { tier: "tier_2", ...present });
    for (const user of [renewed, demoted, waiting]) {
      await aProgressRow(db, client, user, mission, { status: "dormant", ...past });
    }
    await aProgressRow(db, client, running, mission, { status: "dormant", end: present.nextCheckpointAt });
    const caller = await owner(client);

    const facts = await caller.missions.activationFacts({ clientId: client, missionId: mission });
    const result = await caller.missions.activate({ clientId: client, missionId: mission, replaceOver: true });

    expect(facts).toMatchObject({ woken: 4, created: 0, dormantOver: 3, replaceable: 1 });
    expect(result).toMatchObject({ replaced: 1, created: 1, woken: 3, alreadySeeded: 3 });
    const rows = new Map((await rowsOf(client)).map((row) => [row.user, row]));
    expect(rows.get(renewed)).toMatchObject({ status: "active", end: present.nextCheckpointAt });
    expect(rows.get(demoted)).toMatchObject({ status: "active", end: past.end });
    expect(rows.get(waiting)).toMatchObject({ status: "active", end: past.end });
    expect(await auditOf(client)).toMatchObject([{ counts: { woken: 3, replaced: 1 } }]);
  });

  it("needs seeding", async () => {
    const client = await aClient(db);
    const mission = await asleep(client);
    const caller = await owner(client);
    await expect(
      caller.missions.activate({ clientId: client, missionId: mission, seed: false, replaceOver: true }),
    ).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });
});

describe("missions.deactivate", () => {
  it("leaves the rows as they are, and once is enough", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client);
    const creator = await aCreator(db, client);
    await aProgressRow(db, client, creator, mission, { status: "active", value: 5 });
    const caller = await owner(client);
    const stopped = await caller.missions.deactivate({ clientId: client, missionId: mission });
    await caller.missions.deactivate({ clientId: client, missionId: mission });
    expect(stopped).toMatchObject({ state: "enabled", activated: false });
    expect(await rowsOf(client)).toMatchObject([{ status: "active" }]);
    expect(await auditOf(client)).toEqual([
      {
        action: "mission.deactivated",
        before: { enabled: true, activated: true },
        after: { enabled: true, activated: false },
        counts: null,
      },
    ]);
  });

  it("switches the mission off as well when asked", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client);
    const caller = await owner(client);
    const off = await caller.missions.deactivate({ clientId: client, missionId: mission, disable: true });
    expect(off).toMatchObject({ state: "draft", enabled: false, activated: false });
  });
});
