/** What holds of an explanation in every programme: it equals the list, and the amounts it names are exactly enough. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ClientId, MissionId, UserId } from "../../base/ids.ts";
import { seedStep } from "../../seeding/service.ts";
import { aClient, aCreator, aMission, aProgressRow, aVideo } from "../../testing/builders.ts";
import { callerAs } from "../../testing/caller.ts";
import { testDatabase } from "../../testing/database.ts";
import { nightsOf } from "../../testing/nights.ts";
import { anAdjustment, runSteps } from "../../testing/steps.ts";
import type { WhatIf } from "../schema.ts";
import { decidingGate } from "./rules.ts";
import type { Explanation, Verdict } from "./schema.ts";

const db = testDatabase();
const { night } = nightsOf(db);

const tier = fc.constantFrom("tier_1", "tier_2", "tier_3", "tier_6", "silver of old");
const wanted = fc.oneof(tier, fc.constant("all"));
const programme = fc.record({
  rungs: fc.integer({ min: 0, max: 4 }),
  missions: fc.array(fc.record({ tierEligibility: wanted, enabled: fc.boolean(), activated: fc.boolean() }), {
    minLength: 1,
    maxLength: 3,
  }),
  creators: fc.array(fc.record({ tier, rows: fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 2 }) }), {
    minLength: 1,
    maxLength: 5,
  }),
  /** a tier of the ladder by its place, beyond it all tiers: others cannot be supposed */
  supposed: fc.record({ enabled: fc.boolean(), rung: fc.integer({ min: 1, max: 5 }) }, { requiredKeys: [] }),
});
type Programme = typeof programme extends fc.Arbitrary<infer T> ? T : never;

function whatIfOf({ rungs, supposed: { enabled, rung } }: Programme): WhatIf {
  const tierEligibility = rung === undefined ? undefined : rung > rungs ? "all" : `tier_${rung}`;
  return { enabled, tierEligibility };
}

async function build({ rungs, missions, creators }: Programme): Promise<{ client: ClientId; missions: MissionId[] }> {
  const client = await aClient(db, { tiers: [0, 1000, 3000, 10_000].slice(0, rungs) });
  const ids: MissionId[] = [];
  for (const mission of missions) ids.push(await aMission(db, client, { ...mission, rewardId: null }));
  for (const creator of creators) {
    const user = await aCreator(db, client, { tier: creator.tier });
    for (const index of new Set(creator.rows)) {
      const mission = ids[index];
      if (mission !== undefined) await aProgressRow(db, client, user, mission);
    }
  }
  return { client, missions: ids };
}

const VERDICTS: Record<Explanation["bucket"], Verdict> = {
  will_create: "yes",
  already_seeded: "yes",
  not_eligible: "no",
  unknown: "cannot_tell",
};

/** The gate that decides comes first and its state fits; all pass exactly where a row would be created if there were none. */
function expectToBeSound(one: Explanation, isEligible: boolean): void {
  const [first, ...others] = one.gates;
  expect(one.verdict).toBe(VERDICTS[one.bucket]);
  expect(one.gates.every(({ state }) => state === "pass")).toBe(isEligible);
  if (one.reason === null) {
    expect(first).toMatchObject({ key: "row", state: "pass" });
    expect(one.wouldChange).toEqual([]);
  } else {
    expect(first).toMatchObject({
      key: decidingGate[one.reason],
      state: one.verdict === "no" ? "fail" : "unknown",
    });
    expect(one.wouldChange).not.toEqual([]);
  }
  const asked = ["row", "enabled", "mission_tier_known", "creator_tier_known", "tier_high_enough"];
  expect(others.map(({ key }) => key)).toEqual(asked.filter((key) => key !== first!.key));
}

describe("for every programme", () => {
  it("the explanation of each creator and mission equals the row of the list, as saved and as supposed", async () => {
    await fc.assert(
      fc.asyncProperty(programme, async (shape) => {
        const { client, missions } = await build(shape);
        const caller = await callerAs(db, "viewer", client);
        for (const missionId of missions) {
          const asked = { clientId: client, missionId, whatIf: whatIfOf(shape) };
          const { rows } = await caller.eligibility.list({ ...asked, limit: 200 });
          expect(rows).toHaveLength(shape.creators.length);
          // what a seed would create if it met no row: the list of a mission of the same terms that nobody has
          const twin = await aMission(db, client, { ...shape.missions[missions.indexOf(missionId)], rewardId: null });
          const bare = await caller.eligibility.list({ ...asked, missionId: twin, limit: 200 });
          const eligible = new Set(
            bare.rows.filter(({ bucket }) => bucket === "will_create").map(({ userId }) => userId),
          );
          for (const row of rows) {
            const one = await caller.eligibility.explain({ ...asked, userId: row.userId });
            expect({ bucket: one.bucket, reason: one.reason }).toEqual({ bucket: row.bucket, reason: row.reason });
            expect(one.progress === null).toBe(row.bucket !== "already_seeded");
            expectToBeSound(one, eligible.has(row.userId));
          }
        }
      }),
      { numRuns: 12 },
    );
  });
});

