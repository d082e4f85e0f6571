/** Rehearse, then run: at the same moment both say and name the same, and in between nothing stands that was not there before. */
import fc from "fast-check";
import { expect, it } from "vitest";
import type { ClientId, MissionId, RunId, UserId } from "../../base/ids.ts";
import { sql } from "../../db/db.ts";
import { aClient, aCreator, aMission, aProgressRow, asOwner, aVideo } from "../../testing/builders.ts";
import { callerAs } from "../../testing/caller.ts";
import { testDatabase } from "../../testing/database.ts";
import { dayFile, storeDay } from "../../testing/day-files.ts";
import { pictureOf, rehearsed } from "../../testing/rehearsals.ts";
import { runnerDeps } from "../../testing/runs.ts";
import { anAdjustment } from "../../testing/steps.ts";
import { changeKinds } from "../changes/schema.ts";
import type { ChangeKind } from "../changes/schema.ts";
import { runSync } from "../runner.ts";
import { pipeline } from "../steps.ts";

const db = testDatabase();

const tier = fc.constantFrom("tier_1", "tier_2", "tier_3", "silver of old");
/** Days around the windows' edges and the present, 22 November. */
const day = fc.constantFrom("2026-07-21", "2026-07-22", "2026-08-30", "2026-11-05", "2026-11-21", "2026-11-22");
const amount = fc.constantFrom("0", "9.99", "400", "999.99", "1000", "3200", "12000");
const programme = fc.record({
  metric: fc.constantFrom("sales" as const, "units" as const),
  mode: fc.constantFrom("fixed_checkpoint" as const, "lifetime" as const),
  missions: fc.array(
    fc.record({
      missionType: fc.constantFrom("sales_dollars", "sales_units", "videos", "views", "raffle"),
      targetValue: fc.constantFrom(1, 2, 500, 1000),
      tierEligibility: fc.oneof(tier, fc.constant("all")),
      enabled: fc.boolean(),
      activated: fc.boolean(),
      hasReward: fc.boolean(),
    }),
    { maxLength: 4 },
  ),
  creators: fc.array(
    fc.record({
      tier,
      hasWindow: fc.boolean(),
      videos: fc.array(fc.record({ postDate: day, gmv: amount, units: fc.integer({ min: 0, max: 2000 }) }), {
        maxLength: 2,
      }),
      pending: fc.option(fc.integer({ min: -50, max: 1500 }).filter((value) => value !== 0)),
      rows: fc.array(
        fc.record({ mission: fc.nat(3), status: fc.constantFrom("active" as const, "dormant" as const) }),
        {
          maxLength: 2,
        },
      ),
    }),
    { maxLength: 5 },
  ),
  file: fc.option(
    fc.array(
      fc.record({
        handle: fc.nat(7),
        video: fc.nat(9),
        gmv: fc.oneof(amount, fc.constant("a lot")),
        units: fc.nat(1500),
        postDate: day,
      }),
      { maxLength: 8 },
    ),
  ),
});
type Shape = typeof programme extends fc.Arbitrary<infer T> ? T : never;
/** Long before and long after, the very moment that a checkpoint is due, and one that New York calls yesterday. */
const moment = fc.constantFrom(
  "2026-11-22T04:59:59Z",
  "2026-11-22T05:00:00Z",
  "2026-11-22T09:00:00.123Z",
  "2027-05-01T09:00:00Z",
);

async function build({ metric, mode, missions, creators, file }: Shape, now: string) {
  const client = await aClient(db, { vipMetric: metric, tierCalculationMode: mode });
  const ids: MissionId[] = [];
  for (const { hasReward, ...mission } of missions) {
    ids.push(await aMission(db, client, { ...mission, ...(hasReward ? {} : { rewardId: null }) }));
  }
  for (const [index, creator] of creators.entries()) {
    await addCreator(client, ids, { ...creator, index, metric });
  }
  const importId = file === null ? undefined : await storeDay(db, client, fileOf(file), { now });
  return { client, importId };
}

type Creator = Shape["creators"][number] & { index: number; metric: Shape["metric"] };

async function addCreator(client: ClientId, missions: readonly MissionId[], creator: Creator): Promise<void> {
  const window = {
    tierAchievedAt: new Date("2026-07-22T04:00:00Z"),
    nextCheckpointAt: new Date("2026-11-22T05:00:00Z"),
  };
  const user: UserId = await aCreator(db, client, {
    handle: `creator_${creator.index}`,
    tier: creator.tier,
    ...(creator.hasWindow ? window : {}),
  });
  for (const [video, { postDate, gmv, units }] of creator.videos.entries()) {
    await aVideo(db, client, user, { key: `${creator.index}${video}`, postDate, gmv, units, views: units });
  }
  if (creator.pending !== null) {
    const value = creator.metric === "sales" ? { amount: creator.pending } : { units: creator.pending };
    await anAdjustment(db, client, user, { ...value, appliedAt: null });
  }
  for (const { mission, status } of new Map(creator.rows.map((row) => [row.mission, row])).values()) {
    if (missions[mission] !== undefined) await aProgressRow(db, client, user, missions[mission], { status });
  }
}

