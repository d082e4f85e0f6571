/** A mission that a large seeding has in its hands for minutes, and the admins who would change it meanwhile. */
import { expect, it } from "vitest";
import { dayOf } from "../../base/days.ts";
import { sql } from "../../db/db.ts";
import { inClient } from "../../db/tx.ts";
import { lockedMission } from "../../missions/service.ts";
import { testDatabase } from "../../testing/database.ts";
import { aLargeClient, jobNow as now, whileHalfWritten } from "../../testing/seed-jobs.ts";

const db = testDatabase();

it("an edit and a deactivation of a mission that is being seeded are refused with a sentence, and done when that has ended", async () => {
  const { client, mission, users, asked, caller, work } = await aLargeClient(db);
  const { planId } = await caller.eligibility.preview({ ...asked, missionId: mission });
  const answer = await caller.seeding.applyPlan({ ...asked, planId: planId! });
  if (answer.kind !== "queued") throw new Error("expected a job");
  const { reward } = await caller.missions.get({ ...asked, missionId: mission });
  const edit = { ...asked, missionId: mission, title: "Renamed", targetValue: "7", rewardId: reward!.id };
  const refused = {
    code: "CONFLICT",
    message: "This mission is being seeded at this moment; try again when that has ended.",
  };
  const start = () => work(answer.jobId);
  const { working } = await whileHalfWritten(db, { client, mission, users }, start, async (begun) => {
    await Promise.all([
      expect(caller.missions.update(edit)).rejects.toMatchObject(refused),
      expect(caller.missions.deactivate({ ...asked, missionId: mission })).rejects.toMatchObject(refused),
    ]);
    return { working: begun };
  });
  expect(await working).toBe("succeeded");
  expect(await caller.missions.update(edit)).toMatchObject({ title: "Renamed" });
  expect(await caller.missions.deactivate({ ...asked, missionId: mission })).toMatchObject({ activated: false });
}, 20_000);

it("the short patience is for the mission alone: what comes after it in the transaction waits as ever", async () => {
  const { client, mission } = await aLargeClient(db);
  const rows = await inClient(db, client, async (tx) => {
    await lockedMission(tx, client, mission, dayOf(now, "UTC"));
    return tx.query<{ limit: string }>(sql`select current_setting('lock_timeout') as limit`);
  });
  expect(rows).toEqual([{ limit: "0" }]);
});
