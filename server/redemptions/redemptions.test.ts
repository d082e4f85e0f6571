import { describe, expect, it } from "vitest";
import type { ClientId } from "../base/ids.ts";
import { sql } from "../db/db.ts";
import { aClient, aCreator, aMission, aProgressRow, aReward, asOwner, aVideo } from "../testing/builders.ts";
import { callerAs } from "../testing/caller.ts";
import { testDatabase } from "../testing/database.ts";
import { runSteps } from "../testing/steps.ts";
import { progressStep } from "../progress/service.ts";
import { redemptionsStep } from "./service.ts";

const db = testDatabase();
const NIGHT = "2026-11-10T09:00:00Z";
const redeem = (client: ClientId, now = NIGHT) => runSteps(db, client, now, redemptionsStep);

function standing(client: ClientId) {
  return asOwner(db, (owner) =>
    owner.query<{ status: string; tier: string; type: string; reward: string; run: string | null }>(sql`
      select status, tier_at_claim as tier, redemption_type as type, reward_id as reward, run_id as run
      from redemptions where client_id = ${client}::uuid`),
  );
}

describe("a completed row", () => {
  it("gets one claimable redemption with the mission's reward and the creator's tier of that moment", async () => {
    const client = await aClient(db);
    const reward = await aReward(db, client, { type: "commission_boost", value: { percent: 5, duration_days: 30 } });
    const mission = await aMission(db, client, { rewardId: reward });
    await aProgressRow(db, client, await aCreator(db, client, { tier: "tier_3" }), mission, { status: "completed" });

    const outcome = await redeem(client);

    expect(outcome).toMatchObject({
      rowsIn: 1,
      rowsOut: 1,
      skipped: {},
      counts: { redemptions: 1 },
      message: "1 redemption created",
    });
    expect(await standing(client)).toEqual([
      { status: "claimable", tier: "tier_3", type: "scheduled", reward, run: expect.any(String) },
    ]);
  });

  it("never gets a second one, not from a second run nor from two at once", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client);
    await aProgressRow(db, client, await aCreator(db, client), mission, { status: "completed" });

    const outcomes = await Promise.all([redeem(client), redeem(client), redeem(client)]);
    const again = await redeem(client);

    expect(outcomes.reduce((sum, outcome) => sum + outcome.rowsOut, 0)).toBe(1);
    expect(again).toMatchObject({ rowsIn: 0, rowsOut: 0, message: "No redemptions to create" });
    expect(await standing(client)).toHaveLength(1);
  });

  it("is redeemed by the next run when a crash came between completing and creating", async () => {
    const client = await aClient(db);
    const user = await aCreator(db, client);
    await aProgressRow(db, client, user, await aMission(db, client));
    await aVideo(db, client, user, { gmv: 1000 });
    await runSteps(db, client, NIGHT, progressStep);
    await expect(
      runSteps(db, client, NIGHT, async (tx, step) => {
        await redemptionsStep(tx, step);
        throw new Error("the power went");
      }),
    ).rejects.toThrow("the power went");
    expect(await standing(client)).toHaveLength(0);

    await redeem(client, "2026-11-11T09:00:00Z");

    expect(await standing(client)).toHaveLength(1);
  });

  it("has earned its redemption even if mission and reward were switched off since", async () => {
    const client = await aClient(db);
    const reward = await aReward(db, client, { enabled: false });
    const mission = await aMission(db, client, { rewardId: reward, enabled: false, activated: false });
    await aProgressRow(db, client, await aCreator(db, client, { tier: "gone" }), mission, { status: "completed" });

    await redeem(client);

    expect(await standing(client)).toMatchObject([{ tier: "gone", type: "instant" }]);
  });

  it("waits while its mission has no reward, is counted, and is redeemed once one is set", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client, { rewardId: null });
    await aProgressRow(db, client, await aCreator(db, client), mission, { status: "completed" });

    expect(await redeem(client)).toMatchObject({
      rowsIn: 1,
      rowsOut: 0,
      skipped: { no_reward: 1 },
      counts: { redemptions: 0 },
    });
    const reward = await aReward(db, client);
    await asOwner(db, (owner) =>
      owner.execute(
        sql`update missions set reward_id = ${reward}::uuid where client_id = ${client}::uuid and id = ${mission}::uuid`,
      ),
    );

    expect(await redeem(client)).toMatchObject({ rowsOut: 1, skipped: {} });
  });
});

