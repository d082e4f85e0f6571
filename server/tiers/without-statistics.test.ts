import { expect, it } from "vitest";
import type { StepOutcome } from "../base/step.ts";
import { recomputeTotals } from "../creators/totals.ts";
import { sql } from "../db/db.ts";
import { progressStep } from "../progress/service.ts";
import { aClient, aMission, asOwner } from "../testing/builders.ts";
import { testDatabase } from "../testing/database.ts";
import { runSteps } from "../testing/steps.ts";
import { moveTiers } from "./moves.ts";

const db = testDatabase();
const CREATORS = 3000;

// The tests' cluster never analyzes by itself, so the planner takes these tables for nearly empty. Nested loops over aggregates
// took minutes then; as hash joins the three steps together take about a second.
it("a first night on tables that nobody has analyzed takes seconds, not minutes", async () => {
  const client = await aClient(db);
  for (const missionType of ["sales_dollars", "videos", "views", "likes"])
    await aMission(db, client, { missionType, targetValue: 2 });
  await asOwner(db, async (owner) => {
    await owner.execute(sql`
      insert into users (client_id, tiktok_handle, current_tier, tier_achieved_at, next_checkpoint_at)
      select ${client}::uuid, 'creator_' || n, 'tier_2', '2026-08-01 04:00Z', timestamptz '2026-10-01 04:00Z' + (n % 90) * interval '1 day'
      from generate_series(1, ${CREATORS}::int) n`);
    await owner.execute(sql`
      insert into videos (client_id, video_key, video_url, user_id, post_date, views, likes, gmv)
      select u.client_id, u.tiktok_handle || '/' || n, 'a video', u.id, date '2026-08-01' + n * 20, n, n, 600
      from users u, generate_series(1, 4) n where u.client_id = ${client}::uuid`);
    await owner.query(sql`select seed_mission_progress(${client}::uuid, null, null) as created`);
  });

  const started = performance.now();
  const outcomes: StepOutcome[] = [];
  for (const step of [recomputeTotals, moveTiers, progressStep]) {
    outcomes.push(await runSteps(db, client, "2026-11-10T09:00:00Z", step));
  }

  expect(outcomes.map((outcome) => outcome.rowsIn)).toEqual([CREATORS, CREATORS, CREATORS * 4]);
  expect(performance.now() - started).toBeLessThan(25_000);
}, 60_000);
