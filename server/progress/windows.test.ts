import { describe, expect, it } from "vitest";
import type { MissionId } from "../base/ids.ts";
import { aClient, aCreator, aMission, aProgressRow, aVideo } from "../testing/builders.ts";
import { testDatabase } from "../testing/database.ts";
import { progressOf, runSteps } from "../testing/steps.ts";
import { progressStep } from "./service.ts";

const db = testDatabase();
const NIGHT = "2026-11-10T09:00:00Z";
const at = (instant: string | null) => (instant === null ? null : new Date(instant));

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
      timezone: NEW_YORK,
      start: "2026-10-03T03:59:59Z",
      end: "2026-10-05T04:00:00Z",
      counted: ["2026-10-02", "2026-10-03", "2026-10-04"],
      left: ["2026-10-01", "2026-10-05"],
    },
    {
      of: "the short day of March",
      timezone: NEW_YORK,
      start: "2026-03-08T05:00:00Z",
      end: "2026-03-09T04:00:00Z",
      counted: ["2026-03-08"],
      left: ["2026-03-07", "2026-03-09"],
    },
    {
      of: "the day before the short one, which ends an hour earlier by the clock of the next",
      timezone: NEW_YORK,
      start: "2026-03-08T04:59:59Z",
      end: "2026-03-08T05:00:00Z",
      counted: ["2026-03-07"],
      left: ["2026-03-06", "2026-03-08"],
    },
    {
      of: "the long day of November with its last hour",
      timezone: NEW_YORK,
      start: "2026-11-02T04:59:59Z",
      end: "2026-11-02T05:00:00Z",
      counted: ["2026-11-01"],
      left: ["2026-10-31", "2026-11-02"],
    },
    {
      of: "days three hours behind",
      timezone: SAO_PAULO,
      start: "2026-10-10T02:59:59Z",
      end: "2026-10-12T03:00:00Z",
      counted: ["2026-10-09", "2026-10-10", "2026-10-11"],
      left: ["2026-10-08", "2026-10-12"],
    },
    {
      of: "a day that began at one o'clock because midnight was skipped",
      timezone: SAO_PAULO,
      start: "2018-11-04T03:00:00Z",
      end: "2018-11-05T02:00:00Z",
      counted: ["2018-11-04"],
      left: ["2018-11-03", "2018-11-05"],
    },
    {
      of: "everything before its end, without a start",
      timezone: NEW_YORK,
      start: null,
      end: "2026-10-02T04:00:00Z",
      counted: ["2014-01-01", "2026-10-01"],
      left: ["2026-10-02"],
    },
    {
      of: "everything from its start on, without an end",
      timezone: NEW_YORK,
      start: "2026-10-01T04:00:00Z",
      end: null,
      counted: ["2026-10-01", "2099-01-01"],
      left: ["2026-09-30"],
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
      timezone: NEW_YORK,
      start: "2026-10-01T05:00:00Z",
      end: "2026-10-01T20:00:00Z",
      counted: [],
      left: ["2026-09-30", "2026-10-01", "2026-10-02"],
    },
  ])("holds $of", async ({ timezone, start, end, counted, left }) => {
    const client = await aClient(db, { timezone });
    const user = await aCreator(db, client);
    const mission = await aMission(db, client, { missionType: "likes", targetValue: 1e9 });
    await aProgressRow(db, client, user, mission, { start: at(start), end: at(end) });
    // Every day weighs another power of two, so the sum tells which days it holds.
    const weights = [...counted, ...left].map((day, index) => ({ day, likes: 2 ** index }));
    for (const { day, likes } of weights) await aVideo(db, client, user, { postDate: day, likes });

    await runSteps(db, client, NIGHT, progressStep);

    const value = Number((await progressOf(db, client, user, mission)).value);
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

    await runSteps(db, client, NIGHT, progressStep);

    const values = await Promise.all(
      missions.map(async (mission) => (await progressOf(db, client, user, mission)).value),
    );
    expect(values).toEqual(["1", "2", "2", "1"]);
  });
});
