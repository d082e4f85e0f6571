import { describe, expect, it } from "vitest";
import type { ClientId, UserId } from "../../base/ids.ts";
import { sql } from "../../db/db.ts";
import { aClient, aCreator, aMission, aProgressRow, aReward, asOwner, aVideo } from "../../testing/builders.ts";
import { callerAs } from "../../testing/caller.ts";
import { testDatabase } from "../../testing/database.ts";
import type { BacktestDto } from "./schema.ts";

const db = testDatabase();

/** Noon of a Sunday in New York, the builders' timezone. */
const now = new Date("2026-11-22T17:00:00Z");
const newYork = (day: string) => new Date(`${day}T05:00:00Z`);
/** From 2 November on, the last four of it before 22 November. */
const present = { tierAchievedAt: newYork("2026-11-02"), nextCheckpointAt: newYork("2027-03-02") };

type Options = { window?: "present" | "previous"; targetValue?: string; tierEligibility?: string };

async function backtest(client: ClientId, mission: string, options: Options = {}): Promise<BacktestDto> {
  const viewer = await callerAs(db, "viewer", client, { now });
  const { window, ...whatIf } = options;
  const asked = { clientId: client, missionId: mission, window, whatIf };
  const result = await viewer.missions.backtest(asked);
  if (result.kind === "raffle") throw new Error("no backtest");
  return result;
}

async function posts(client: ClientId, user: UserId, videos: Record<string, number | string>): Promise<void> {
  for (const [postDate, gmv] of Object.entries(videos)) await aVideo(db, client, user, { postDate, gmv });
}

/** An entry of the tier log whose window ended on that day. */
function aJudgement(client: ClientId, user: UserId, window: { start: string | null; end: string }): Promise<number> {
  return asOwner(db, (owner) =>
    owner.execute(sql`
      insert into tier_checkpoints (client_id, user_id, window_start, window_end, tier_before, tier_after, status)
      values (${client}::uuid, ${user}::uuid, ${window.start === null ? null : newYork(window.start)}::timestamptz,
        ${newYork(window.end)}::timestamptz, 'tier_1', 'tier_1', 'maintained')`),
  );
}

describe("over each creator's present window", () => {
  it("says how many would have completed, on which day, how fast and at what cost", async () => {
    const client = await aClient(db);
    const reward = await aReward(db, client, { value: { amount: 25.5 } });
    const mission = await aMission(db, client, { rewardId: reward, enabled: false, activated: false });
    const fast = await aCreator(db, client, present);
    await posts(client, fast, { "2026-11-02": 400, "2026-11-03": "600.00", "2026-11-04": 5000 });
    const slow = await aCreator(db, client, present);
    await posts(client, slow, { "2026-11-05": "999.99", "2026-11-11": "0.01" });
    const seeded = await aCreator(db, client, present);
    await aProgressRow(db, client, seeded, mission, { status: "dormant", end: newYork("2026-06-01") });
    await posts(client, seeded, { "2026-11-03": 1000 });
    const short = await aCreator(db, client, present);
    await posts(client, short, { "2026-11-01": 5000, "2026-11-20": "999.99" });
    await aCreator(db, client, present);

    expect(await backtest(client, mission)).toEqual({
      kind: "computed",
      window: "present",
      computedAt: now,
      today: "2026-11-22",
      targetValue: "1000",
      tierEligibility: "all",
      isWhatIf: false,
      windows: { known: 5, assumed: 0, none: 0 },
      considered: 5,
      withVideos: 4,
      completed: 3,
      share: 0.6,
      perDay: [
        { day: "2026-11-03", completed: 2 },
        { day: "2026-11-11", completed: 1 },
      ],
      medianDays: 2,
      withoutStart: 0,
      cost: { amount: "76.5", each: "25.5", currency: "USD" },
    });
  });

  it("considers those who qualify alone, and answers with another target or tier as if it were saved", async () => {
    const client = await aClient(db);
    const reward = await aReward(db, client, { type: "experience", value: {} });
    const mission = await aMission(db, client, { rewardId: reward, tierEligibility: "tier_2" });
    for (const tier of ["tier_1", "tier_2", "tier_3", "silver of old"]) {
      await posts(client, await aCreator(db, client, { ...present, tier }), { "2026-11-10": 300 });
    }
    expect(await backtest(client, mission)).toMatchObject({
      considered: 2,
      completed: 0,
      cost: null,
      medianDays: null,
    });
    expect(await backtest(client, mission, { targetValue: "300.00" })).toMatchObject({
      targetValue: "300.00",
      isWhatIf: true,
      considered: 2,
      completed: 2,
      perDay: [{ day: "2026-11-10", completed: 2 }],
      cost: null,
    });
    const tiers = { tier_3: 1, tier_1: 3, all: 4, tier_6: 0 };
    for (const [tierEligibility, considered] of Object.entries(tiers)) {
      for (const window of ["present", "previous"] as const) {
        const supposed = await backtest(client, mission, { window, tierEligibility });
        expect(supposed).toMatchObject({ tierEligibility, isWhatIf: true, considered });
      }
    }
  });

  it("is open where the window is, and leaves those without a start out of the median", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client, { missionType: "videos", targetValue: 2 });
    const always = await aCreator(db, client);
    await posts(client, always, { "2020-01-01": 0, "2024-05-05": 0 });
    expect(await backtest(client, mission)).toMatchObject({
      completed: 1,
      perDay: [{ day: "2024-05-05", completed: 1 }],
      medianDays: null,
      withoutStart: 1,
    });
    const since = await aCreator(db, client, { tierAchievedAt: newYork("2026-11-10") });
    await posts(client, since, { "2026-11-09": 0, "2026-11-12": 0, "2026-11-14": 0 });
    expect(await backtest(client, mission)).toMatchObject({ completed: 2, medianDays: 5, withoutStart: 1 });
  });

  it("counts what is dated tomorrow today, and what lies after a window's end never", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client, { missionType: "videos", targetValue: 1 });
    await posts(client, await aCreator(db, client, present), { "2026-11-23": 0 });
    const over = await aCreator(db, client, { ...present, nextCheckpointAt: newYork("2026-11-22") });
    await posts(client, over, { "2026-11-22": 0 });
    expect(await backtest(client, mission)).toMatchObject({ perDay: [{ day: "2026-11-22", completed: 1 }] });
  });
});

