/** A seeding looks only at what changed since the last one: what it creates is what looking at everybody would have created. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ClientId, MissionId, UserId } from "../base/ids.ts";
import { sql } from "../db/db.ts";
import { aClient, aCreator, aMission, asOwner } from "../testing/builders.ts";
import { callerAs } from "../testing/caller.ts";
import { anyChange, anyEligibility, anyTier, type Change, makeChange } from "../testing/changes.ts";
import { testDatabase } from "../testing/database.ts";

const db = testDatabase();

const isSeeding = (change: Change) => change.kind === "seed";
const anyStart = fc.record({
  missions: fc.array(fc.record({ tierEligibility: anyEligibility, enabled: fc.boolean() }), {
    minLength: 1,
    maxLength: 3,
  }),
  creators: fc.array(anyTier, { minLength: 1, maxLength: 5 }),
});

interface Start {
  client: ClientId;
  missions: MissionId[];
  creators: UserId[];
}

async function begin(shape: typeof anyStart extends fc.Arbitrary<infer T> ? T : never): Promise<Start> {
  const client = await aClient(db, { tiers: [0, 1000, 3000] });
  const missions: MissionId[] = [];
  for (const mission of shape.missions) missions.push(await aMission(db, client, { ...mission, rewardId: null }));
  const creators: UserId[] = [];
  for (const tier of shape.creators) creators.push(await aCreator(db, client, { tier }));
  return { client, missions, creators };
}

/** Creates what is open without believing counts or log, and answers how many: what the seedings before it have missed. */
async function missed(client: ClientId): Promise<number> {
  const [row] = await asOwner(db, (owner) =>
    owner.query<{ missed: number }>(sql`select reconcile_mission_progress(${client}::uuid, null) as missed`),
  );
  return row!.missed;
}

async function seed(client: ClientId, missionIds?: MissionId[]): Promise<number> {
  const caller = await callerAs(db, "operator", client);
  return (await caller.seeding.run({ clientId: client, missionIds })).created;
}

async function openPairs(client: ClientId): Promise<number> {
  const [row] = await asOwner(db, (owner) =>
    owner.query<{ open: number }>(sql`
      select count(*)::int as open from mission_eligibility e
      where e.client_id = ${client}::uuid and e.is_eligible and not e.is_seeded`),
  );
  return row!.open;
}

describe("a seeding of what changed", () => {
  it("creates everything that is open, after any changes between any seedings", async () => {
    await fc.assert(
      fc.asyncProperty(anyStart, fc.array(anyChange, { maxLength: 14 }), async (shape, changes) => {
        const { client, missions, creators } = await begin(shape);
        for (const [index, change] of changes.entries()) {
          const mission = missions[index % missions.length]!;
          if (isSeeding(change) && index % 2 === 0) await seed(client, [mission]);
          else await makeChange(db, { client, mission, creators }, change);
        }
        const open = await openPairs(client);
        expect(await seed(client)).toBe(open);
        expect(await missed(client)).toBe(0);
      }),
      { numRuns: 30 },
    );
  });

  it("misses nobody who changed while others were seeding", async () => {
    await fc.assert(
      fc.asyncProperty(anyStart, fc.array(anyChange, { minLength: 4, maxLength: 12 }), async (shape, changes) => {
        const { client, missions, creators } = await begin(shape);
        await Promise.all(
          changes.map((change, index) =>
            makeChange(db, { client, mission: missions[index % missions.length]!, creators }, change),
          ),
        );
        await seed(client);
        expect(await missed(client)).toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  it("looks again at what its own transaction goes on to change", async () => {
    const client = await aClient(db);
    await aMission(db, client, { tierEligibility: "tier_2" });
    const user = await aCreator(db, client, { tier: "tier_1" });
    await asOwner(db, async (owner) => {
      await owner.execute(sql`begin`);
      await owner.execute(sql`update users set email = 'a@example.com' where client_id = ${client}::uuid`);
      // others commit meanwhile, so that this transaction is no longer the newest
      await aCreator(db, client, { tier: "tier_1" });
      await owner.query(sql`select seed_mission_progress(${client}::uuid, null, null) as created`);
      await owner.execute(sql`
        update users set current_tier = 'tier_2' where client_id = ${client}::uuid and id = ${user}::uuid`);
      await owner.execute(sql`commit`);
    });
    expect(await seed(client)).toBe(1);
  });

  it("looks at everybody in a database restored from a cluster that had come further", async () => {
    const client = await aClient(db, { tiers: [0, 1000] });
    const mission = await aMission(db, client, { tierEligibility: "tier_2" });
    const user = await aCreator(db, client, { tier: "tier_2" });
    await seed(client);
    const caller = await callerAs(db, "operator", client);
    await asOwner(db, async (owner) => {
      await owner.execute(sql`alter table eligibility_changes disable trigger user`);
      await owner.execute(sql`
        update eligibility_changes set xact = xact + 1000000000 where client_id = ${client}::uuid`);
      await owner.execute(sql`alter table eligibility_changes enable trigger user`);
      await owner.execute(sql`
        update seeding_marks set snapshot = '1000000001:1000000001:' where client_id = ${client}::uuid`);
      await owner.execute(sql`
        delete from mission_progress where client_id = ${client}::uuid and user_id = ${user}::uuid`);
      const forgotten = await owner.query<{ clients: number }>(sql`select forget_future_snapshots() as clients`);
      expect(forgotten).toEqual([{ clients: 1 }]);
    });
    const { planId } = await caller.eligibility.preview({ clientId: client, missionId: mission });
    expect(await caller.seeding.applyPlan({ clientId: client, planId: planId! })).toMatchObject({
      kind: "seeded",
      created: 1,
    });
  });

  it("writes nothing at all when nothing changed since the last one", async () => {
    const client = await aClient(db);
    await aMission(db, client);
    await aCreator(db, client);
    expect(await seed(client)).toBe(1);
    const written = () =>
      asOwner(db, (owner) =>
        owner.query(sql`
          select (select max(k.xmin::text::int) from seeding_marks k where k.client_id = ${client}::uuid) as marks,
            (select max(t.xact)::text from eligibility_turns t where t.client_id = ${client}::uuid) as turn`),
      );
    await seed(client);
    const before = await written();
    expect(await seed(client)).toBe(0);
    expect(await written()).toEqual(before);
  });
});
