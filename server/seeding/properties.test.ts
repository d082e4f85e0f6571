/** What holds for every programme, whatever its ladder, missions, creators and rows (domain reference, sections 3 and 4). */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ClientId } from "../base/ids.ts";
import { sql } from "../db/db.ts";
import { anyProgramme, build } from "../testing/any-programme.ts";
import { asOwner } from "../testing/builders.ts";
import { callerAs } from "../testing/caller.ts";
import { testDatabase } from "../testing/database.ts";
import type { PreviewDto } from "../eligibility/schema.ts";

const db = testDatabase();
const RUNS = { numRuns: 12 };

function rowsOf(client: ClientId): Promise<object[]> {
  return asOwner(db, (owner) =>
    owner.query(sql`
      select user_id, mission_id, cycle, status, seed_id, updated_at from mission_progress
      where client_id = ${client}::uuid order by user_id, mission_id, cycle`),
  );
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

function expectToAddUp(preview: PreviewDto, creators: number): void {
  const { counts, byReason, byTier, waterfall } = preview;
  expect(counts.total).toBe(creators);
  expect(counts.willCreate + counts.alreadySeeded + counts.notEligible + counts.unknown).toBe(creators);
  expect(byReason.mission_disabled + byReason.tier_too_low).toBe(counts.notEligible);
  expect(byReason.mission_tier_unknown + byReason.creator_tier_unknown).toBe(counts.unknown);
  for (const name of ["willCreate", "alreadySeeded", "notEligible", "unknown", "total"] as const) {
    expect(sum(byTier.map((one) => one[name]))).toBe(counts[name]);
  }
  expect(waterfall[0]!.remaining).toBe(creators);
  expect(waterfall.at(-1)!.remaining).toBe(counts.willCreate);
  expect(sum(waterfall.map(({ dropped }) => dropped))).toBe(creators - counts.willCreate);
}

describe("for every programme", () => {
  it("the four buckets partition all creators; reasons, tiers and waterfall add up to them, also in a what-if", async () => {
    await fc.assert(
      fc.asyncProperty(anyProgramme, fc.boolean(), async (shape, isWhatIf) => {
        const { client, missions } = await build(db, shape);
        const caller = await callerAs(db, "viewer", client);
        const whatIf = isWhatIf ? ({ enabled: true } as const) : undefined;
        for (const missionId of missions) {
          const preview = await caller.eligibility.preview({ clientId: client, missionId, whatIf });
          expectToAddUp(preview, shape.creators.length);
          const listed = await caller.eligibility.list({ clientId: client, missionId, whatIf, limit: 200 });
          expect(new Set(listed.rows.map(({ userId }) => userId)).size).toBe(shape.creators.length);
          const inBucket = (bucket: string) => listed.rows.filter((row) => row.bucket === bucket).length;
          expect(inBucket("will_create")).toBe(preview.counts.willCreate);
          expect(inBucket("unknown")).toBe(preview.counts.unknown);
          for (const bucket of ["will_create", "already_seeded", "not_eligible", "unknown"] as const) {
            const filter = { clientId: client, missionId, whatIf, bucket };
            expect(await caller.eligibility.count(filter)).toBe(inBucket(bucket));
          }
        }
      }),
      RUNS,
    );
  });

  it("the preview equals the seed that follows, a what-if the seed that follows enabling", async () => {
    await fc.assert(
      fc.asyncProperty(anyProgramme, async (shape) => {
        const { client, missions } = await build(db, shape);
        const caller = await callerAs(db, "owner", client);
        for (const missionId of missions) {
          const preview = await caller.eligibility.preview({ clientId: client, missionId });
          const seeded = await caller.seeding.run({ clientId: client, missionIds: [missionId] });
          const { willCreate, alreadySeeded, notEligible, unknown } = preview.counts;
          expect(seeded).toMatchObject({ created: willCreate, alreadySeeded, notEligible, unknown });
          const whatIf = await caller.eligibility.preview({ clientId: client, missionId, whatIf: { enabled: true } });
          await asOwner(db, (owner) =>
            owner.execute(
              sql`update missions set enabled = true where client_id = ${client}::uuid and id = ${missionId}::uuid`,
            ),
          );
          const now = await caller.eligibility.preview({ clientId: client, missionId });
          expect(whatIf.counts).toEqual(now.counts);
          expect(whatIf.byTier).toEqual(now.byTier);
          expect(whatIf.byReason).toEqual(now.byReason);
          const enabled = await caller.seeding.run({ clientId: client, missionIds: [missionId] });
          expect(enabled.created).toBe(whatIf.counts.willCreate);
        }
      }),
      RUNS,
    );
  });

  it("seeding twice is seeding once, and another client's rows never change", async () => {
    await fc.assert(
      fc.asyncProperty(anyProgramme, anyProgramme, async (shape, neighbour) => {
        const { client } = await build(db, shape);
        const other = await build(db, neighbour);
        const theirs = await rowsOf(other.client);
        const caller = await callerAs(db, "operator", client);
        const first = await caller.seeding.run({ clientId: client });
        const rows = await rowsOf(client);
        const second = await caller.seeding.run({ clientId: client });
        expect(second).toEqual({
          ...first,
          seedId: null,
          created: 0,
          alreadySeeded: first.alreadySeeded + first.created,
        });
        expect(await rowsOf(client)).toEqual(rows);
        expect(await rowsOf(other.client)).toEqual(theirs);
      }),
      RUNS,
    );
  });

  it("several seedings at once, by procedure and by SQL, add up without an error", async () => {
    await fc.assert(
      fc.asyncProperty(anyProgramme, fc.integer({ min: 2, max: 5 }), async (shape, times) => {
        const { client } = await build(db, shape);
        const before = await rowsOf(client);
        const caller = await callerAs(db, "operator", client);
        const bySql = asOwner(db, (owner) =>
          owner.query<{ created: number }>(
            sql`select create_mission_progress_for_eligible_users(${client}::uuid) as created`,
          ),
        ).then(([row]) => row!.created);
        const runs = Array.from({ length: times }, () =>
          caller.seeding.run({ clientId: client }).then(({ created }) => created),
        );
        const created = sum(await Promise.all([bySql, ...runs]));
        const seeds = await asOwner(db, (owner) =>
          owner.query<{ total: number }>(
            sql`select coalesce(sum(created), 0)::int as total from seeds where client_id = ${client}::uuid`,
          ),
        );
        expect((await rowsOf(client)).length - before.length).toBe(created);
        expect(seeds[0]!.total).toBe(created);
        expect((await caller.seeding.run({ clientId: client })).created).toBe(0);
      }),
      RUNS,
    );
  });
});
