import { describe, expect, it } from "vitest";
import type { ClientId } from "../base/ids.ts";
import { aClient, aCreator, aMission, aProgressRow } from "../testing/builders.ts";
import { callerAs } from "../testing/caller.ts";
import { testDatabase } from "../testing/database.ts";

const db = testDatabase();
const now = new Date("2026-11-22T17:00:00Z");
const viewer = (client: ClientId) => callerAs(db, "viewer", client, { now });

describe("missions.counts", () => {
  it("counts eligible and seeded creators, and rows that are over apart from running ones", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client, { tierEligibility: "tier_2" });
    const empty = await aMission(db, client, { enabled: false });
    const over = new Date("2026-11-23T04:59:59Z");
    const last = new Date("2026-11-23T05:00:00Z");
    const rows = [
      { status: "active", end: last },
      { status: "active", end: over },
      { status: "dormant", end: null },
      { status: "dormant", end: over },
      { status: "completed", end: over },
    ] as const;
    for (const row of rows) {
      await aProgressRow(db, client, await aCreator(db, client, { tier: "tier_1" }), mission, row);
    }
    await aCreator(db, client, { tier: "tier_2" });
    const caller = await viewer(client);
    const counts = await caller.missions.counts({ clientId: client, missionIds: [empty, mission] });
    expect(counts).toEqual([
      {
        missionId: empty,
        eligible: 0,
        seeded: 0,
        active: 0,
        dormant: 0,
        completed: 0,
        over: 0,
        notSeeded: 0,
        lastSeededAt: null,
      },
      {
        missionId: mission,
        eligible: 1,
        seeded: 5,
        active: 1,
        dormant: 1,
        completed: 1,
        over: 2,
        notSeeded: 1,
        lastSeededAt: null,
      },
    ]);
    await (await callerAs(db, "operator", client, { now })).seeding.run({ clientId: client });
    const [seeded] = await caller.missions.counts({ clientId: client, missionIds: [mission] });
    expect(seeded).toMatchObject({ seeded: 6, active: 2, notSeeded: 0, lastSeededAt: expect.any(Date) as Date });
  });

  it("answers zeros for a client without creators, and NOT_FOUND for another client's mission", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client);
    const caller = await viewer(client);
    expect(await caller.missions.counts({ clientId: client, missionIds: [mission] })).toMatchObject([{ eligible: 0 }]);
    expect(await caller.missions.counts({ clientId: client, missionIds: [] })).toEqual([]);
    const strange = await aMission(db, await aClient(db));
    await expect(caller.missions.counts({ clientId: client, missionIds: [strange] })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});
