import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { ClientId, MissionId, UserId } from "../../base/ids.ts";
import { type Sql, sql } from "../../db/db.ts";
import { aClient, aCreator, aMission, aProgressRow, asOwner, aVideo } from "../../testing/builders.ts";
import { callerAs } from "../../testing/caller.ts";
import { testDatabase } from "../../testing/database.ts";
import { aRun } from "../../testing/runs.ts";
import type { WhatIf } from "../schema.ts";

const db = testDatabase();
const now = new Date("2026-11-22T17:00:00Z");
const viewer = (client: ClientId) => callerAs(db, "viewer", client, { now });

async function explain(clientId: ClientId, userId: UserId, missionId: MissionId, whatIf?: WhatIf) {
  const caller = await viewer(clientId);
  return caller.eligibility.explain({ clientId, userId, missionId, whatIf });
}

const change = (statement: Sql) => asOwner(db, (owner) => owner.execute(statement));
const setTier = (client: ClientId, user: UserId, tier: string) =>
  change(sql`update users set current_tier = ${tier} where client_id = ${client}::uuid and id = ${user}::uuid`);
const setMissionTier = (client: ClientId, mission: MissionId, tier: string) =>
  change(sql`
    update missions set tier_eligibility = ${tier} where client_id = ${client}::uuid and id = ${mission}::uuid`);

describe("eligibility.explain", () => {
  it("says no, at which gate, what would make it a yes, and who the creator is", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client, { tierEligibility: "tier_3" });
    const window = {
      tierAchievedAt: new Date("2026-09-09T04:00:00Z"),
      nextCheckpointAt: new Date("2027-01-09T05:00:00Z"),
    };
    const user = await aCreator(db, client, { handle: "quietshelf", tier: "tier_2", ...window });
    await aVideo(db, client, user, { postDate: "2026-10-01", gmv: "2000" });
    await aVideo(db, client, user, { postDate: "2026-11-20", gmv: "812.40" });
    await change(sql`update users set total_sales = 2812.40 where client_id = ${client}::uuid and id = ${user}::uuid`);
    await aProgressRow(db, client, user, await aMission(db, client), { status: "completed", value: 1000 });

    const answer = await explain(client, user, mission);

    expect(answer).toMatchObject({
      missionId: mission,
      bucket: "not_eligible",
      reason: "tier_too_low",
      verdict: "no",
      sentence: expect.stringMatching(/ asks for Gold or higher; @quietshelf is Silver\.$/) as string,
      isWhatIf: false,
      computedAt: now,
      climb: {
        tierId: "tier_3",
        tierName: "Gold",
        threshold: "3000",
        value: "2812.40",
        missing: "187.60",
        since: null,
        before: "2027-01-09",
      },
      progress: null,
      creator: {
        userId: user,
        handle: "quietshelf",
        tierName: "Silver",
        windowStart: window.tierAchievedAt,
        windowEnd: window.nextCheckpointAt,
        metric30Days: "812.40",
        lastVideo: "2026-11-20",
        rows: 1,
        completed: 1,
      },
    });
    expect(answer.gates[0]).toMatchObject({ key: "tier_high_enough", state: "fail" });
    expect(answer.wouldChange.map(({ text }) => text)).toEqual([
      "$187.60 more in sales before 9 Jan 2027: the next sync then promotes @quietshelf to Gold and seeds in one run.",
      "A mission for Silver instead of Gold.",
    ]);
  });

  it("judges terms that are supposed and not saved", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client, { enabled: false, activated: false, tierEligibility: "tier_3" });
    const user = await aCreator(db, client, { tier: "tier_2" });
    expect(await explain(client, user, mission)).toMatchObject({ reason: "mission_disabled", isWhatIf: false });
    expect(await explain(client, user, mission, { enabled: true })).toMatchObject({
      reason: "tier_too_low",
      isWhatIf: true,
    });
    expect(await explain(client, user, mission, { enabled: true, tierEligibility: "tier_2" })).toMatchObject({
      bucket: "will_create",
      verdict: "yes",
      tierEligibility: "tier_2",
      tierName: "Silver",
      statusIfSeeded: "dormant",
      sentence: expect.stringContaining("saved so, the next seeding would create the row") as string,
      wouldChange: [],
    });
    expect(await explain(client, user, mission, { targetValue: "5" })).toMatchObject({
      isWhatIf: true,
      targetValue: "5",
    });
    expect(await explain(client, user, mission)).toMatchObject({ reason: "mission_disabled" });
    await expect(explain(client, user, mission, { tierEligibility: "tier_9" })).rejects.toMatchObject({
      code: "BAD_REQUEST",
    });
  });

  it("answers NOT_FOUND for a mission or a creator of nobody and of another client", async () => {
    const [client, elsewhere] = [await aClient(db), await aClient(db)];
    const known = { missionId: await aMission(db, client), userId: await aCreator(db, client) };
    const caller = await viewer(client);
    for (const wrong of [
      { userId: randomUUID() },
      { missionId: randomUUID() },
      { userId: await aCreator(db, elsewhere) },
      { missionId: await aMission(db, elsewhere) },
    ]) {
      const asked = caller.eligibility.explain({ clientId: client, ...known, ...wrong });
      await expect(asked).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
  });
});

