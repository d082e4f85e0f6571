/** What holds for every programme (issue: undo after seed restores the rows that were there before). */
import fc from "fast-check";
import { expect, it } from "vitest";
import type { ClientId, MissionId } from "../../base/ids.ts";
import { sql } from "../../db/db.ts";
import { aClient, aCreator, aMission, aProgressRow, asOwner } from "../../testing/builders.ts";
import { callerAs } from "../../testing/caller.ts";
import { testDatabase } from "../../testing/database.ts";

const db = testDatabase();
const RUNS = { numRuns: 15 };

const tier = fc.constantFrom("tier_1", "tier_2", "tier_3", "of old");
/** What may happen to a row between its seeding and the undo. */
const fate = fc.constantFrom("stays", "wakes", "moves", "completes", "is redeemed", "completes and is redeemed");
const programme = fc.record({
  missions: fc.array(
    fc.record({ tierEligibility: fc.oneof(tier, fc.constant("all")), enabled: fc.boolean(), activated: fc.boolean() }),
    { minLength: 1, maxLength: 3 },
  ),
  creators: fc.array(fc.record({ tier, rows: fc.array(fc.nat(2), { maxLength: 2 }) }), { maxLength: 6 }),
  chosen: fc.option(fc.nat(2)),
});
type Programme = typeof programme extends fc.Arbitrary<infer T> ? T : never;

async function build({ missions, creators }: Programme): Promise<{ client: ClientId; missions: MissionId[] }> {
  const client = await aClient(db);
  const ids: MissionId[] = [];
  for (const mission of missions) ids.push(await aMission(db, client, mission));
  for (const creator of creators) {
    const user = await aCreator(db, client, { tier: creator.tier });
    for (const index of new Set(creator.rows)) {
      const mission = ids[index];
      if (mission !== undefined) await aProgressRow(db, client, user, mission, { status: "active", value: index });
    }
  }
  return { client, missions: ids };
}

interface Row {
  key: string;
  seed: string | null;
  whole: string;
}

/** Every row with all its columns, as the owner sees them. */
function rowsOf(client: ClientId): Promise<Row[]> {
  return asOwner(db, (tx) =>
    tx.query<Row>(sql`
      select concat_ws(' ', user_id, mission_id, cycle) as key, seed_id as seed, p::text as whole from mission_progress p
      where client_id = ${client}::uuid order by 1`),
  );
}

async function befall(client: ClientId, { key }: Row, what: string): Promise<void> {
  const [user, mission, cycle] = key.split(" ");
  const row = sql`client_id = ${client}::uuid and user_id = ${user}::uuid and mission_id = ${mission}::uuid and cycle = ${cycle}::int`;
  await asOwner(db, async (tx) => {
    if (what !== "stays")
      await tx.execute(sql`update mission_progress set status = 'active' where ${row} and status = 'dormant'`);
    if (what === "moves")
      await tx.execute(sql`update mission_progress set current_value = 7, updated_at = now() where ${row}`);
    if (what.startsWith("completes")) {
      await tx.execute(sql`update mission_progress set status = 'completed', completed_at = now() where ${row}`);
    }
    if (what.endsWith("is redeemed")) {
      await tx.execute(sql`
        insert into redemptions (client_id, user_id, mission_id, cycle, reward_id, tier_at_claim, redemption_type)
        select p.client_id, p.user_id, p.mission_id, p.cycle, m.reward_id, 'tier_1', 'instant'
        from (select * from mission_progress where ${row}) p
        join missions m on m.client_id = p.client_id and m.id = p.mission_id`);
    }
  });
}

async function seedOf(shape: Programme) {
  const { client, missions } = await build(shape);
  const before = await rowsOf(client);
  const caller = await callerAs(db, "owner", client);
  const mission = shape.chosen === null ? undefined : missions[shape.chosen];
  const missionIds = mission === undefined ? undefined : [mission];
  const { seedId } = await caller.seeding.run({ clientId: client, missionIds });
  return { client, before, caller, seedId };
}

it("undo after seed leaves exactly the rows that were there before, if nothing moved", async () => {
  await fc.assert(
    fc.asyncProperty(programme, async (shape) => {
      const { client, before, caller, seedId } = await seedOf(shape);
      fc.pre(seedId !== null);
      const created = (await rowsOf(client)).length - before.length;
      const undone = await caller.seeding.undo({ clientId: client, seedId });
      expect(undone).toMatchObject({ kind: "undone", removed: created, kept: 0 });
      expect(await rowsOf(client)).toEqual(before);
    }),
    RUNS,
  );
});

it("undo removes exactly the seeding's rows that are neither completed nor redeemed, once, as its dry run and its list say", async () => {
  const other = await build({
    missions: [{ tierEligibility: "all", enabled: true, activated: true }],
    creators: [{ tier: "tier_1", rows: [0] }],
    chosen: null,
  });
  const others = await rowsOf(other.client);
  await fc.assert(
    fc.asyncProperty(programme, fc.array(fate, { minLength: 1, maxLength: 18 }), async (shape, fates) => {
      const { client, caller, seedId } = await seedOf(shape);
      fc.pre(seedId !== null);
      const gone = new Set<string>();
      for (const [index, row] of (await rowsOf(client)).entries()) {
        const what = fates[index % fates.length]!;
        const isOurs = row.seed === seedId;
        await befall(client, row, what);
        if (isOurs && !/completes|redeemed/.test(what)) gone.add(row.key);
      }
      const moved = await rowsOf(client);
      const asked = { clientId: client, seedId };
      const listed = await caller.seeding.rows({ ...asked, fate: "removable", limit: 200 });

      const dry = await caller.seeding.undo({ ...asked, dryRun: true });
      expect(await rowsOf(client)).toEqual(moved);
      const first = await caller.seeding.undo(asked);
      const left = await rowsOf(client);
      const second = await caller.seeding.undo(asked);

      expect(left).toEqual(moved.filter(({ key }) => !gone.has(key)));
      expect(await rowsOf(client)).toEqual(left);
      const { kind: _dry, undone: _none, ...promised } = dry;
      expect(first).toMatchObject({ ...promised, removed: gone.size });
      expect(first.kept + first.removed).toBe(moved.filter(({ seed }) => seed === seedId).length);
      expect(new Set(listed.rows.map(({ userId, missionId }) => `${userId} ${missionId} 1`))).toEqual(gone);
      expect([second.kind, second.removed]).toEqual([gone.size > 0 ? "already_undone" : "nothing_to_remove", 0]);
    }),
    RUNS,
  );
  expect(await rowsOf(other.client)).toEqual(others);
});