describe("over each creator's previous window", () => {
  it("reads the window that was judged, else the months before the present one, and says how many had which", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client);
    const judged = await aCreator(db, client, present);
    await aJudgement(client, judged, { start: "2026-05-01", end: "2026-07-02" });
    await aJudgement(client, judged, { start: "2026-09-15", end: "2026-11-02" });
    await posts(client, judged, { "2026-09-14": 5000, "2026-09-15": 999, "2026-10-14": 1 });
    const early = await aCreator(db, client, present);
    await aJudgement(client, early, { start: null, end: "2026-11-02" });
    await posts(client, early, { "2019-01-01": 1000 });
    const assumed = await aCreator(db, client, present);
    await posts(client, assumed, { "2026-07-01": 5000, "2026-07-02": 400, "2026-11-01": 600, "2026-11-02": 5000 });
    const longAgo = await aCreator(db, client, present);
    await aJudgement(client, longAgo, { start: "2026-01-01", end: "2026-05-01" });
    await posts(client, await aCreator(db, client), { "2026-10-01": 5000 });

    expect(await backtest(client, mission, { window: "previous" })).toMatchObject({
      window: "previous",
      windows: { known: 2, assumed: 2, none: 1 },
      considered: 4,
      withVideos: 3,
      completed: 3,
      perDay: [
        { day: "2019-01-01", completed: 1 },
        { day: "2026-10-14", completed: 1 },
        { day: "2026-11-01", completed: 1 },
      ],
      medianDays: 30,
      withoutStart: 1,
    });
  });
});

describe("a backtest", () => {
  it("of a raffle is none, and says so", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client, { missionType: "raffle" });
    const viewer = await callerAs(db, "viewer", client, { now });
    expect(await viewer.missions.backtest({ clientId: client, missionId: mission })).toEqual({ kind: "raffle" });
  });

  it("of a programme without creators is empty", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client);
    for (const window of ["present", "previous"] as const) {
      const empty = { considered: 0, completed: 0, share: 0, perDay: [], medianDays: null };
      expect(await backtest(client, mission, { window })).toMatchObject(empty);
    }
  });

  it("refuses a target of nothing", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client);
    for (const targetValue of ["0", "0.00", "-5", "many"]) {
      await expect(backtest(client, mission, { targetValue })).rejects.toMatchObject({ code: "BAD_REQUEST" });
    }
  });

  it("does not know a mission of another client", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, await aClient(db));
    await expect(backtest(client, mission)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
