import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { ClientId } from "../base/ids.ts";
import { sql } from "../db/db.ts";
import { aClient, aCreator, aMission, aProgressRow, aReward, asOwner, aVideo } from "../testing/builders.ts";
import { callerAs } from "../testing/caller.ts";
import { testDatabase } from "../testing/database.ts";

const db = testDatabase();
const now = new Date("2026-11-22T17:00:00Z");
const viewer = (client: ClientId) => callerAs(db, "viewer", client, { now });

describe("eligibility.preview", () => {
  it("says who would get the mission, which window and status, and what it may cost", async () => {
    const client = await aClient(db, { currency: "BRL" });
    const reward = await aReward(db, client, { value: { amount: 12.25 } });
    const mission = await aMission(db, client, { tierEligibility: "tier_2", rewardId: reward, activated: false });
    const start = new Date("2026-08-14T04:00:00.123Z");
    const end = new Date("2026-12-14T05:00:00.456Z");
    await aCreator(db, client, { tier: "tier_2", tierAchievedAt: start, nextCheckpointAt: end });
    await aCreator(db, client, { tier: "tier_4" });
    await aCreator(db, client, { tier: "tier_1", tierAchievedAt: new Date(0), nextCheckpointAt: new Date(4e12) });
    await aCreator(db, client, { tier: "?" });
    const caller = await viewer(client);

    const preview = await caller.eligibility.preview({ clientId: client, missionId: mission });

    expect(preview).toMatchObject({
      mission: { id: mission, state: "enabled" },
      isWhatIf: false,
      computedAt: now,
      counts: { willCreate: 2, alreadySeeded: 0, notEligible: 1, unknown: 1, total: 4 },
      byReason: { mission_disabled: 0, mission_tier_unknown: 0, creator_tier_unknown: 1, tier_too_low: 1 },
      statusToBeWritten: "dormant",
      rewardCeiling: { amount: "24.50", each: "12.25", currency: "BRL" },
    });
    expect(await caller.eligibility.window({ clientId: client, missionId: mission })).toEqual({
      earliestStart: start,
      latestEnd: end,
      withoutStart: 1,
      withoutEnd: 1,
    });
    expect(preview.byTier.map(({ tierId, tierName, total }) => [tierId, tierName, total])).toEqual([
      ["tier_1", "Bronze", 1],
      ["tier_2", "Silver", 1],
      ["tier_3", "Gold", 0],
      ["tier_4", "Platinum", 1],
      ["?", null, 1],
    ]);
  });

  it("judges a draft as disabled, and with what-if as if it were enabled, saving nothing", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client, { enabled: false, tierEligibility: "tier_2" });
    const seeded = await aCreator(db, client, { tier: "tier_1" });
    await aProgressRow(db, client, seeded, mission);
    await aCreator(db, client, { tier: "tier_2" });
    await aCreator(db, client, { tier: "tier_1" });
    const caller = await viewer(client);
    const asIs = await caller.eligibility.preview({ clientId: client, missionId: mission });
    const whatIf = await caller.eligibility.preview({
      clientId: client,
      missionId: mission,
      whatIf: { enabled: true },
    });
    expect(asIs.counts).toEqual({ willCreate: 0, alreadySeeded: 1, notEligible: 2, unknown: 0, total: 3 });
    expect(asIs.byReason.mission_disabled).toBe(2);
    expect(whatIf).toMatchObject({
      isWhatIf: true,
      counts: { willCreate: 1, alreadySeeded: 1, notEligible: 1, unknown: 0, total: 3 },
    });
    const again = await caller.eligibility.preview({ clientId: client, missionId: mission });
    expect(again.counts).toEqual(asIs.counts);
  });

  it("has no ceiling without a reward or with one that has no value in money", async () => {
    const client = await aClient(db);
    const gift = await aReward(db, client, { type: "physical_gift", value: {} });
    const caller = await viewer(client);
    for (const rewardId of [null, gift]) {
      const mission = await aMission(db, client, { rewardId, activated: false });
      const preview = await caller.eligibility.preview({ clientId: client, missionId: mission });
      expect(preview.rewardCeiling).toBeNull();
    }
  });

  it("answers NOT_FOUND for an unknown mission and for one of another client", async () => {
    const client = await aClient(db);
    const strange = await aMission(db, await aClient(db));
    const caller = await viewer(client);
    for (const missionId of [randomUUID(), strange as string]) {
      const input = { clientId: client, missionId };
      await expect(caller.eligibility.preview(input)).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(caller.eligibility.list(input)).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(caller.eligibility.count(input)).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
  });
});

