import { describe, expect, it } from "vitest";
import { recomputeTotals } from "../creators/totals.ts";
import { sql } from "../db/db.ts";
import { aMission, aProgressRow, asOwner, aVideo } from "../testing/builders.ts";
import { testDatabase } from "../testing/database.ts";
import { nightsOf } from "../testing/nights.ts";
import { anAdjustment, progressOf, runSteps } from "../testing/steps.ts";
import { moveTiers } from "./moves.ts";

const db = testDatabase();
const { night, aSilver } = nightsOf(db);

describe("a promotion", () => {
  it.each([
    ["stays below a threshold by a cent", "999.99", "tier_1"],
    ["reaches it exactly", "1000", "tier_2"],
    ["skips tiers to the highest reached", "3000", "tier_3"],
    ["reaches the top", "99999", "tier_4"],
  ])("%s", async (_what, gmv, tier) => {
    const { client, user, stands } = await aSilver({ tier: "tier_1", next: null });
    await aVideo(db, client, user, { postDate: "2020-01-01", gmv });

    await night(client, "2026-11-10T09:00:00Z");

    expect((await stands()).tier).toBe(tier);
  });

  it("opens a window from now to so many calendar months later, and closes the old one in the log", async () => {
    const { client, user, stands, log } = await aSilver();
    await aVideo(db, client, user, { postDate: "2026-11-09", gmv: 3500 });

    const outcome = await night(client, "2026-11-10T09:00:00Z");

    expect(await stands()).toMatchObject({
      tier: "tier_3",
      since: "2026-11-10T09:00:00.000Z",
      next: "2027-03-10T09:00:00.000Z",
    });
    expect(await log()).toEqual(["promotion promoted tier_2>tier_3 3500 2026-08-01..2026-11-10"]);
    expect(outcome).toMatchObject({
      counts: { promoted: 1, maintained: 0, demoted: 0 },
      message: "1 promoted, 0 maintained, 0 demoted",
    });
  });

  it("makes the checkpoint figures fit the new window in the same step", async () => {
    const { client, user, stands } = await aSilver();
    await aVideo(db, client, user, { postDate: "2026-11-09", gmv: 3500 });
    await aVideo(db, client, user, { postDate: "2026-11-10", gmv: 7 });

    await night(client, "2026-11-10T09:00:00Z");

    expect(await stands()).toMatchObject({ totalSales: "3507", checkpointSales: "7", videos: "1" });
  });

  it("counts applied adjustments, and units where the client counts units", async () => {
    const { client, user, stands } = await aSilver({ vipMetric: "units", tiers: [0, 10, 20], tier: "tier_1" });
    await aVideo(db, client, user, { gmv: 99_999, units: 12 });
    await anAdjustment(db, client, user, { units: 8, appliedAt: null });

    await night(client, "2026-11-10T09:00:00Z");

    expect((await stands()).tier).toBe("tier_3");
  });

  it("has no checkpoint into an exempt tier", async () => {
    const { client, user, stands } = await aSilver();
    await asOwner(db, (owner) =>
      owner.execute(
        sql`update tiers set checkpoint_exempt = true where client_id = ${client}::uuid and tier_id = 'tier_3'`,
      ),
    );
    await aVideo(db, client, user, { gmv: 3500 });

    await night(client, "2026-11-10T09:00:00Z");

    expect(await stands()).toMatchObject({ tier: "tier_3", next: null });
  });

  it("is made once: the next night has nothing to do", async () => {
    const { client, user } = await aSilver();
    await aVideo(db, client, user, { gmv: 3500 });
    await night(client, "2026-11-10T09:00:00Z");

    expect((await night(client, "2026-11-11T09:00:00Z")).rowsOut).toBe(0);
  });

  it("passes over a tier without a threshold", async () => {
    const { client, user, stands } = await aSilver({ tiers: [0, 1000, null, 10_000], tier: "tier_1" });
    await aVideo(db, client, user, { gmv: 5000 });

    const outcome = await night(client, "2026-11-10T09:00:00Z");

    expect((await stands()).tier).toBe("tier_2");
    expect(outcome.skipped).toEqual({ tier_threshold_missing: 1 });
  });

  it("of tonight is visible to seeding in the same transaction", async () => {
    const { client, user } = await aSilver();
    const mission = await aMission(db, client, { tierEligibility: "tier_3" });
    await aVideo(db, client, user, { gmv: 3500 });

    const eligible = await runSteps(db, client, "2026-11-10T09:00:00Z", async (tx, step) => {
      await recomputeTotals(tx, step);
      await moveTiers(tx, step);
      return tx.query(sql`
        select user_id as user, checkpoint_start as start from mission_eligibility
        where client_id = ${client}::uuid and mission_id = ${mission}::uuid and is_eligible and not is_seeded`);
    });

    expect(eligible).toEqual([{ user, start: new Date("2026-11-10T09:00:00Z") }]);
  });
});

