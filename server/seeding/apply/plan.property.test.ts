/** Plan and apply under random changes: exactly the plan or nothing, and the difference names exactly those who differ. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ClientId, MissionId, UserId } from "../../base/ids.ts";
import { sql } from "../../db/db.ts";
import type { DriftKind } from "../../eligibility/plans/schema.ts";
import { aClient, aCreator, aMission, aProgressRow, asOwner } from "../../testing/builders.ts";
import { callerAs } from "../../testing/caller.ts";
import { anyChange, anyEligibility, anyTier, makeChange } from "../../testing/changes.ts";
import { testDatabase } from "../../testing/database.ts";

const db = testDatabase();
const RUNS = { numRuns: 25 };

const programme = fc.record({
  missions: fc.array(fc.record({ tierEligibility: anyEligibility, enabled: fc.boolean() }), {
    minLength: 1,
    maxLength: 2,
  }),
  creators: fc.array(fc.record({ tier: anyTier, isSeeded: fc.boolean() }), { minLength: 1, maxLength: 6 }),
});
type Programme = typeof programme extends fc.Arbitrary<infer T> ? T : never;

/** The status that new rows get: it moves nobody, and is a reason to refuse a plan that has rows to write. */
const anySwitch = fc.record({ kind: fc.constant("activated" as const), to: fc.boolean() });

interface Built {
  client: ClientId;
  missions: MissionId[];
  creators: UserId[];
}

async function build({ missions, creators }: Programme): Promise<Built> {
  const client = await aClient(db, { tiers: [0, 1000, 3000] });
  const built: Built = { client, missions: [], creators: [] };
  for (const mission of missions) built.missions.push(await aMission(db, client, { ...mission, rewardId: null }));
  for (const { tier: current, isSeeded } of creators) {
    const user = await aCreator(db, client, { tier: current });
    built.creators.push(user);
    if (isSeeded) await aProgressRow(db, client, user, built.missions[0]!);
  }
  return built;
}

const changed = ({ client, missions, creators }: Built) => ({ client, mission: missions[0]!, creators });

function activate({ client, missions }: Built, to: boolean): Promise<unknown> {
  return asOwner(db, (owner) =>
    owner.execute(sql`
      update missions set activated = ${to} where client_id = ${client}::uuid and id = ${missions[0]!}::uuid`),
  );
}

interface Pair {
  window: string;
  isSeeded: boolean;
}

/** Pairs "mission user" that exist, with the window that a seed would freeze, and those of them that a seed would create. */
async function worldOf({
  client,
  missions,
}: Built): Promise<{ all: Map<string, Pair>; open: Set<string>; activated: string }> {
  const switches = await asOwner(db, (owner) =>
    owner.query<{ id: string; activated: boolean }>(sql`
      select id, activated from missions where client_id = ${client}::uuid and id = any (${missions}::uuid[]) order by id`),
  );
  const rows = await asOwner(db, (owner) =>
    owner.query<{ pair: string; window: string; isSeeded: boolean; isOpen: boolean }>(sql`
      select e.mission_id || ' ' || e.user_id as pair, coalesce(e.checkpoint_start::text, '') || '..'
          || coalesce(e.checkpoint_end::text, '') as window, e.is_seeded as "isSeeded", e.bucket = 'will_create' as "isOpen"
      from mission_eligibility e where e.client_id = ${client}::uuid and e.mission_id = any (${missions}::uuid[])`),
  );
  return {
    all: new Map(rows.map(({ pair, window, isSeeded }) => [pair, { window, isSeeded }])),
    open: new Set(rows.filter(({ isOpen }) => isOpen).map(({ pair }) => pair)),
    activated: JSON.stringify(switches),
  };
}
type World = Awaited<ReturnType<typeof worldOf>>;