describe("the explanation of a row", () => {
  it("names the seeding, and tells tier, window and mission then from now", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client, { tierEligibility: "tier_2" });
    const window = {
      tierAchievedAt: new Date("2026-08-14T04:00:00Z"),
      nextCheckpointAt: new Date("2026-12-14T05:00:00Z"),
    };
    const user = await aCreator(db, client, { tier: "tier_1", ...window });
    await setTier(client, user, "tier_2");
    const seeder = await callerAs(db, "operator", client, { now });
    const { seedId } = await seeder.seeding.run({ clientId: client, missionIds: [mission] });
    const before = await explain(client, user, mission);
    const silver = { tierId: "tier_2", tierName: "Silver" };
    const present = { start: window.tierAchievedAt, end: window.nextCheckpointAt };
    expect(before).toMatchObject({
      bucket: "already_seeded",
      verdict: "yes",
      wouldChange: [],
      climb: null,
      progress: {
        status: "active",
        value: "0",
        seed: { id: seedId, source: "console", byName: expect.stringMatching(/^Admin/) as string, runNumber: null },
        since: {
          creatorTier: { was: silver, now: silver },
          window: { was: present, now: present },
          missionTier: { was: silver, now: silver },
        },
      },
    });

    await setTier(client, user, "old times");
    await setTier(client, user, "tier_3");
    await setMissionTier(client, mission, "all");
    await setMissionTier(client, mission, "tier_4");
    const next = { start: present.end, end: new Date("2027-04-14T04:00:00Z") };
    await change(sql`
      update users set tier_achieved_at = ${next.start}::timestamptz, next_checkpoint_at = ${next.end}::timestamptz
      where client_id = ${client}::uuid and id = ${user}::uuid`);

    const after = await explain(client, user, mission);
    expect(after.progress!.since).toEqual({
      creatorTier: { was: silver, now: { tierId: "tier_3", tierName: "Gold" } },
      window: { was: present, now: next },
      missionTier: { was: silver, now: { tierId: "tier_4", tierName: "Platinum" } },
    });
    expect(after.gates.map(({ key, state }) => `${key} ${state}`)).toContain("tier_high_enough fail");
    expect(after.gates[0]).toMatchObject({ key: "row", state: "pass" });
  });

  it("says so when it was inserted by hand, and finds what came after it", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client, { tierEligibility: "tier_3" });
    const user = await aCreator(db, client, { tier: "tier_1" });
    await setTier(client, user, "tier_2");
    await aProgressRow(db, client, user, mission);
    await setTier(client, user, "tier_3");
    const { progress } = await explain(client, user, mission);
    expect(progress!.seed).toBeNull();
    expect(progress!.since.creatorTier).toMatchObject({ was: { tierId: "tier_2" }, now: { tierId: "tier_3" } });
  });

  it("asks the tier log for a row that is older than the log of changes", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client);
    const user = await aCreator(db, client, { tier: "tier_3" });
    await aProgressRow(db, client, user, mission);
    await asOwner(db, async (owner) => {
      await owner.execute(sql`delete from eligibility_changes where client_id = ${client}::uuid`);
      await owner.execute(sql`
        insert into tier_checkpoints (client_id, user_id, window_end, tier_before, tier_after, status, judged_at)
        select ${client}::uuid, ${user}::uuid, at, tier, 'tier_3', 'promoted', at
        from (values (now() - interval '1 day', 'tier_1'), (now() + interval '1 day', 'tier_2')) as log (at, tier)`);
    });
    const { progress } = await explain(client, user, mission);
    expect(progress!.since.creatorTier).toMatchObject({ was: { tierId: "tier_2" }, now: { tierId: "tier_3" } });
  });

  it("names the run whose sync created it", async () => {
    const client = await aClient(db);
    const user = await aCreator(db, client);
    const mission = await aMission(db, client);
    const run = await aRun(db, client);
    await change(sql`
      with seed as (
        insert into seeds (client_id, source, by_name, created, run_id) values (${client}::uuid, 'sync', 'Nightly', 1, ${run}::uuid)
        returning client_id, id)
      insert into mission_progress (client_id, user_id, mission_id, status, seed_id)
      select client_id, ${user}::uuid, ${mission}::uuid, 'active', id from seed`);
    const { progress } = await explain(client, user, mission);
    expect(progress!.seed).toMatchObject({ source: "sync", byName: "Nightly", runNumber: 1 });
  });
});

describe("eligibility.creator", () => {
  it("explains every mission as eligibility.explain does", async () => {
    const client = await aClient(db);
    const user = await aCreator(db, client, { tier: "tier_2" });
    const missions = [
      await aMission(db, client),
      await aMission(db, client, { tierEligibility: "tier_4" }),
      await aMission(db, client, { tierEligibility: "?", enabled: false }),
      await aMission(db, client, { missionType: "raffle", tierEligibility: "tier_2", activated: false }),
    ];
    await aProgressRow(db, client, user, missions[0]!, { value: "12.5" });
    const caller = await viewer(client);
    const all = await caller.eligibility.creator({ clientId: client, userId: user });
    expect(all).toHaveLength(4);
    for (const one of all) {
      const { creator, computedAt, isWhatIf, ...explained } = await explain(client, user, one.missionId as MissionId);
      expect(one).toEqual(explained);
      expect({ creator: creator.userId, computedAt, isWhatIf }).toEqual({
        creator: user,
        computedAt: now,
        isWhatIf: false,
      });
    }
  });
});