describe("a creator of an unknown tier", () => {
  it("is neither promoted nor judged, and is counted", async () => {
    const { client, user, stands, log } = await aSilver({ tier: "legendary", next: "2026-11-01T04:00:00Z" });
    await aVideo(db, client, user, { gmv: 99_999 });

    const outcome = await night(client, "2026-11-10T09:00:00Z");

    expect(outcome).toMatchObject({ rowsIn: 0, rowsOut: 0, skipped: { creator_tier_unknown: 1 } });
    expect(await stands()).toMatchObject({ tier: "legendary", next: "2026-11-01T04:00:00.000Z" });
    expect(await log()).toEqual([]);
  });
});

describe("a lifetime client", () => {
  it("promotes without a next checkpoint", async () => {
    const { client, user, stands } = await aSilver({ tierCalculationMode: "lifetime", next: null });
    await aVideo(db, client, user, { gmv: 3500 });

    await night(client, "2026-11-10T09:00:00Z");

    expect(await stands()).toMatchObject({ tier: "tier_3", since: "2026-11-10T09:00:00.000Z", next: null });
  });
});

describe("after a demotion", () => {
  /** Sold 5,000 long ago, nothing in the window: demoted on December 2 into the window that began on December 1. */
  async function aDemoted() {
    const found = await aSilver({ tier: "tier_3" });
    await aVideo(db, found.client, found.user, { postDate: "2026-01-01", gmv: 5000 });
    await night(found.client, "2026-12-02T09:00:00Z");
    expect((await found.stands()).tier).toBe("tier_1");
    return found;
  }

  it("nobody is promoted back the next night by what was sold before", async () => {
    const { client, stands } = await aDemoted();

    await night(client, "2026-12-03T09:00:00Z");

    expect((await stands()).tier).toBe("tier_1");
  });

  it.each([
    ["what was posted on the first day of the window that the demotion opened counts", "2026-12-01", "tier_2"],
    ["what was posted the day before does not", "2026-11-30", "tier_1"],
  ])("%s", async (_what, postDate, tier) => {
    const { client, user, stands } = await aDemoted();
    await aVideo(db, client, user, { postDate, gmv: 1000 });

    await night(client, "2026-12-10T09:00:00Z");

    expect((await stands()).tier).toBe(tier);
  });

  it("adjustments since that day count, earlier ones do not", async () => {
    const { client, user, stands } = await aDemoted();
    await anAdjustment(db, client, user, { amount: 900, at: "2026-12-01T05:00:00Z" });
    await anAdjustment(db, client, user, { amount: 900, at: "2026-12-01T04:59:59Z" });
    await night(client, "2026-12-10T09:00:00Z");
    expect((await stands()).tier).toBe("tier_1");
    await anAdjustment(db, client, user, { amount: 100, at: "2026-12-10T12:00:00Z" });

    await night(client, "2026-12-11T09:00:00Z");

    expect((await stands()).tier).toBe("tier_2");
  });

  it("the basis stays for good, also after a promotion", async () => {
    const { client, user, stands, log } = await aDemoted();
    await aVideo(db, client, user, { postDate: "2026-12-05", gmv: 1000 });
    await night(client, "2026-12-06T09:00:00Z");
    await aVideo(db, client, user, { postDate: "2027-01-05", gmv: 1999 });

    await night(client, "2027-01-06T09:00:00Z");
    expect((await stands()).tier).toBe("tier_2");
    await aVideo(db, client, user, { postDate: "2027-01-06", gmv: 1 });
    await night(client, "2027-01-07T09:00:00Z");

    expect((await stands()).tier).toBe("tier_3");
    expect((await log()).at(-1)).toBe("promotion promoted tier_2>tier_3 3000 2026-12-06..2027-01-07");
  });
});

it("a tier change never rewrites a progress row", async () => {
  const { client, user, stands } = await aSilver();
  const mission = await aMission(db, client, { tierEligibility: "tier_2" });
  await aProgressRow(db, client, user, mission, { start: new Date("2026-08-01T04:00:00Z") });
  const before = await progressOf(db, client, user, mission);
  await aVideo(db, client, user, { gmv: 3500 });

  await night(client, "2026-11-10T09:00:00Z");

  expect((await stands()).tier).toBe("tier_3");
  expect(await progressOf(db, client, user, mission)).toEqual(before);
});

it("another client's creators are not touched", async () => {
  const { client } = await aSilver();
  const elsewhere = await aSilver();
  await aVideo(db, elsewhere.client, elsewhere.user, { gmv: 3500 });

  await night(client, "2026-11-10T09:00:00Z");

  expect((await elsewhere.stands()).tier).toBe("tier_2");
});

describe("the database refuses", () => {
  it.each([
    ["to delete an entry of the tier log", sql`delete from tier_checkpoints where client_id = `],
    ["to change one", sql`update tier_checkpoints set tier_after = 'tier_4' where client_id = `],
  ])("%s", async (_what, statement) => {
    const { client, user } = await aSilver();
    await aVideo(db, client, user, { gmv: 3500 });
    await night(client, "2026-11-10T09:00:00Z");

    await expect(asOwner(db, (owner) => owner.execute(sql`${statement}${client}::uuid`))).rejects.toThrow(
      "append-only",
    );
  });
});
