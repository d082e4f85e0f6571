import { describe, expect, it } from "vitest";
import type { ClientId } from "../base/ids.ts";
import { sql } from "../db/db.ts";
import { aClient, aCreator, aMission, aProgressRow, asOwner, aVideo } from "../testing/builders.ts";
import { testDatabase } from "../testing/database.ts";
import { anAdjustment, progressOf, runSteps } from "../testing/steps.ts";
import { progressStep, wakeStep } from "./service.ts";

const db = testDatabase();
const NIGHT = "2026-11-10T09:00:00Z";

const progress = (client: ClientId, now = NIGHT) => runSteps(db, client, now, progressStep);
const wake = (client: ClientId) => runSteps(db, client, NIGHT, wakeStep);

/** A creator with one active row of one mission; the window is given as instants. */
async function anAttempt(
  mission: { missionType?: string; targetValue?: number | string; activated?: boolean; enabled?: boolean } = {},
  row: { start?: string | null; end?: string | null; status?: "active" | "dormant" | "completed"; value?: number } = {},
  client?: ClientId,
) {
  const of = client ?? (await aClient(db));
  const missionId = await aMission(db, of, mission);
  const user = await aCreator(db, of);
  await aProgressRow(db, of, user, missionId, {
    ...row,
    start: row.start == null ? null : new Date(row.start),
    end: row.end == null ? null : new Date(row.end),
  });
  return { client: of, mission: missionId, user, standing: () => progressOf(db, of, user, missionId) };
}

describe("the value of a row", () => {
  it.each([
    ["sales_dollars", "300.75"],
    ["sales_units", "7"],
    ["videos", "2"],
    ["views", "1500"],
    ["likes", "90"],
  ])("of %s is %s over the two videos", async (missionType, value) => {
    const { client, user, standing } = await anAttempt({ missionType, targetValue: 100_000 });
    await aVideo(db, client, user, { gmv: "100.25", units: 3, views: 1000, likes: 60 });
    await aVideo(db, client, user, { gmv: "200.50", units: 4, views: 500, likes: 30 });

    await progress(client);

    expect(Number((await standing()).value)).toBe(Number(value));
  });

  it("leaves out adjustments, other creators' videos and another client's videos", async () => {
    const { client, user, standing } = await anAttempt();
    const neighbour = await aCreator(db, client);
    const elsewhere = await aClient(db);
    await aVideo(db, client, user, { gmv: 10 });
    await aVideo(db, client, neighbour, { gmv: 500 });
    await aVideo(db, elsewhere, await aCreator(db, elsewhere), { gmv: 500 });
    await anAdjustment(db, client, user, { amount: 5000 });

    await progress(client);

    expect((await standing()).value).toBe("10");
  });

  it("may fall", async () => {
    const { client, user, standing } = await anAttempt();
    const key = await aVideo(db, client, user, { gmv: 900 });
    await progress(client);
    await asOwner(db, (owner) =>
      owner.execute(sql`update videos set gmv = 400 where client_id = ${client}::uuid and video_key = ${key}`),
    );

    await progress(client);

    expect((await standing()).value).toBe("400");
  });

  it("is written only where it changed", async () => {
    const { client, user, standing } = await anAttempt();
    await aVideo(db, client, user, { gmv: 10 });
    expect((await progress(client)).rowsOut).toBe(1);
    const before = await standing();

    const again = await progress(client);

    expect(again.rowsOut).toBe(0);
    expect(await standing()).toEqual(before);
  });

  it("sums up each window by itself when a creator has several", async () => {
    const client = await aClient(db);
    const user = await aCreator(db, client);
    const [early, late] = [await aMission(db, client), await aMission(db, client)];
    await aProgressRow(db, client, user, early, { end: new Date("2026-10-01T04:00:00Z") });
    await aProgressRow(db, client, user, late, { start: new Date("2026-10-01T04:00:00Z") });
    await aVideo(db, client, user, { postDate: "2026-09-30", gmv: 1 });
    await aVideo(db, client, user, { postDate: "2026-10-01", gmv: 20 });

    await progress(client);

    expect((await progressOf(db, client, user, early)).value).toBe("1");
    expect((await progressOf(db, client, user, late)).value).toBe("20");
  });
});

