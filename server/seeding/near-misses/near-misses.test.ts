/** Who nearly makes it: within 10 % of the tier, by what promotions count, or of the target, over the row's window. */
import { describe, expect, it } from "vitest";
import type { ClientId, MissionId, UserId } from "../../base/ids.ts";
import { sql } from "../../db/db.ts";
import type { NearMissListInput } from "./schema.ts";
import { aClient, aCreator, aMission, aProgressRow, asOwner, aVideo } from "../../testing/builders.ts";
import { callerAs } from "../../testing/caller.ts";
import { testDatabase } from "../../testing/database.ts";
import { nightsOf } from "../../testing/nights.ts";

const db = testDatabase();
const { night } = nightsOf(db);
const now = new Date("2026-11-22T17:00:00Z");
const viewer = (client: ClientId) => callerAs(db, "viewer", client, { now });

interface Sold {
  tier?: string;
  gmv: string;
  postDate?: string;
}

/** A creator of a handle who has sold so much, totals and all. */
async function aSeller(client: ClientId, handle: string, { tier = "tier_2", gmv, postDate }: Sold): Promise<UserId> {
  const user = await aCreator(db, client, { handle, tier });
  await aVideo(db, client, user, { gmv, ...(postDate === undefined ? {} : { postDate }) });
  await asOwner(db, (owner) =>
    owner.execute(
      sql`update users set total_sales = ${gmv}::numeric where client_id = ${client}::uuid and id = ${user}::uuid`,
    ),
  );
  return user;
}

type Asked = Partial<NearMissListInput> & Pick<NearMissListInput, "kind">;

/** "handle value missing" of everybody near, in the list's order. */
async function near(client: ClientId, missionId: MissionId, asked: Asked): Promise<string[]> {
  const { rows } = await (await viewer(client)).eligibility.nearMisses({ clientId: client, missionId, ...asked });
  return rows.map(({ handle, value, missing }) => `${handle} ${value} ${missing}`);
}

describe("near-misses of the tier", () => {
  it("are those below it with 90 % of its threshold, to the cent, nearest first", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client, { tierEligibility: "tier_3" });
    await aSeller(client, "just", { gmv: "2700" });
    await aSeller(client, "out", { gmv: "2699.99" });
    await aSeller(client, "close", { tier: "tier_1", gmv: "2999.99" });
    await aSeller(client, "there", { gmv: "3000" });
    await aSeller(client, "gold", { tier: "tier_3", gmv: "2900" });
    await aSeller(client, "lost", { tier: "?", gmv: "2900" });
    const held = await aSeller(client, "held", { gmv: "2900" });
    await aProgressRow(db, client, held, mission);
    expect(await near(client, mission, { kind: "tier" })).toEqual([
      "there 3000 0",
      "close 2999.99 0.01",
      "just 2700 300",
    ]);
    expect(await near(client, mission, { kind: "tier", sort: "handle" })).toEqual([
      "close 2999.99 0.01",
      "just 2700 300",
      "there 3000 0",
    ]);
    const counts = await (
      await viewer(client)
    ).eligibility.nearMissCounts({ clientId: client, missionId: mission, kind: "tier" });
    expect(counts).toEqual({ total: 3, reached: 1, over: 0 });
  });

  it("follow a supposed tier and a supposed switch", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client, { tierEligibility: "tier_4", enabled: false });
    await aSeller(client, "amy", { tier: "tier_1", gmv: "950" });
    expect(await near(client, mission, { kind: "tier" })).toEqual([]);
    expect(await near(client, mission, { kind: "tier", whatIf: { enabled: true } })).toEqual([]);
    const whatIf = { enabled: true, tierEligibility: "tier_2" };
    expect(await near(client, mission, { kind: "tier", whatIf })).toEqual(["amy 950 50"]);
  });

  it("count what promotions count: once demoted, only what came since; so those who have it rise tonight", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client, { tierEligibility: "tier_3" });
    const fallen = await aSeller(client, "fallen", { gmv: "2950", postDate: "2026-01-10" });
    await aSeller(client, "rising", { gmv: "3100" });
    await asOwner(db, (owner) =>
      owner.execute(sql`
        insert into tier_checkpoints (client_id, user_id, window_end, window_start, kind, metric_value, tier_before, tier_after, status, judged_at)
        values (${client}::uuid, ${fallen}::uuid, '2026-06-01T04:00:00Z', null, 'checkpoint', 0, 'tier_3', 'tier_2', 'demoted', now())`),
    );
    expect(await near(client, mission, { kind: "tier" })).toEqual(["rising 3100 0"]);
    await night(client, "2026-11-23T09:00:00Z");
    const { rows } = await (
      await viewer(client)
    ).eligibility.list({ clientId: client, missionId: mission, bucket: "will_create" });
    expect(rows.map(({ handle }) => handle)).toEqual(["rising"]);
  });

  it("count adjustments that wait, as the night will: up and down, and after a demotion only those since", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client, { tierEligibility: "tier_3" });
    const sellers = { lifted: "2600", lowered: "2750", early: "0" };
    const amounts = { lifted: 400, lowered: -100, early: 2900 };
    for (const [handle, gmv] of Object.entries(sellers)) {
      const user = await aSeller(client, handle, { gmv });
      const amount = amounts[handle as keyof typeof amounts];
      await asOwner(db, (owner) =>
        owner.execute(sql`
          insert into sales_adjustments (client_id, user_id, amount, adjustment_type, reason, adjusted_by, created_at)
          values (${client}::uuid, ${user}::uuid, ${amount}, 'correction', 'late report', 'Ada', '2026-05-20T12:00:00Z')`),
      );
    }
    await asOwner(db, (owner) =>
      owner.execute(sql`
        insert into tier_checkpoints (client_id, user_id, window_end, window_start, kind, metric_value, tier_before, tier_after, status, judged_at)
        select client_id, id, '2026-06-01T04:00:00Z', null, 'checkpoint', 0, 'tier_3', 'tier_2', 'demoted', now()
        from users where client_id = ${client}::uuid and tiktok_handle = 'early'`),
    );
    expect(await near(client, mission, { kind: "tier" })).toEqual(["lifted 3000 0"]);
    await night(client, "2026-11-23T09:00:00Z");
    const { rows } = await (await viewer(client)).creators.list({ clientId: client, tier: "tier_3" });
    expect(rows.map(({ handle }) => handle)).toEqual(["lifted"]);
  });

  it("count units where the client does, and a tier without a threshold is near to nobody", async () => {
    const client = await aClient(db, { vipMetric: "units", tiers: [0, 100, null] });
    const user = await aCreator(db, client, { handle: "amy", tier: "tier_1" });
    await asOwner(db, (owner) =>
      owner.execute(
        sql`update users set total_units = 90, total_sales = 5 where client_id = ${client}::uuid and id = ${user}::uuid`,
      ),
    );
    const silver = await aMission(db, client, { tierEligibility: "tier_2" });
    const gold = await aMission(db, client, { tierEligibility: "tier_3" });
    expect(await near(client, silver, { kind: "tier" })).toEqual(["amy 90 10"]);
    expect(await near(client, gold, { kind: "tier" })).toEqual([]);
  });
});

