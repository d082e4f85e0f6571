import { describe, expect, it } from "vitest";
import { aClient, aCreator, aVideo } from "../testing/builders.ts";
import { testDatabase } from "../testing/database.ts";
import { nightsOf } from "../testing/nights.ts";
import { anAdjustment, creatorOf } from "../testing/steps.ts";

const db = testDatabase();
const { night, aSilver, logOf } = nightsOf(db);

describe("a checkpoint", () => {
  it.each([
    ["is not due before its local day", "2026-12-01T04:59:59Z", []],
    [
      "is due from the first second of its local day",
      "2026-12-01T05:00:00Z",
      ["checkpoint demoted tier_2>tier_1 0 2026-08-01..2026-12-01"],
    ],
  ])("%s", async (_what, now, expected) => {
    const { client, log } = await aSilver({ next: "2026-12-01T20:00:00Z" });

    await night(client, now);

    expect(await log()).toEqual(expected);
  });

  it.each([
    ["demotes to the highest tier that the window reaches", "2999.99", "tier_2", "demoted"],
    ["demotes to the floor when it reaches none", "1", "tier_1", "demoted"],
    ["maintains what the window reaches exactly", "3000", "tier_3", "maintained"],
  ])("%s", async (_what, gmv, tier, status) => {
    const { client, user, stands, log } = await aSilver({ tier: "tier_3" });
    await aVideo(db, client, user, { postDate: "2026-11-30", gmv });
    // outside of the window on both sides
    await aVideo(db, client, user, { postDate: "2026-07-31", gmv: 1 });
    await aVideo(db, client, user, { postDate: "2026-12-01", gmv: 1 });

    await night(client, "2026-12-02T09:00:00Z");

    expect((await stands()).tier).toBe(tier);
    expect(await log()).toEqual([`checkpoint ${status} tier_3>${tier} ${gmv} 2026-08-01..2026-12-01`]);
  });

  it("promotes where refunds of earlier years hide from the lifetime total what the window reached", async () => {
    const { client, user, stands, log } = await aSilver();
    await aVideo(db, client, user, { postDate: "2026-09-01", gmv: 4000 });
    await anAdjustment(db, client, user, { amount: -2000, at: "2026-01-05T12:00:00Z" });

    await night(client, "2026-12-02T09:00:00Z");

    expect((await stands()).tier).toBe("tier_3");
    expect(await log()).toEqual(["checkpoint promoted tier_2>tier_3 4000 2026-08-01..2026-12-01"]);
  });

  it("opens the next window where the old one ended, not at now, also when the tier is maintained", async () => {
    const { client, user, stands } = await aSilver();
    await aVideo(db, client, user, { postDate: "2026-09-01", gmv: 1500 });

    await night(client, "2026-12-05T09:00:00Z");

    expect(await stands()).toMatchObject({
      tier: "tier_2",
      since: "2026-12-01T05:00:00.000Z",
      next: "2027-04-01T04:00:00.000Z",
      checkpointSales: "0",
    });
  });

  it("has no successor after a demotion into an exempt tier", async () => {
    const { client, stands } = await aSilver();

    await night(client, "2026-12-05T09:00:00Z");

    expect(await stands()).toMatchObject({ tier: "tier_1", since: "2026-12-01T05:00:00.000Z", next: null });
  });

  it("judges several overdue windows in turn, one entry each", async () => {
    const { client, user, stands, log } = await aSilver({
      tier: "tier_4",
      checkpointMonths: 2,
      next: "2026-10-01T04:00:00Z",
    });
    await aVideo(db, client, user, { postDate: "2026-09-15", gmv: 3500 });
    await aVideo(db, client, user, { postDate: "2026-10-01", gmv: 1500 });

    const outcome = await night(client, "2027-02-02T09:00:00Z");

    expect(await log()).toEqual([
      "checkpoint demoted tier_4>tier_3 3500 2026-08-01..2026-10-01",
      "checkpoint demoted tier_3>tier_2 1500 2026-10-01..2026-12-01",
      "checkpoint demoted tier_2>tier_1 0 2026-12-01..2027-02-01",
    ]);
    expect(await stands()).toMatchObject({ tier: "tier_1", since: "2027-02-01T05:00:00.000Z", next: null });
    expect(outcome.counts).toEqual({ promoted: 0, maintained: 0, demoted: 3 });
  });

  it.each([
    ["January 31 + 1 month is February 28", "America/New_York", "2027-01-31T17:00:00Z", 1, "2027-02-28T17:00:00.000Z"],
    [
      "January 31 + 13 months is February 29 in a leap year",
      "America/New_York",
      "2027-01-31T17:00:00Z",
      13,
      "2028-02-29T17:00:00.000Z",
    ],
    [
      "local midnight stays local midnight across the clock change",
      "America/New_York",
      "2027-02-14T05:00:00Z",
      1,
      "2027-03-14T05:00:00.000Z",
    ],
    [
      "the month is that of the client's day, not of UTC",
      "America/Sao_Paulo",
      "2027-02-01T02:00:00Z",
      1,
      "2027-03-01T02:00:00.000Z",
    ],
  ])("counts calendar months: %s", async (_what, timezone, next, checkpointMonths, expected) => {
    const { client, user, stands } = await aSilver({ timezone, checkpointMonths, next });
    await aVideo(db, client, user, { postDate: "2026-09-01", gmv: 1500 });

    await night(client, new Date(new Date(next).getTime() + 86_400_000).toISOString());

    expect(await stands()).toMatchObject({ since: new Date(next).toISOString(), next: expected });
  });

  it("counts an adjustment entered after its window was judged in the next window", async () => {
    const { client, user, stands, log } = await aSilver({ checkpointMonths: 1, next: "2026-12-01T05:00:00Z" });
    await aVideo(db, client, user, { postDate: "2026-09-01", gmv: 1500 });
    await night(client, "2026-12-02T09:00:00Z");
    await anAdjustment(db, client, user, { amount: 1200, at: "2026-12-02T18:00:00Z", appliedAt: null });

    await night(client, "2027-01-02T09:00:00Z");

    expect((await log()).at(-1)).toBe("checkpoint maintained tier_2>tier_2 1200 2026-12-01..2027-01-01");
    expect((await stands()).tier).toBe("tier_2");
  });

  it("judges an open start over everything before its end", async () => {
    const client = await aClient(db);
    const user = await aCreator(db, client, { tier: "tier_2", nextCheckpointAt: new Date("2026-12-01T05:00:00Z") });
    await aVideo(db, client, user, { postDate: "2015-01-01", gmv: 1200 });

    await night(client, "2026-12-02T09:00:00Z");

    expect(await logOf(client, user)).toEqual(["checkpoint maintained tier_2>tier_2 1200 open..2026-12-01"]);
  });

  it("passes over a tier without a threshold; the lowest tier is the floor whatever it says", async () => {
    const { client, user, stands } = await aSilver({ tiers: [null, 1000, null, 10_000], tier: "tier_4" });
    await aVideo(db, client, user, { postDate: "2026-09-01", gmv: 5000 });
    const idle = await aCreator(db, client, { tier: "tier_4", nextCheckpointAt: new Date("2026-12-01T05:00:00Z") });

    await night(client, "2026-12-02T09:00:00Z");

    expect((await stands()).tier).toBe("tier_2");
    expect((await creatorOf(db, client, idle)).tier).toBe("tier_1");
  });

  it.each([
    ["a lifetime client", { tierCalculationMode: "lifetime" as const, tier: "tier_2" }],
    ["an exempt tier", { tier: "tier_1" }],
  ])("does not exist for %s, even where an older system left a date", async (_what, options) => {
    const { client, stands, log } = await aSilver({ ...options, next: "2026-11-01T04:00:00Z" });

    await night(client, "2026-12-02T09:00:00Z");

    expect((await stands()).tier).toBe(options.tier);
    expect(await log()).toEqual([]);
  });
});