describe("eligibility.list", () => {
  it("pages by handle in both directions and counts exactly", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client);
    for (const handle of ["b.b", "a_a", "ab", "c9", "zz"]) await aCreator(db, client, { handle });
    const caller = await viewer(client);
    const input = { clientId: client, missionId: mission, limit: 2 };
    const first = await caller.eligibility.list(input);
    const second = await caller.eligibility.list({ ...input, after: first.next! });
    const third = await caller.eligibility.list({ ...input, after: second.next! });
    const back = await caller.eligibility.list({ ...input, before: third.previous! });
    expect([first, second, third].map(({ rows }) => rows.map(({ handle }) => handle))).toEqual([
      ["a_a", "ab"],
      ["b.b", "c9"],
      ["zz"],
    ]);
    expect(first.previous).toBeNull();
    expect(third.next).toBeNull();
    expect(back.rows).toEqual(second.rows);
    expect(await caller.eligibility.count({ clientId: client, missionId: mission })).toEqual(5);
  });

  it.each([
    ["@AN", ["anna", "anne_b"]],
    ["an", ["anna", "anne_b"]],
    ["nn", []],
    ["nne", ["anne_b", "joannexb"]],
    ["e_b", ["anne_b"]],
    ["%nn", []],
    ["_", ["_x"]],
    ["@", ["_x", "anna", "anne_b", "joannexb"]],
    ["ANNE", ["anne_b", "joannexb"]],
  ])("finds %j as %j: literally, without @ and case, inside from three letters on", async (q, handles) => {
    const client = await aClient(db);
    const mission = await aMission(db, client);
    for (const handle of ["anna", "anne_b", "joannexb", "_x"]) await aCreator(db, client, { handle });
    await aCreator(db, await aClient(db), { handle: "anne_b" });
    const caller = await viewer(client);
    const { rows } = await caller.eligibility.list({ clientId: client, missionId: mission, q });
    expect(rows.map(({ handle }) => handle)).toEqual(handles);
    expect(await caller.eligibility.count({ clientId: client, missionId: mission, q })).toEqual(handles.length);
  });

  it("filters by bucket, reason and tier", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client, { tierEligibility: "tier_3" });
    const low = await aCreator(db, client, { tier: "tier_1" });
    const lost = await aCreator(db, client, { tier: "gone" });
    const high = await aCreator(db, client, { tier: "tier_3", handle: "high" });
    const held = await aCreator(db, client, { tier: "tier_3", handle: "held" });
    await aProgressRow(db, client, held, mission);
    const caller = await viewer(client);
    const found = async (filters: object) =>
      (await caller.eligibility.list({ clientId: client, missionId: mission, ...filters })).rows.map(
        ({ userId }) => userId,
      );
    expect(await found({ bucket: "will_create" })).toEqual([high]);
    expect(await found({ bucket: "already_seeded" })).toEqual([held]);
    expect(await found({ bucket: "not_eligible" })).toEqual([low]);
    expect(await found({ bucket: "unknown" })).toEqual([lost]);
    expect(await found({ reason: "tier_too_low" })).toEqual([low]);
    expect(await found({ reason: "creator_tier_unknown" })).toEqual([lost]);
    expect(await found({ tier: "tier_3" })).toEqual([held, high]);
    expect(await found({ tier: "tier_3", bucket: "will_create", q: "nobody" })).toEqual([]);
  });

  it("shows the row that exists where there is one, else the one that would be written", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client, { activated: false });
    const present = {
      tierAchievedAt: new Date("2026-10-01T04:00:00Z"),
      nextCheckpointAt: new Date("2027-02-01T05:00:00Z"),
    };
    const frozen = { start: new Date("2026-03-01T05:00:00Z"), end: new Date("2026-07-01T04:00:00Z") };
    const held = await aCreator(db, client, { handle: "a1", ...present });
    await aProgressRow(db, client, held, mission, { status: "active", ...frozen });
    await aCreator(db, client, { handle: "b1", ...present });
    const caller = await viewer(client);
    const { rows } = await caller.eligibility.list({ clientId: client, missionId: mission });
    expect(rows).toMatchObject([
      {
        bucket: "already_seeded",
        status: "active",
        windowStart: frozen.start,
        windowEnd: frozen.end,
        tierName: "Bronze",
      },
      {
        bucket: "will_create",
        status: "dormant",
        windowStart: present.tierAchievedAt,
        windowEnd: present.nextCheckpointAt,
      },
    ]);
  });

  it.each([
    { vipMetric: "sales", expected: "15.75" },
    { vipMetric: "units", expected: "7" },
  ] as const)("sums the $vipMetric of the last 30 days in the client's timezone", async ({ vipMetric, expected }) => {
    const client = await aClient(db, { vipMetric });
    const mission = await aMission(db, client);
    const creator = await aCreator(db, client, { handle: "aa" });
    await aCreator(db, client, { handle: "bb" });
    await aVideo(db, client, creator, { postDate: "2026-10-23", gmv: 900, units: 90 });
    await aVideo(db, client, creator, { postDate: "2026-10-24", gmv: "10.50", units: 5 });
    await aVideo(db, client, creator, { postDate: "2026-11-22", gmv: "5.25", units: 2 });
    const caller = await viewer(client);
    const { rows } = await caller.eligibility.list({ clientId: client, missionId: mission });
    expect(rows.map(({ metric30Days }) => metric30Days)).toEqual([expected, "0"]);
  });
});