/** The difference as set arithmetic on two full copies, which is what the log must amount to. */
function expectedDrift(before: World, after: World): Record<DriftKind, Set<string>> {
  const stayed = [...before.open].filter((pair) => after.open.has(pair));
  const gone = [...before.open].filter((pair) => !after.open.has(pair));
  return {
    newly_eligible: new Set([...after.open].filter((pair) => !before.open.has(pair))),
    no_longer_eligible: new Set(gone.filter((pair) => after.all.get(pair)?.isSeeded !== true)),
    seeded_meanwhile: new Set(gone.filter((pair) => after.all.get(pair)?.isSeeded === true)),
    window_changed: new Set(stayed.filter((pair) => before.all.get(pair)!.window !== after.all.get(pair)!.window)),
  };
}

function rowsOfSeed(client: ClientId, seedId: string | null): Promise<{ pair: string }[]> {
  return asOwner(db, (owner) =>
    owner.query<{ pair: string }>(sql`
      select mission_id || ' ' || user_id as pair from mission_progress
      where client_id = ${client}::uuid and seed_id = ${seedId}::uuid`),
  );
}

async function allRows(client: ClientId): Promise<number> {
  const [row] = await asOwner(db, (owner) =>
    owner.query<{ rows: number }>(sql`
      select count(*)::int as rows from mission_progress where client_id = ${client}::uuid`),
  );
  return row!.rows;
}

describe("for every programme", () => {
  it("apply creates exactly the plan or refuses, naming exactly the creators that differ", async () => {
    await fc.assert(
      fc.asyncProperty(
        programme,
        fc.array(fc.oneof(anyChange, anySwitch), { maxLength: 4 }),
        async (shape, changes) => {
          const built = await build(shape);
          const { client, missions } = built;
          const caller = await callerAs(db, "operator", client);
          const before = await worldOf(built);
          const { planId, counts } = await caller.eligibility.previewMany({ clientId: client, missionIds: missions });
          expect(counts.willCreate).toBe(before.open.size);
          for (const one of changes) {
            await (one.kind === "activated" ? activate(built, one.to) : makeChange(db, changed(built), one));
          }
          const after = await worldOf(built);
          const rows = await allRows(client);

          const result = await caller.seeding.applyPlan({ clientId: client, planId: planId! });

          const expected = expectedDrift(before, after);
          if (result.kind === "stale") {
            for (const [kind, { total, rows: named }] of Object.entries(result.drift.kinds)) {
              const pairs = named.map(({ missionId, userId }) => `${missionId} ${userId}`);
              expect(new Set(pairs)).toEqual(expected[kind as DriftKind]);
              expect(total).toBe(pairs.length);
            }
            // Refused for a reason: somebody differs, or the rows would be written with another status.
            const isOther = Object.values(expected).some(({ size }) => size > 0);
            expect(isOther || before.activated !== after.activated).toBe(true);
            expect(await allRows(client)).toBe(rows);
            return;
          }
          expect(Object.values(expected).every(({ size }) => size === 0)).toBe(true);
          if (result.kind !== "seeded") throw new Error(result.kind);
          expect(result.created).toBe(before.open.size);
          expect(new Set((await rowsOfSeed(client, result.seedId)).map(({ pair }) => pair))).toEqual(before.open);
        },
      ),
      RUNS,
    );
  });

  it("apply at the same moment as changes still creates exactly the plan or nothing", async () => {
    await fc.assert(
      fc.asyncProperty(programme, fc.array(anyChange, { minLength: 1, maxLength: 4 }), async (shape, changes) => {
        const built = await build(shape);
        const { client, missions } = built;
        const caller = await callerAs(db, "operator", client);
        const before = await worldOf(built);
        const { planId } = await caller.eligibility.previewMany({ clientId: client, missionIds: missions });
        const [result] = await Promise.all([
          caller.seeding.applyPlan({ clientId: client, planId: planId! }),
          ...changes.map((one) => makeChange(db, changed(built), one)),
        ]);
        if (result.kind !== "seeded") {
          expect(result.kind).toBe("stale");
          return;
        }
        expect(result.created).toBe(before.open.size);
        const pairs = (await rowsOfSeed(client, result.seedId)).map(({ pair }) => pair);
        // A change that came after the seed may have taken rows away again; none was created that the plan did not name.
        expect(pairs.filter((pair) => !before.open.has(pair))).toEqual([]);
      }),
      RUNS,
    );
  });
});
