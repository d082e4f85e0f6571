/** The rows of a seeding and the seedings of a mission, as lists and counts. */
import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { MissionId } from "../../base/ids.ts";
import { sql } from "../../db/db.ts";
import { aClient, aCreator, aMission, asOwner } from "../../testing/builders.ts";
import { callerAs } from "../../testing/caller.ts";
import { testDatabase } from "../../testing/database.ts";
import { aSeeding } from "../../testing/seedings.ts";

const db = testDatabase();
const now = new Date("2026-11-22T17:00:00Z");

describe("the rows of a seeding", () => {
  it("are listed by handle with their fate, page by page in both directions, before and after the undo", async () => {
    const { client, caller, seedId } = await aSeeding(db, now);
    const page = (more: object) => caller.seeding.rows({ clientId: client, seedId, limit: 2, ...more });
    const first = await page({});
    const second = await page({ after: first.next! });
    const third = await page({ after: second.next! });
    const rows = [...first.rows, ...second.rows, ...third.rows];
    expect(rows.map(({ handle, keptBecause }) => [handle.split(".")[0], keptBecause])).toEqual([
      ["ada", "completed"],
      ["bea", "completed"],
      ["cleo", "has_redemption"],
      ["dora", null],
      ["eva", null],
    ]);
    expect(third.next).toBeNull();
    expect((await page({ before: third.previous! })).rows).toEqual(second.rows);
    expect((await page({ fate: "removable" })).rows.map(({ handle }) => handle.slice(0, 3))).toEqual(["dor", "eva"]);
    const count = (fate?: "removable" | "kept") => caller.seeding.rowCount({ clientId: client, seedId, fate });
    expect([await count(), await count("removable"), await count("kept")]).toEqual([5, 2, 3]);
    await caller.seeding.undo({ clientId: client, seedId });
    expect([await count(), await count("removable"), await count("kept")]).toEqual([3, 0, 3]);
  });

  it("are counted per seeding, over all missions or for one", async () => {
    const client = await aClient(db);
    const [first, second] = [await aMission(db, client), await aMission(db, client)];
    await aCreator(db, client);
    const caller = await callerAs(db, "owner", client);
    const { seedId } = await caller.seeding.run({ clientId: client });
    const left = (missionId?: MissionId) =>
      caller.seeding.counts({ clientId: client, seedIds: [seedId!, randomUUID()], missionId });
    expect(await left()).toEqual([{ seedId, left: 2 }]);
    expect(await left(second)).toEqual([{ seedId, left: 1 }]);
    await asOwner(db, (tx) => tx.execute(sql`delete from mission_progress where mission_id = ${first}::uuid`));
    expect([await left(), await left(first)]).toEqual([[{ seedId, left: 1 }], [{ seedId, left: 0 }]]);
  });
});

describe("the seedings of a mission", () => {
  it("are those that created rows for it, each with the mission's own number", async () => {
    const client = await aClient(db);
    const caller = await callerAs(db, "owner", client);
    const old = await aMission(db, client);
    await aCreator(db, client);
    await caller.seeding.run({ clientId: client });
    const young = await aMission(db, client, { tierEligibility: "tier_2" });
    await aCreator(db, client, { tier: "tier_2" });
    await aCreator(db, client);
    await caller.seeding.run({ clientId: client });
    const of = async (missionId: MissionId) => {
      const { rows } = await caller.seeding.list({ clientId: client, missionId });
      expect(await caller.seeding.count({ clientId: client, missionId })).toBe(rows.length);
      return rows.map((row) => row.perMission.find((one) => one.missionId === missionId)?.created);
    };
    expect(await of(old)).toEqual([2, 1]);
    expect(await of(young)).toEqual([1]);
  });
});