const cents = (max: number) => fc.integer({ min: 0, max }).map((value) => (value / 100).toFixed(2));
const climber = fc.record({
  thresholds: fc.constantFrom<(number | null)[][]>([0, 100, 300], [0, null, 300], [0, 300, 100], [0, 100, null]),
  mode: fc.constantFrom("fixed_checkpoint" as const, "lifetime" as const),
  /** sold before the window, and in it */
  before: cents(29_000),
  inWindow: cents(9_000),
  waiting: fc.option(cents(5_000), { nil: null }),
  wasDemoted: fc.boolean(),
  wanted: fc.constantFrom("tier_2", "tier_3"),
});
type Climber = typeof climber extends fc.Arbitrary<infer T> ? T : never;

const TODAY = new Date("2026-11-10T12:00:00Z");
const TONIGHT = "2026-11-11T09:00:00Z";

/** A creator at the bottom: demoted there by a judged window, or never above it; totals are of this morning. */
async function aClimber(shape: Climber): Promise<{ client: ClientId; user: UserId; mission: MissionId }> {
  const client = await aClient(db, { tiers: shape.thresholds, tierCalculationMode: shape.mode });
  const mission = await aMission(db, client, { tierEligibility: shape.wanted, rewardId: null });
  const isFixed = shape.mode === "fixed_checkpoint";
  const user = await aCreator(db, client, {
    tier: shape.wasDemoted && isFixed ? "tier_2" : "tier_1",
    tierAchievedAt: new Date("2026-03-01T05:00:00Z"),
    nextCheckpointAt: isFixed ? new Date("2026-10-01T04:00:00Z") : null,
  });
  if (shape.wasDemoted && isFixed) await night(client, "2026-10-02T09:00:00Z");
  await aVideo(db, client, user, { postDate: "2026-02-01", gmv: shape.before });
  await aVideo(db, client, user, { postDate: "2026-10-15", gmv: shape.inWindow });
  await night(client, "2026-11-10T09:00:00Z");
  if (shape.waiting !== null) {
    await anAdjustment(db, client, user, {
      amount: shape.waiting === "0.00" ? 1 : shape.waiting,
      at: TODAY.toISOString(),
      appliedAt: null,
    });
  }
  return { client, user, mission };
}

/** Whether tonight's sync, after so much more was sold, gives the creator the row. */
async function getsIt({ client, user, mission }: Awaited<ReturnType<typeof aClimber>>, more: string): Promise<boolean> {
  await aVideo(db, client, user, { postDate: "2026-11-10", gmv: more });
  await night(client, TONIGHT);
  await runSteps(db, client, TONIGHT, seedStep);
  const caller = await callerAs(db, "viewer", client);
  const { bucket } = await caller.eligibility.explain({ clientId: client, userId: user, missionId: mission });
  return bucket === "already_seeded";
}

describe("for every creator whose tier is too low", () => {
  it("the amount named is enough for tonight's sync, and a cent less is not", async () => {
    let named = 0;
    await fc.assert(
      fc.asyncProperty(climber, async (shape) => {
        const [one, other] = [await aClimber(shape), await aClimber(shape)];
        const caller = await callerAs(db, "viewer", one.client, { now: TODAY });
        const { reason, climb } = await caller.eligibility.explain({
          clientId: one.client,
          userId: one.user,
          missionId: one.mission,
        });
        if (reason !== "tier_too_low") return;
        if (climb === null) {
          expect(await getsIt(one, "99999")).toBe(false);
          return;
        }
        named += 1;
        expect(await getsIt(one, climb.missing)).toBe(true);
        if (climb.isReached) return;
        const less = (Math.round(Number(climb.missing) * 100) - 1) / 100;
        expect(await getsIt(other, String(less))).toBe(false);
      }),
      { numRuns: 25 },
    );
    expect(named).toBeGreaterThan(0);
  });
});
