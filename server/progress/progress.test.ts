import { describe, expect, it } from "vitest";
import type { ClientId, MissionId } from "../base/ids.ts";
import { sql } from "../db/db.ts";
import { aClient, aCreator, aMission, aProgressRow, asOwner, aVideo } from "../testing/builders.ts";
import { callerAs } from "../testing/caller.ts";
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

describe("the window of a row", () => {
  // Windows are instants, videos have days: only the client's timezone says which days a window holds.
  const [NEW_YORK, SAO_PAULO] = ["America/New_York", "America/Sao_Paulo"];
  interface Case {
    of: string;
    timezone: string;
    start: string | null;
    end: string | null;
    counted: string[];
    left: string[];
  }
  it.each<Case>([
    {
      of: "the local day of its start to before the local day of its end",
      ...{ timezone: NEW_YORK, start: "2026-10-03T03:59:59Z", end: "2026-10-05T04:00:00Z" },
      ...{ counted: ["2026-10-02", "2026-10-03", "2026-10-04"], left: ["2026-10-01", "2026-10-05"] },
    },
    {
      of: "the short day of March",
      ...{ timezone: NEW_YORK, start: "2026-03-08T05:00:00Z", end: "2026-03-09T04:00:00Z" },
      ...{ counted: ["2026-03-08"], left: ["2026-03-07", "2026-03-09"] },
    },
    {
      of: "the day before the short one, which ends an hour earlier by the clock of the next",
      ...{ timezone: NEW_YORK, start: "2026-03-08T04:59:59Z", end: "2026-03-08T05:00:00Z" },
      ...{ counted: ["2026-03-07"], left: ["2026-03-06", "2026-03-08"] },
    },
    {
      of: "the long day of November with its last hour",
      ...{ timezone: NEW_YORK, start: "2026-11-02T04:59:59Z", end: "2026-11-02T05:00:00Z" },
      ...{ counted: ["2026-11-01"], left: ["2026-10-31", "2026-11-02"] },
    },
    {
      of: "days three hours behind",
      ...{ timezone: SAO_PAULO, start: "2026-10-10T02:59:59Z", end: "2026-10-12T03:00:00Z" },
      ...{ counted: ["2026-10-09", "2026-10-10", "2026-10-11"], left: ["2026-10-08", "2026-10-12"] },
    },
    {
      of: "a day that began at one o'clock because midnight was skipped",
      ...{ timezone: SAO_PAULO, start: "2018-11-04T03:00:00Z", end: "2018-11-05T02:00:00Z" },
      ...{ counted: ["2018-11-04"], left: ["2018-11-03", "2018-11-05"] },
    },
    {
      of: "everything before its end, without a start",
      ...{ timezone: NEW_YORK, start: null, end: "2026-10-02T04:00:00Z" },
      ...{ counted: ["2014-01-01", "2026-10-01"], left: ["2026-10-02"] },
    },
    {
      of: "everything from its start on, without an end",
      ...{ timezone: NEW_YORK, start: "2026-10-01T04:00:00Z", end: null },
      ...{ counted: ["2026-10-01", "2099-01-01"], left: ["2026-09-30"] },
    },
    {
      of: "everything, without both",
      timezone: NEW_YORK,
      start: null,
      end: null,
      counted: ["2014-01-01", "2099-01-01"],
      left: [],
    },
    {
      of: "nothing when it ends on the day on which it starts",
      ...{ timezone: NEW_YORK, start: "2026-10-01T05:00:00Z", end: "2026-10-01T20:00:00Z" },
      ...{ counted: [], left: ["2026-09-30", "2026-10-01", "2026-10-02"] },
    },
  ])("holds $of", async ({ timezone, start, end, counted, left }) => {
    const client = await aClient(db, { timezone });
    const { user, standing } = await anAttempt({ missionType: "likes", targetValue: 1e9 }, { start, end }, client);
    // Every day weighs another power of two, so the sum tells which days it holds.
    const weights = [...counted, ...left].map((day, index) => ({ day, likes: 2 ** index }));
    for (const { day, likes } of weights) await aVideo(db, client, user, { postDate: day, likes });

    await progress(client);

    const value = Number((await standing()).value);
    expect(weights.filter(({ likes }) => (value & likes) !== 0).map(({ day }) => day)).toEqual(counted);
  });

  it("shares no day with the next one and loses none", async () => {
    const client = await aClient(db);
    const user = await aCreator(db, client);
    const missions: MissionId[] = [];
    const edges = ["2026-10-01T15:00:00Z", "2026-11-01T15:00:00Z", "2026-12-01T15:00:00Z"].map(
      (edge) => new Date(edge),
    );
    for (const [index, start] of [null, ...edges].entries()) {
      const mission = await aMission(db, client, { missionType: "videos", targetValue: 1000 });
      await aProgressRow(db, client, user, mission, { start, end: edges[index] ?? null });
      missions.push(mission);
    }
    for (const day of ["2026-09-30", "2026-10-01", "2026-10-31", "2026-11-01", "2026-11-30", "2026-12-01"]) {
      await aVideo(db, client, user, { postDate: day });
    }

    await progress(client);

    const values = await Promise.all(
      missions.map(async (mission) => (await progressOf(db, client, user, mission)).value),
    );
    expect(values).toEqual(["1", "2", "2", "1"]);
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
    ["while its mission is disabled", { enabled: false, activated: true }, "active"],
    ["while its mission is not activated", { enabled: true, activated: false }, "active"],
    ["while it sleeps", {}, "dormant"],
    ["when its mission is a raffle", { missionType: "raffle" }, "active"],
  ] as const)("%s", async (_what, mission, status) => {
    const { client, user, standing } = await anAttempt(mission, { status });
    await aVideo(db, client, user, { gmv: 5000 });

    const outcome = await progress(client);

    expect(await standing()).toMatchObject({ value: "0", status });
    expect(outcome.rowsIn).toBe(0);
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

describe("the list of a mission's rows", () => {
  it("pages by handle both ways and counts exactly", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client);
    for (const handle of ["eve", "bob", "dan", "amy", "cat"]) {
      await aProgressRow(db, client, await aCreator(db, client, { handle }), mission);
    }
    const caller = await callerAs(db, "viewer", client);
    const input = { clientId: client, missionId: mission, limit: 2 };

    const first = await caller.progress.list(input);
    const second = await caller.progress.list({ ...input, after: first.next! });
    const third = await caller.progress.list({ ...input, after: second.next! });
    const back = await caller.progress.list({ ...input, before: third.previous! });

    expect([first, second, third, back].map((page) => page.rows.map((row) => row.handle))).toEqual([
      ["amy", "bob"],
      ["cat", "dan"],
      ["eve"],
      ["cat", "dan"],
    ]);
    expect(third.next).toBeNull();
    expect(first.previous).toBeNull();
    expect(await caller.progress.count({ clientId: client, missionId: mission })).toBe(5);
  });

  it("calls a row over from the day its window ends, in the client's timezone", async () => {
    const client = await aClient(db, { timezone: "America/Sao_Paulo" });
    const mission = await aMission(db, client);
    const end = new Date("2026-11-10T02:00:00Z"); // 23:00 of November 9 in São Paulo
    await aProgressRow(db, client, await aCreator(db, client, { handle: "running" }), mission);
    await aProgressRow(db, client, await aCreator(db, client, { handle: "ending" }), mission, { end });
    await aProgressRow(db, client, await aCreator(db, client, { handle: "done" }), mission, {
      end,
      status: "completed",
    });
    const list = async (now: string, status: "active" | "over" | "completed" | "dormant") => {
      const caller = await callerAs(db, "viewer", client, { now: new Date(now) });
      const page = await caller.progress.list({ clientId: client, missionId: mission, status });
      expect(await caller.progress.count({ clientId: client, missionId: mission, status })).toBe(page.rows.length);
      return page.rows.map((row) => row.handle);
    };

    expect(await list("2026-11-09T02:59:59Z", "active")).toEqual(["ending", "running"]);
    expect(await list("2026-11-09T02:59:59Z", "over")).toEqual([]);
    expect(await list("2026-11-09T03:00:00Z", "active")).toEqual(["running"]);
    expect(await list("2026-11-09T03:00:00Z", "over")).toEqual(["ending"]);
    expect(await list("2026-11-09T03:00:00Z", "completed")).toEqual(["done"]);
    expect(await list("2026-11-09T03:00:00Z", "dormant")).toEqual([]);
  });

  it("answers NOT_FOUND for a mission of another client and BAD_REQUEST for a cursor of another list", async () => {
    const [client, elsewhere] = [await aClient(db), await aClient(db)];
    const [mission, foreign] = [await aMission(db, client), await aMission(db, elsewhere)];
    const caller = await callerAs(db, "viewer", client);

    await expect(caller.progress.list({ clientId: client, missionId: foreign })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await expect(caller.progress.count({ clientId: client, missionId: foreign })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await expect(
      caller.progress.list({ clientId: client, missionId: mission, after: "WyJhIl0" }),
    ).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });
});
