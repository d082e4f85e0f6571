import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ClientId } from "../base/ids.ts";
import { dayOf } from "../base/days.ts";
import { sql } from "../db/db.ts";
import { aClient, aCreator, asOwner, aVideo } from "../testing/builders.ts";
import { testDatabase } from "../testing/database.ts";
import { anAdjustment, creatorOf, runSteps } from "../testing/steps.ts";
import { recomputeTotals } from "./totals.ts";

const db = testDatabase();
const NIGHT = "2026-11-10T09:00:00Z";
const recompute = (client: ClientId) => runSteps(db, client, NIGHT, recomputeTotals);

describe("a creator's sums", () => {
  it("hold all videos in the totals and those of the present window in the checkpoint figures", async () => {
    const client = await aClient(db);
    const user = await aCreator(db, client, {
      tierAchievedAt: new Date("2026-10-01T15:00:00Z"),
      nextCheckpointAt: new Date("2026-11-01T15:00:00Z"),
    });
    await aVideo(db, client, user, { postDate: "2026-09-30", gmv: "1.50", units: 1, views: 1, likes: 1, comments: 1 });
    await aVideo(db, client, user, {
      postDate: "2026-10-01",
      gmv: "20.25",
      units: 20,
      views: 20,
      likes: 20,
      comments: 20,
    });
    await aVideo(db, client, user, {
      postDate: "2026-10-31",
      gmv: "300",
      units: 300,
      views: 300,
      likes: 300,
      comments: 300,
    });
    await aVideo(db, client, user, {
      postDate: "2026-11-01",
      gmv: "4000",
      units: 4000,
      views: 4000,
      likes: 4000,
      comments: 4000,
    });

    await recompute(client);

    expect(await creatorOf(db, client, user)).toMatchObject({
      totalSales: "4321.75",
      totalUnits: "4321",
      checkpointSales: "320.25",
      checkpointUnits: "320",
      videos: "2",
      views: "320",
      likes: "320",
      comments: "320",
    });
  });

  it.each([
    ["the last second before the window's first local day", "2026-10-01T03:59:59Z", "0"],
    ["the first second of that day, although the window began in its afternoon", "2026-10-01T04:00:00Z", "50"],
    ["the last second before its last day", "2026-11-01T03:59:59Z", "50"],
    ["the first second of the day on which it ends", "2026-11-01T04:00:00Z", "0"],
  ])("count an adjustment by its local day: %s", async (_what, at, windowSales) => {
    const client = await aClient(db);
    const user = await aCreator(db, client, {
      tierAchievedAt: new Date("2026-10-01T15:00:00Z"),
      nextCheckpointAt: new Date("2026-11-01T15:00:00Z"),
    });
    await anAdjustment(db, client, user, { amount: 50, at });

    await recompute(client);

    expect(await creatorOf(db, client, user)).toMatchObject({ totalSales: "50", checkpointSales: windowSales });
  });

  it("hold units where the client counts units", async () => {
    const client = await aClient(db, { vipMetric: "units" });
    const user = await aCreator(db, client);
    await aVideo(db, client, user, { gmv: 90, units: 10 });
    await anAdjustment(db, client, user, { units: -3 });

    await recompute(client);

    expect(await creatorOf(db, client, user)).toMatchObject({
      totalSales: "90",
      totalUnits: "7",
      checkpointSales: "90",
      checkpointUnits: "7",
    });
  });

  it("are 0 again when the last adjustment took everything back", async () => {
    const client = await aClient(db);
    const user = await aCreator(db, client);
    await aVideo(db, client, user, { gmv: 90 });
    await recompute(client);
    await anAdjustment(db, client, user, { amount: -90 });

    await recompute(client);

    expect((await creatorOf(db, client, user)).totalSales).toBe("0");
  });

  it("are written only where they differ, and the step says how many", async () => {
    const client = await aClient(db);
    const [amy] = [await aCreator(db, client), await aCreator(db, client)];
    await aVideo(db, client, amy, { gmv: 90 });

    expect(await recompute(client)).toMatchObject({
      rowsIn: 2,
      rowsOut: 1,
      message: "2 creators looked at, 1 changed, ranks moved for 2",
    });
    expect(await recompute(client)).toMatchObject({
      rowsIn: 0,
      rowsOut: 0,
      message: "0 of 2 creators looked at, 0 changed, ranks moved for 0",
    });
  });
});

