/** What holds for every programme: a backtest of the present windows completes whom the progress step would. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { addDays, type Day, dayOf } from "../../base/days.ts";
import type { ClientId, MissionId, UserId } from "../../base/ids.ts";
import { sql } from "../../db/db.ts";
import { progressStep } from "../../progress/service.ts";
import { aClient, aCreator, aMission, aProgressRow, asOwner, aVideo } from "../../testing/builders.ts";
import { callerAs } from "../../testing/caller.ts";
import { testDatabase } from "../../testing/database.ts";
import { runSteps } from "../../testing/steps.ts";

const db = testDatabase();
const now = "2026-11-22T17:00:00Z";
const today = "2026-11-22" as Day;

const day = fc.integer({ min: -12, max: 1 });
/** Some hours and minutes around the day, so that its timezone decides which one it is. */
const instant = fc.option(
  fc.record({ day, minute: fc.integer({ min: 0, max: 1439 }) }).map(({ day: days, minute }) => {
    return new Date(new Date(`${addDays(today, days)}T00:00:00Z`).getTime() + minute * 60_000);
  }),
);
const programme = fc.record({
  timezone: fc.constantFrom("America/New_York", "America/Sao_Paulo", "Pacific/Auckland", "UTC"),
  missionType: fc.constantFrom("sales_dollars", "sales_units", "videos", "views", "likes"),
  target: fc.integer({ min: 1, max: 6 }),
  creators: fc.array(
    fc.record({
      start: instant,
      end: instant,
      videos: fc.array(fc.record({ day, tenths: fc.integer({ min: 0, max: 40 }) }), { maxLength: 6 }),
    }),
    { maxLength: 5 },
  ),
});
type Shape = typeof programme extends fc.Arbitrary<infer T> ? T : never;

/** Creators with their windows, each with a moving row of that very window. */
async function build(shape: Shape): Promise<{ client: ClientId; mission: MissionId }> {
  const client = await aClient(db, { timezone: shape.timezone });
  const mission = await aMission(db, client, { missionType: shape.missionType, targetValue: shape.target });
  for (const { start, end, videos } of shape.creators) {
    const user: UserId = await aCreator(db, client, { tierAchievedAt: start, nextCheckpointAt: end });
    await aProgressRow(db, client, user, mission, { start, end });
    for (const video of videos) {
      const whole = Math.floor(video.tenths / 10);
      const figures = { gmv: (video.tenths / 10).toFixed(1), units: whole, views: whole, likes: whole };
      await aVideo(db, client, user, { postDate: addDays(today, video.day), ...figures });
    }
  }
  return { client, mission };
}

async function completedRows(client: ClientId): Promise<number> {
  const [row] = await asOwner(db, (owner) =>
    owner.query<{ completed: number }>(sql`
      select count(*)::int as completed from mission_progress where client_id = ${client}::uuid and status = 'completed'`),
  );
  return row!.completed;
}

it("completed by today in the present window is what the progress step completes for rows of those windows", async () => {
  await fc.assert(
    fc.asyncProperty(programme, async (shape) => {
      const { client, mission } = await build(shape);
      const viewer = await callerAs(db, "viewer", client, { now: new Date(now) });
      const result = await viewer.missions.backtest({ clientId: client, missionId: mission });
      if (result.kind === "raffle") throw new Error("no backtest");

      await runSteps(db, client, now, progressStep);

      expect(result.completed).toBe(await completedRows(client));
      expect(result.considered).toBe(shape.creators.length);
      expect(result.perDay.reduce((sum, { completed }) => sum + completed, 0)).toBe(result.completed);
      const days = result.perDay.map((one) => one.day);
      expect(days).toEqual([...new Set(days)].toSorted());
      expect(days.every((one) => one <= result.today)).toBe(true);
    }),
    { numRuns: 30 },
  );
});

it("each day is the first by which the videos up to it are enough, added up exactly", async () => {
  await fc.assert(
    fc.asyncProperty(programme, async (shape) => {
      const { client, mission } = await build(shape);
      const viewer = await callerAs(db, "viewer", client, { now: new Date(now) });
      const result = await viewer.missions.backtest({ clientId: client, missionId: mission });
      const expected: Record<string, number> = {};
      for (const creator of shape.creators) {
        const reached = reachedOn(shape, creator);
        if (reached !== null) expected[reached] = (expected[reached] ?? 0) + 1;
      }
      const perDay = result.kind === "raffle" ? [] : result.perDay;
      expect(Object.fromEntries(perDay.map((one) => [one.day, one.completed]))).toEqual(expected);
    }),
    { numRuns: 30 },
  );
});

/** The same by hand, in tenths. */
function reachedOn({ timezone, missionType, target }: Shape, creator: Shape["creators"][number]): Day | null {
  const from = creator.start === null ? "" : dayOf(creator.start, timezone);
  const to = creator.end === null ? "9999" : dayOf(creator.end, timezone);
  const worth = (tenths: number) =>
    missionType === "videos" ? 10 : missionType === "sales_dollars" ? tenths : Math.floor(tenths / 10) * 10;
  let sum = 0;
  for (const video of creator.videos.toSorted((a, b) => a.day - b.day)) {
    const posted = addDays(today, video.day);
    if (posted < from || posted >= to) continue;
    sum += worth(video.tenths);
    if (sum >= target * 10) return posted < localToday(timezone) ? posted : localToday(timezone);
  }
  return null;
}

function localToday(timezone: string): Day {
  return dayOf(new Date(now), timezone);
}