function fileOf(rows: NonNullable<Shape["file"]>): string {
  return dayFile(
    rows.map(({ handle, video, gmv, units, postDate }) => ({
      Handle: `creator_${handle}`,
      Video: `${handle}${video % 3}`,
      Views: String(units),
      GMV: gmv,
      "Units Sold": String(units),
      "Post Date": postDate,
    })),
  );
}

/** What a real run changed, found by comparing the programme with what it was: no query of the code under test is used. */
async function namesOf(client: ClientId): Promise<{ standing: Standing; moves: string[][] }> {
  return asOwner(db, async (owner) => {
    const lines = async (statement: ReturnType<typeof sql>) =>
      (await owner.query<{ line: string }>(statement)).map((row) => row.line);
    const name = sql`coalesce(nullif(m.display_name, ''), m.title)`;
    const of = sql`join users u on u.client_id = p.client_id and u.id = p.user_id
      join missions m on m.client_id = p.client_id and m.id = p.mission_id where p.client_id = ${client}::uuid`;
    const moves = await owner.query<{ kind: string; line: string }>(sql`
      select t.status as kind, u.tiktok_handle || ' ' || t.tier_before || '>' || t.tier_after || ' ' || t.metric_value as line
      from tier_checkpoints t join users u on u.client_id = t.client_id and u.id = t.user_id where t.client_id = ${client}::uuid`);
    return {
      standing: {
        created: await lines(sql`select tiktok_handle as line from users where client_id = ${client}::uuid`),
        seeded: await lines(sql`select u.tiktok_handle || ' ' || ${name} as line from mission_progress p ${of}`),
        completed: await lines(sql`
          select u.tiktok_handle || ' ' || ${name} || ' ' || p.current_value as line from mission_progress p ${of} and p.status = 'completed'`),
        redemption: await lines(sql`
          select u.tiktok_handle || ' ' || ${name} || ' ' || (w.value_data ->> 'amount') as line
          from redemptions p join rewards w on w.client_id = p.client_id and w.id = p.reward_id ${of}`),
      },
      moves: moves.map((row) => [row.kind, row.line]),
    };
  });
}
type Standing = Record<Exclude<ChangeKind, "promoted" | "demoted">, string[]>;

async function rehearsedNames(client: ClientId, rehearsalId: string): Promise<Record<ChangeKind, string[]>> {
  const viewer = await callerAs(db, "viewer", client);
  const lists = {} as Record<ChangeKind, string[]>;
  for (const kind of changeKinds) {
    const { rows } = await viewer.sync.rehearsalChanges({ clientId: client, rehearsalId, kind, limit: 200 });
    const lines = rows.map(({ handle, missionName, tierBefore, tierAfter, value }) =>
      [handle, missionName, tierBefore === null ? null : `${tierBefore}>${tierAfter}`, value]
        .filter((part) => part !== null)
        .join(" "),
    );
    lists[kind] = lines.toSorted();
    expect(await viewer.sync.rehearsalChangesCount({ clientId: client, rehearsalId, kind })).toBe(rows.length);
  }
  return lists;
}

// Twelve programmes, each with a rehearsal and a run: on a busy machine a minute is not enough.
it("a rehearsal equals the run that follows it, in every figure and every name", { timeout: 240_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(programme, moment, async (shape, now) => {
      const { client, importId } = await build(shape, now);
      const choice = importId === undefined ? {} : { importId };
      const clock = { now: () => new Date(now) };
      const except = ["audit_log", "rehearsals", "rehearsal_changes", "import_rows"];
      const [before, picture] = [await namesOf(client), await pictureOf(db, client, except)];

      const seen = await rehearsed(db, client, choice, clock);
      expect(await pictureOf(db, client, except)).toEqual(picture);

      const operator = await callerAs(db, "operator", client, { now: new Date(now) });
      const { runId } = await operator.sync.start({ clientId: client, ...choice });
      await runSync(db, runnerDeps({ steps: pipeline, ...clock }), client, runId as RunId);
      const run = await operator.sync.get({ clientId: client, runId });

      expect(seen.error).toEqual(run.error);
      expect(seen.steps).toEqual(run.steps.map(({ waitsFor: _of, ...step }) => step));
      expect(seen.totals).toMatchObject(run.totals);
      const after = await namesOf(client);
      const added = (kind: keyof Standing) =>
        after.standing[kind].filter((line) => !before.standing[kind].includes(line)).toSorted();
      const moved = (status: string) =>
        after.moves.flatMap(([kind, line]) => (kind === status ? [line!] : [])).toSorted();
      expect(await rehearsedNames(client, seen.id)).toEqual({
        created: added("created"),
        promoted: moved("promoted"),
        demoted: moved("demoted"),
        seeded: added("seeded"),
        completed: added("completed"),
        redemption: added("redemption"),
      });
    }),
    { numRuns: 12 },
  );
});