describe("ranks", () => {
  it.each(["sales", "units"] as const)("follow the total of %s, and a tie shares its place", async (vipMetric) => {
    const client = await aClient(db, { vipMetric });
    const totals = [50, 90, 50, 0];
    const users = [];
    for (const total of totals) {
      const user = await aCreator(db, client);
      users.push(user);
      // the other metric would order them the other way round
      await aVideo(
        db,
        client,
        user,
        vipMetric === "sales" ? { gmv: total, units: 100 - total } : { units: total, gmv: 100 - total },
      );
    }

    await recompute(client);

    const ranks = await Promise.all(users.map(async (user) => (await creatorOf(db, client, user)).rank));
    expect(ranks).toEqual([2, 1, 2, 4]);
  });

  it("move for those whom a newcomer passes, and for nobody else", async () => {
    const client = await aClient(db);
    const [first, second] = [await aCreator(db, client), await aCreator(db, client)];
    await aVideo(db, client, first, { gmv: 100 });
    await aVideo(db, client, second, { gmv: 50 });
    await recompute(client);
    await aVideo(db, client, await aCreator(db, client), { gmv: 70 });

    const outcome = await recompute(client);

    expect(outcome.counts).toEqual({ changed: 1, ranks: 2 });
    expect((await creatorOf(db, client, second)).rank).toBe(3);
  });
});

it("the totals always equal the sum of their sources", async () => {
  const day = fc
    .integer({ min: 0, max: 60 })
    .map((offset) => new Date(Date.UTC(2026, 8, 15 + offset)).toISOString().slice(0, 10));
  const instant = fc
    .integer({ min: 0, max: 60 * 24 * 4 })
    .map((quarter) => new Date(Date.UTC(2026, 8, 15) + quarter * 15 * 60_000));
  const cents = fc.integer({ min: 0, max: 1_000_000 });
  const programme = fc.record({
    timezone: fc.constantFrom("America/New_York", "America/Sao_Paulo", "Asia/Kathmandu", "UTC"),
    start: fc.option(instant),
    end: fc.option(instant),
    videos: fc.array(fc.record({ day, cents, units: fc.nat(500) }), { maxLength: 6 }),
    adjustments: fc.array(
      fc.record({
        at: instant,
        cents: fc.integer({ min: -50_000, max: 50_000 }).filter((value) => value !== 0),
        isApplied: fc.boolean(),
      }),
      { maxLength: 4 },
    ),
  });

  await fc.assert(
    fc.asyncProperty(programme, async ({ timezone, start, end, videos, adjustments }) => {
      const client = await aClient(db, { timezone });
      const user = await aCreator(db, client, { tierAchievedAt: start, nextCheckpointAt: end });
      for (const video of videos)
        await aVideo(db, client, user, {
          postDate: video.day,
          gmv: (video.cents / 100).toFixed(2),
          units: video.units,
        });
      for (const { at, cents: amount, isApplied } of adjustments) {
        await anAdjustment(db, client, user, {
          amount: (amount / 100).toFixed(2),
          at: at.toISOString(),
          appliedAt: isApplied ? NIGHT : null,
        });
      }
      await recompute(client);

      const isInside = (on: string) =>
        (start === null || on >= dayOf(start, timezone)) && (end === null || on < dayOf(end, timezone));
      const sources = [
        ...videos.map((video) => ({ on: video.day, cents: video.cents })),
        ...adjustments
          .filter((one) => one.isApplied)
          .map((one) => ({ on: dayOf(one.at, timezone) as string, cents: one.cents })),
      ];
      const sum = (of: typeof sources) => of.reduce((total, one) => total + one.cents, 0);
      const stands = await creatorOf(db, client, user);
      expect(Math.round(Number(stands.totalSales) * 100)).toBe(sum(sources));
      expect(Math.round(Number(stands.checkpointSales) * 100)).toBe(sum(sources.filter((one) => isInside(one.on))));
      expect(Number(stands.videos)).toBe(videos.filter((video) => isInside(video.day)).length);
      expect(Number(stands.totalUnits)).toBe(videos.reduce((total, video) => total + video.units, 0));
    }),
    { numRuns: 15 },
  );
});

it("another client's creators are not touched", async () => {
  const [client, elsewhere] = [await aClient(db), await aClient(db)];
  const stranger = await aCreator(db, elsewhere);
  await aVideo(db, elsewhere, stranger, { gmv: 5 });

  await recompute(client);

  expect((await creatorOf(db, elsewhere, stranger)).totalSales).toBe("0");
  expect(
    await asOwner(db, (owner) => owner.query(sql`select rank from creator_ranks where client_id = ${elsewhere}::uuid`)),
  ).toEqual([]);
});