describe("completing", () => {
  it.each([
    ["999.50 does not complete 1000", "999.50", "active"],
    ["999.9999 does not complete 1000", "999.9999", "active"],
    ["1000 completes 1000", "1000", "completed"],
    ["1000.00 completes 1000", "1000.00", "completed"],
    ["1000.01 completes 1000", "1000.01", "completed"],
  ])("is exact: %s", async (_what, gmv, status) => {
    const { client, user, standing } = await anAttempt();
    await aVideo(db, client, user, { gmv });

    const outcome = await progress(client);

    expect((await standing()).status).toBe(status);
    expect(outcome.counts["completed"]).toBe(status === "completed" ? 1 : 0);
  });

  it("sets value, status and time at once, and the time is the run's", async () => {
    const { client, user, standing } = await anAttempt();
    await aVideo(db, client, user, { gmv: 1200 });

    const outcome = await progress(client);

    expect(await standing()).toMatchObject({ value: "1200", status: "completed", completedAt: new Date(NIGHT) });
    expect(outcome.message).toBe("1 row judged, 1 value changed, 1 completed");
  });

  it("is final: value and time stay whatever the videos say later", async () => {
    const { client, user, standing } = await anAttempt();
    const key = await aVideo(db, client, user, { gmv: 1200 });
    await progress(client);
    const before = await standing();
    await asOwner(db, (owner) =>
      owner.execute(sql`update videos set gmv = 5 where client_id = ${client}::uuid and video_key = ${key}`),
    );

    await progress(client, "2026-11-11T09:00:00Z");

    expect(await standing()).toEqual(before);
  });

  it("follows a lowered target although the value is the same", async () => {
    const { client, user, mission, standing } = await anAttempt();
    await aVideo(db, client, user, { gmv: 600 });
    await progress(client);
    await asOwner(db, (owner) =>
      owner.execute(
        sql`update missions set target_value = 500 where client_id = ${client}::uuid and id = ${mission}::uuid`,
      ),
    );

    const outcome = await progress(client);

    expect((await standing()).status).toBe("completed");
    expect(outcome.counts).toEqual({ changed: 0, completed: 1 });
  });

  it("is still possible for a row that is over when figures arrive late", async () => {
    const { client, user, standing } = await anAttempt(
      {},
      { start: "2026-09-01T04:00:00Z", end: "2026-10-01T04:00:00Z" },
    );
    await aVideo(db, client, user, { postDate: "2026-09-15", gmv: 1000 });

    await progress(client);

    expect((await standing()).status).toBe("completed");
  });
});

describe("a row does not move", () => {
  it.each([
    ["while its mission is disabled", { enabled: false, activated: true }, "active", { mission_not_running: 1 }],
    ["while its mission is not activated", { enabled: true, activated: false }, "active", { mission_not_running: 1 }],
    ["while it sleeps", {}, "dormant", {}],
    ["when its mission is a raffle", { missionType: "raffle" }, "active", { raffle: 1 }],
  ] as const)("%s", async (_what, mission, status, skipped) => {
    const { client, user, standing } = await anAttempt(mission, { status });
    await aVideo(db, client, user, { gmv: 5000 });

    const outcome = await progress(client);

    expect(await standing()).toMatchObject({ value: "0", status });
    expect(outcome).toMatchObject({ rowsIn: 0, skipped });
    expect(Object.keys(outcome.skipped)).toEqual(Object.keys(skipped));
  });

  it("when the mission was off meanwhile its videos count once it runs again", async () => {
    const { client, user, mission, standing } = await anAttempt({ activated: false });
    await aVideo(db, client, user, { gmv: 700 });
    await progress(client);
    await asOwner(db, (owner) =>
      owner.execute(
        sql`update missions set activated = true where client_id = ${client}::uuid and id = ${mission}::uuid`,
      ),
    );

    await progress(client);

    expect((await standing()).value).toBe("700");
  });
});

describe("waking", () => {
  it.each([
    ["wakes the sleeping rows of a mission that runs", { enabled: true, activated: true }, "dormant", "active"],
    ["leaves those of a disabled mission asleep", { enabled: false, activated: true }, "dormant", "dormant"],
    [
      "leaves those of a mission that is not activated asleep",
      { enabled: true, activated: false },
      "dormant",
      "dormant",
    ],
    ["leaves completed rows alone", { enabled: true, activated: true }, "completed", "completed"],
  ] as const)("%s", async (_what, mission, status, expected) => {
    const { client, standing } = await anAttempt(mission, { status });

    const outcome = await wake(client);

    expect((await standing()).status).toBe(expected);
    expect(outcome.counts["woken"]).toBe(status === "dormant" && expected === "active" ? 1 : 0);
  });

  it("counts figures from before", async () => {
    const { client, user, standing } = await anAttempt({}, { status: "dormant" });
    await aVideo(db, client, user, { gmv: 300 });

    await wake(client);
    await progress(client);

    expect((await standing()).value).toBe("300");
  });
});

describe("the database refuses", () => {
  it.each([
    ["a completed row to become active again", "completed", sql`status = 'active', completed_at = null`],
    ["an active row to fall asleep", "active", sql`status = 'dormant'`],
    ["a sleeping row to complete", "dormant", sql`status = 'completed', completed_at = now()`],
    ["a completed row to change its value", "completed", sql`current_value = 1`],
    ["a frozen window to change", "active", sql`checkpoint_end = now()`],
  ] as const)("%s", async (_what, status, change) => {
    const { client } = await anAttempt({}, { status });

    await expect(
      asOwner(db, (owner) =>
        owner.execute(sql`update mission_progress set ${change} where client_id = ${client}::uuid`),
      ),
    ).rejects.toThrow();
  });
});
