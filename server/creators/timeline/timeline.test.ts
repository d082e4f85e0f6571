import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { ClientId, UserId } from "../../base/ids.ts";
import { type Sql, sql } from "../../db/db.ts";
import { aClient, aCreator, aMission, aProgressRow, asOwner, aVideo } from "../../testing/builders.ts";
import { callerAs } from "../../testing/caller.ts";
import { testDatabase } from "../../testing/database.ts";
import { nightsOf } from "../../testing/nights.ts";
import { aProgramme } from "../../testing/programme.ts";
import { anAdjustment } from "../../testing/steps.ts";
import type { TimelineEntry, TimelineKind } from "./schema.ts";

const db = testDatabase();
const { night, aSilver } = nightsOf(db);

const change = (statement: Sql) => asOwner(db, (owner) => owner.execute(statement));

async function timelineOf(clientId: ClientId, userId: UserId, kind?: TimelineKind): Promise<TimelineEntry[]> {
  const caller = await callerAs(db, "viewer", clientId);
  return (await caller.creators.timeline({ clientId, userId, kind })).rows;
}

const eventsOf = (entries: readonly TimelineEntry[]) => entries.map(({ event }) => event);

describe("the timeline of a creator", () => {
  it("has everything that is recorded, newest first, with the run or the person that did it", async () => {
    const { clientId, userId, missionId, runId, mark } = await aProgramme(db);
    const at = sql`timestamptz '2026-11-20 09:00:00+00'`;
    const ended = sql`client_id = ${clientId}::uuid`;
    await change(sql`update sync_runs set started_at = ${at} where ${ended}`);
    await change(sql`
      with seed as (
        insert into seeds (client_id, source, by_name, created, run_id)
        values (${clientId}::uuid, 'sync', 'Nightly', 1, ${runId}::uuid) returning id)
      insert into mission_progress (client_id, user_id, mission_id, cycle, status, completed_at, seed_id, created_at)
      select ${clientId}::uuid, ${userId}::uuid, ${missionId}::uuid, 2, 'completed', ${at}, id, ${at} from seed`);
    await change(sql`
      insert into redemptions (client_id, user_id, mission_id, cycle, reward_id, tier_at_claim, redemption_type, run_id, created_at)
      select ${clientId}::uuid, ${userId}::uuid, ${missionId}::uuid, 2, reward_id, 'tier_1', 'instant', ${runId}::uuid, ${at}
      from missions where client_id = ${clientId}::uuid`);
    await change(sql`
      insert into tier_checkpoints (client_id, user_id, window_end, kind, metric_value, tier_before, tier_after, status, run_id, judged_at)
      values (${clientId}::uuid, ${userId}::uuid, ${at}, 'promotion', 1200, 'tier_1', 'tier_2', 'promoted', ${runId}::uuid, ${at})`);

    const entries = await timelineOf(clientId, userId);

    const ofThatRun = entries.filter(({ runNumber }) => runNumber === 1);
    expect(ofThatRun).toMatchObject([
      { kind: "redemption", event: "redeemed", rewardName: mark, missionName: mark },
      { kind: "completed", event: "completed", missionId, missionName: mark },
      { kind: "seeded", event: "seeded", missionName: mark, missions: 1, byName: null },
      { kind: "tier", event: "promoted", tierBefore: "tier_1", tierAfter: "tier_2", metricValue: "1200" },
    ]);
    expect(entries.find(({ event }) => event === "adjusted")).toMatchObject({
      amount: "5",
      adjustmentType: "bonus",
      isPending: true,
      byName: mark,
    });
    expect(new Set(eventsOf(entries))).toContain("joined");
    expect(new Set(entries.map(({ key }) => key)).size).toBe(entries.length);
    expect(entries.map(({ at: when }) => when.getTime())).toEqual(
      entries.map(({ at: when }) => when.getTime()).toSorted((one, other) => other - one),
    );
  });

  it("says who seeded by hand, and counts what one seeding created", async () => {
    const client = await aClient(db);
    await aMission(db, client);
    await aMission(db, client);
    const user = await aCreator(db, client);
    const operator = await callerAs(db, "operator", client);
    await operator.seeding.run({ clientId: client });
    expect(await timelineOf(client, user, "seeded")).toMatchObject([
      { event: "seeded", missions: 2, runNumber: null, byName: expect.stringMatching(/^Admin/) as string },
    ]);
  });

  it("shows what was changed in SQL, and does not tell a verdict twice", async () => {
    const { client, user } = await aSilver();
    await aVideo(db, client, user, { postDate: "2026-11-09", gmv: 3500 });
    await night(client, "2026-11-10T09:00:00Z");
    expect(eventsOf(await timelineOf(client, user, "tier"))).toEqual(["promoted"]);

    const ofUser = sql`client_id = ${client}::uuid and id = ${user}::uuid`;
    await change(sql`update users set current_tier = 'vip' where ${ofUser}`);
    await change(sql`update users set next_checkpoint_at = '2027-05-01 04:00:00+00' where ${ofUser}`);
    const entries = await timelineOf(client, user, "tier");
    expect(entries).toHaveLength(3);
    expect(entries.filter(({ event }) => event !== "promoted")).toMatchObject([
      { event: "window_changed", start: "2026-11-10", end: "2027-05-01" },
      { event: "tier_changed", tierBefore: "tier_3", tierAfter: "vip" },
    ]);
  });

  it("remembers a row that was taken away again", async () => {
    const client = await aClient(db);
    const user = await aCreator(db, client);
    const mission = await aMission(db, client);
    await aProgressRow(db, client, user, mission);
    await change(sql`delete from mission_progress where client_id = ${client}::uuid and user_id = ${user}::uuid`);
    expect(await timelineOf(client, user, "seeded")).toMatchObject([
      { event: "row_removed", missionName: expect.stringMatching(/^Mission/) as string },
    ]);
  });

  it("is paged, there and back", async () => {
    const client = await aClient(db);
    const userId = await aCreator(db, client);
    for (let index = 0; index < 7; index += 1) await anAdjustment(db, client, userId, { amount: index + 1 });
    const caller = await callerAs(db, "viewer", client);
    const input = { clientId: client, userId, limit: 3 };
    const pages = [await caller.creators.timeline(input)];
    while (pages.at(-1)!.next !== null)
      pages.push(await caller.creators.timeline({ ...input, after: pages.at(-1)!.next! }));
    const all = await timelineOf(client, userId);
    expect(pages.flatMap(({ rows }) => rows)).toEqual(all);
    expect(pages.map(({ rows }) => rows.length)).toEqual([3, 3, 2]);
    const back = await caller.creators.timeline({ ...input, before: pages[2]!.previous! });
    expect(back.rows).toEqual(pages[1]!.rows);
  });

  it("answers NOT_FOUND for a creator of nobody here", async () => {
    const client = await aClient(db);
    const caller = await callerAs(db, "viewer", client);
    for (const userId of [randomUUID(), await aCreator(db, await aClient(db))]) {
      await expect(caller.creators.timeline({ clientId: client, userId })).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
  });
});