it.each(["active", "dormant"] as const)("a row that is %s gets none", async (status) => {
  const client = await aClient(db);
  await aProgressRow(db, client, await aCreator(db, client), await aMission(db, client), { status, value: 5000 });

  expect((await redeem(client)).rowsIn).toBe(0);
});

it("another client's completed rows are left to that client's run", async () => {
  const [client, elsewhere] = [await aClient(db), await aClient(db)];
  await aProgressRow(db, elsewhere, await aCreator(db, elsewhere), await aMission(db, elsewhere), {
    status: "completed",
  });

  expect((await redeem(client)).rowsOut).toBe(0);
  expect(await standing(elsewhere)).toHaveLength(0);
});

describe("the database lets a redemption move", () => {
  const allowed = new Set([
    "claimable>claimed",
    "claimable>rejected",
    "claimed>fulfilled",
    "claimed>concluded",
    "fulfilled>concluded",
  ]);
  const statuses = ["claimable", "claimed", "rejected", "fulfilled", "concluded"];
  const moves = statuses.flatMap((from) => statuses.filter((to) => to !== from).map((to) => ({ from, to })));

  it.each(moves)("from $from to $to only if the domain says so", async ({ from, to }) => {
    const client = await aClient(db);
    await aProgressRow(db, client, await aCreator(db, client), await aMission(db, client), { status: "completed" });
    await redeem(client);
    // The way there is legal; only the last move is on trial.
    const way = {
      claimable: [],
      claimed: ["claimed"],
      rejected: ["rejected"],
      fulfilled: ["claimed", "fulfilled"],
      concluded: ["claimed", "concluded"],
    }[from]!;
    const move = (status: string) =>
      asOwner(db, (owner) =>
        owner.execute(sql`update redemptions set status = ${status} where client_id = ${client}::uuid`),
      );
    for (const status of way) await move(status);

    const moved = await move(to).then(
      () => true,
      () => false,
    );

    expect(moved).toBe(allowed.has(`${from}>${to}`));
  });

  it("but never to another reward", async () => {
    const client = await aClient(db);
    await aProgressRow(db, client, await aCreator(db, client), await aMission(db, client), { status: "completed" });
    await redeem(client);
    const other = await aReward(db, client);

    await expect(
      asOwner(db, (owner) =>
        owner.execute(sql`update redemptions set reward_id = ${other}::uuid where client_id = ${client}::uuid`),
      ),
    ).rejects.toThrow("what a redemption was earned for never changes");
  });
});

it("lists redemptions newest first with what they are worth, by page, and counts them", async () => {
  const client = await aClient(db);
  const reward = await aReward(db, client, {
    type: "discount",
    value: { percent: 10, duration_minutes: 90, max_uses: 3 },
  });
  const [early, late] = [await aMission(db, client), await aMission(db, client, { rewardId: reward })];
  const [amy, bob] = [
    await aCreator(db, client, { handle: "amy" }),
    await aCreator(db, client, { handle: "bob", tier: "tier_2" }),
  ];
  await aProgressRow(db, client, amy, early, { status: "completed" });
  await redeem(client, "2026-11-09T09:00:00Z");
  await aProgressRow(db, client, bob, late, { status: "completed" });
  await redeem(client, NIGHT);
  const caller = await callerAs(db, "viewer", client);

  const first = await caller.redemptions.list({ clientId: client, limit: 1 });
  const second = await caller.redemptions.list({ clientId: client, limit: 1, after: first.next! });

  expect(first.rows).toMatchObject([
    {
      handle: "bob",
      missionId: late,
      tierAtClaim: "tier_2",
      tierAtClaimName: "Silver",
      status: "claimable",
      redemptionType: "scheduled",
      rewardValue: { type: "discount", percent: 10, durationMinutes: 90, maxUses: 3 },
      createdAt: new Date(NIGHT),
    },
  ]);
  expect(second.rows).toMatchObject([{ handle: "amy", rewardValue: { type: "gift_card", amount: 25 } }]);
  expect(second.next).toBeNull();
  expect(await caller.redemptions.count({ clientId: client })).toBe(2);
  expect(await caller.redemptions.count({ clientId: client, missionId: late, status: "claimable", userId: bob })).toBe(
    1,
  );
  expect(await caller.redemptions.count({ clientId: client, status: "claimed" })).toBe(0);
});
