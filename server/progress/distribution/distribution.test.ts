import { describe, expect, it } from "vitest";
import { aClient, aCreator, aMission, aProgressRow } from "../../testing/builders.ts";
import { callerAs } from "../../testing/caller.ts";
import { testDatabase } from "../../testing/database.ts";

const db = testDatabase();
const now = new Date("2026-11-22T17:00:00Z");

describe("how far the rows of a mission are", () => {
  it("stands in tenths of the target, over and completed apart, and adds up", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client, { targetValue: 1000 });
    const over = new Date("2026-11-22T05:00:00Z");
    const rows = [
      { value: "0" },
      { value: "99.99", status: "dormant" },
      { value: "100" },
      { value: "999.99" },
      { value: "950", end: over },
      { value: "1000", status: "dormant" },
      { value: "5000", end: over },
      { value: "1200", status: "completed", end: over },
    ] as const;
    for (const row of rows) await aProgressRow(db, client, await aCreator(db, client), mission, row);
    const caller = await callerAs(db, "viewer", client, { now });
    const found = await caller.progress.distribution({ clientId: client, missionId: mission });
    expect(
      found.steps
        .map(({ from, running, over: passed }) => [from, running, passed])
        .filter(([, ...some]) => some.some((count) => count !== 0)),
    ).toEqual([
      [0, 2, 0],
      [1, 1, 0],
      [9, 1, 1],
    ]);
    expect(found).toMatchObject({ target: "1000", reached: { running: 1, over: 1 }, completed: 1, total: 8 });
    expect(found.steps).toHaveLength(10);
  });

  it("has no steps for a raffle, nothing for a mission without rows, and NOT_FOUND for another client's", async () => {
    const client = await aClient(db);
    const raffle = await aMission(db, client, { missionType: "raffle" });
    await aProgressRow(db, client, await aCreator(db, client), raffle);
    const caller = await callerAs(db, "viewer", client, { now });
    expect(await caller.progress.distribution({ clientId: client, missionId: raffle })).toMatchObject({
      steps: [],
      total: 1,
    });
    const empty = await aMission(db, client);
    expect(await caller.progress.distribution({ clientId: client, missionId: empty })).toMatchObject({
      completed: 0,
      total: 0,
    });
    const strange = await aMission(db, await aClient(db));
    await expect(caller.progress.distribution({ clientId: client, missionId: strange })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});