describe("a creator with rows of several cycles", () => {
  it.each([[[2]], [[1, 2]], [[2, 3]]])("with cycles %j counts as seeded exactly once", async (cycles) => {
    const client = await aClient(db);
    const mission = await aMission(db, client);
    const creator = await aCreator(db, client);
    for (const cycle of cycles) await aProgressRow(db, client, creator, mission, { cycle });
    const rows = await asOwner(db, (owner) =>
      owner.query(sql`
        select bucket, is_seeded, row_cycle from mission_eligibility
        where client_id = ${client}::uuid and mission_id = ${mission}::uuid`),
    );
    expect(rows).toEqual([{ bucket: "already_seeded", is_seeded: true, row_cycle: Math.min(...cycles) }]);
    const operator = await callerAs(db, "operator", client);
    expect((await operator.seeding.run({ clientId: client })).created).toBe(0);
  });
});

describe("eligibility.creator", () => {
  it("shows every mission of the client with verdict, row and redemption", async () => {
    const client = await aClient(db);
    const done = await aMission(db, client);
    const running = await aMission(db, client, { tierEligibility: "tier_4" });
    const locked = await aMission(db, client, { tierEligibility: "tier_3" });
    const draft = await aMission(db, client, { enabled: false });
    const creator = await aCreator(db, client, { tier: "tier_2" });
    await aProgressRow(db, client, creator, done, { status: "completed", value: "1000.50" });
    await aProgressRow(db, client, creator, running, { value: 5, end: new Date("2026-11-22T05:00:00Z") });
    await asOwner(db, (owner) =>
      owner.execute(sql`
        insert into redemptions (client_id, user_id, mission_id, reward_id, tier_at_claim, redemption_type)
        select client_id, ${creator}::uuid, id, reward_id, 'tier_2', 'instant' from missions
        where client_id = ${client}::uuid and id = ${done}::uuid`),
    );
    const caller = await viewer(client);
    const missions = await caller.eligibility.creator({ clientId: client, userId: creator });
    expect(missions).toHaveLength(4);
    const of = (id: string) => missions.find(({ missionId }) => missionId === id);
    expect(of(done)).toMatchObject({
      bucket: "already_seeded",
      reason: null,
      progress: { value: "1000.50", status: "completed", isOver: false },
      redemption: { status: "claimable", rewardName: expect.stringMatching(/^Reward/) as string },
    });
    expect(of(running)).toMatchObject({
      bucket: "already_seeded",
      progress: { status: "active", isOver: true },
      redemption: null,
    });
    expect(of(locked)).toMatchObject({
      bucket: "not_eligible",
      reason: "tier_too_low",
      tierName: "Gold",
      progress: null,
    });
    expect(of(draft)).toMatchObject({ bucket: "not_eligible", reason: "mission_disabled", state: "draft" });
  });

  it("answers NOT_FOUND for a creator of another client", async () => {
    const client = await aClient(db);
    const userId = await aCreator(db, await aClient(db));
    const caller = await viewer(client);
    await expect(caller.eligibility.creator({ clientId: client, userId })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