describe("near-misses of the target", () => {
  it("are rows not completed, and rows to be created, with 90 % of it in their window", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client, { targetValue: 1000, tierEligibility: "tier_2" });
    const window = { start: new Date("2026-10-01T04:00:00Z"), end: new Date("2026-12-01T05:00:00Z") };
    const row = async (handle: string, gmv: string, options: Parameters<typeof aProgressRow>[4] = {}) => {
      const user = await aSeller(client, handle, { gmv, postDate: "2026-11-01" });
      await aProgressRow(db, client, user, mission, { ...window, ...options });
    };
    await row("active", "999.50");
    await row("asleep", "1000", { status: "dormant" });
    await row("far", "899.99");
    await row("done", "950", { status: "completed", value: 1000 });
    await row("late", "950", { end: new Date("2026-11-22T05:00:00Z") });
    await row("past", "950", { end: new Date("2026-11-01T05:00:00Z") });
    await aSeller(client, "would", { gmv: "900" });
    await aSeller(client, "cannot", { tier: "tier_1", gmv: "950" });
    expect(await near(client, mission, { kind: "target" })).toEqual([
      "asleep 1000 0",
      "active 999.50 0.5",
      "late 950 50",
      "would 900 100",
    ]);
    const caller = await viewer(client);
    const input = { clientId: client, missionId: mission, kind: "target" } as const;
    expect(await caller.eligibility.nearMissCounts(input)).toEqual({ total: 4, reached: 1, over: 1 });
    const { rows } = await caller.eligibility.nearMisses({ ...input, sort: "handle" });
    expect(rows).toMatchObject([
      { handle: "active", isSeeded: true, isOver: false, windowStart: window.start, windowEnd: window.end },
      { handle: "asleep", isSeeded: true, isOver: false },
      { handle: "late", isSeeded: true, isOver: true },
      { handle: "would", isSeeded: false, isOver: false, tierName: "Silver", required: "1000", windowStart: null },
    ]);
  });

  it("follow a supposed target, and a raffle has none", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client, { targetValue: 1000 });
    await aSeller(client, "amy", { gmv: "460" });
    expect(await near(client, mission, { kind: "target" })).toEqual([]);
    expect(await near(client, mission, { kind: "target", whatIf: { targetValue: "500.50" } })).toEqual([
      "amy 460 40.5",
    ]);
    const raffle = await aMission(db, client, { missionType: "raffle" });
    expect(await near(client, raffle, { kind: "target" })).toEqual([]);
  });
});

describe("a page of near-misses", () => {
  it.each(["near", "handle"] as const)("goes both ways in the order of %s, through equal values too", async (sort) => {
    const client = await aClient(db);
    const mission = await aMission(db, client, { targetValue: 100 });
    for (const [handle, gmv] of [
      ["eve", "95"],
      ["bob", "95"],
      ["dan", "99.5"],
      ["amy", "90"],
      ["cat", "95"],
    ] as const) {
      await aSeller(client, handle, { gmv });
    }
    const caller = await viewer(client);
    const input = { clientId: client, missionId: mission, kind: "target", sort, limit: 2 } as const;
    const first = await caller.eligibility.nearMisses(input);
    const second = await caller.eligibility.nearMisses({ ...input, after: first.next! });
    const third = await caller.eligibility.nearMisses({ ...input, after: second.next! });
    const back = await caller.eligibility.nearMisses({ ...input, before: third.previous! });
    const handles = [first, second, third].map(({ rows }) => rows.map(({ handle }) => handle));
    expect(handles.flat()).toEqual(
      sort === "handle" ? ["amy", "bob", "cat", "dan", "eve"] : ["dan", "bob", "cat", "eve", "amy"],
    );
    expect(back.rows).toEqual(second.rows);
    expect([first.previous, third.next]).toEqual([null, null]);
  });

  it("is NOT_FOUND for another client's mission", async () => {
    const client = await aClient(db);
    const strange = await aMission(db, await aClient(db));
    const caller = await viewer(client);
    const input = { clientId: client, missionId: strange, kind: "target" } as const;
    await expect(caller.eligibility.nearMisses(input)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(caller.eligibility.nearMissCounts(input)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
