/** The counts that the database keeps are those of the rows, whoever writes, also at the same moment. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ClientId, MissionId, UserId } from "../base/ids.ts";
import { sql } from "../db/db.ts";
import { inClient } from "../db/tx.ts";
import { anyProgramme, build } from "../testing/any-programme.ts";
import { aClient, aCreator, aMission, aProgressRow, asOwner } from "../testing/builders.ts";
import { callerAs } from "../testing/caller.ts";
import { anyChange, makeChange } from "../testing/changes.ts";
import { testDatabase } from "../testing/database.ts";

const db = testDatabase();

/** Cells in which the kept counts differ from the rows. */
function wrongCells(client: ClientId): Promise<unknown[]> {
  return asOwner(db, (owner) =>
    owner.query(sql`
      with kept as (
        select mission_id, tier_id, sum(creators)::int as creators from eligibility_counts
        where client_id = ${client}::uuid group by 1, 2 having sum(creators) <> 0
      ), real as (
        select mission_id, tier_id, creators from counted_eligibility where client_id = ${client}::uuid
      )
      (select 'kept' as side, k.* from (select * from kept except select * from real) k)
      union all
      (select 'real', r.* from (select * from real except select * from kept) r)`),
  );
}

function waitingRows(client: ClientId): Promise<number> {
  return asOwner(db, async (owner) => {
    const rows = await owner.query(sql`select 1 as one from eligibility_counts where client_id = ${client}::uuid`);
    return rows.length;
  });
}

/** The preview's numbers as the relation of single creators has them. */
function groupsOfRelation(client: ClientId, mission: MissionId) {
  return inClient(db, client, (tx) =>
    tx.query(sql`
      select e.current_tier, e.bucket, e.reason_code, count(*)::int as creators from mission_eligibility e
      where e.client_id = ${client}::uuid and e.mission_id = ${mission}::uuid group by 1, 2, 3 order by 1, 2, 3`),
  );
}

function groupsOfCounts(client: ClientId, mission: MissionId) {
  return inClient(db, client, (tx) =>
    tx.query(sql`
      select * from (
        select current_tier, 'already_seeded' as bucket, null as reason_code, seeded as creators from eligibility_groups
        where client_id = ${client}::uuid and mission_id = ${mission}::uuid and seeded > 0
        union all
        select current_tier, bucket, reason_code, open from eligibility_groups
        where client_id = ${client}::uuid and mission_id = ${mission}::uuid and open > 0
      ) g order by 1, 2, 3`),
  );
}

describe("the counts of eligibility", () => {
  it("are those of the rows after any changes, and make the groups of the one relation", async () => {
    await fc.assert(
      fc.asyncProperty(anyProgramme, fc.array(anyChange, { maxLength: 12 }), async (shape, changes) => {
        const { client, missions, creators } = await build(db, shape);
        const usable = changes.filter((change) => creators.length > 0 || !("who" in change));
        for (const change of usable) await makeChange(db, { client, mission: missions[0]!, creators }, change);
        expect(await wrongCells(client)).toEqual([]);
        for (const mission of missions) {
          expect(await groupsOfCounts(client, mission)).toEqual(await groupsOfRelation(client, mission));
        }
      }),
      { numRuns: 30 },
    );
  });

  it("are those of the rows when everybody writes at the same moment", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyChange, { minLength: 4, maxLength: 12 }), async (changes) => {
        const client = await aClient(db, { tiers: [0, 1000, 3000] });
        const mission = await aMission(db, client, { tierEligibility: "tier_2" });
        const creators: UserId[] = [];
        for (const tier of ["tier_1", "tier_2", "tier_3"]) creators.push(await aCreator(db, client, { tier }));
        await Promise.all(changes.map((change) => makeChange(db, { client, mission, creators }, change)));
        expect(await wrongCells(client)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it("count a creator under the new tier when the move commits while a seeding looks", async () => {
    const client = await aClient(db, { tiers: [0, 1000] });
    const mission = await aMission(db, client, { tierEligibility: "all" });
    const user = await aCreator(db, client, { tier: "tier_1" });
    const caller = await callerAs(db, "operator", client);
    let seeding: Promise<unknown> = Promise.resolve();
    await inClient(db, client, async (tx) => {
      await tx.execute(sql`
        update users set current_tier = 'tier_2' where client_id = ${client}::uuid and id = ${user}::uuid`);
      seeding = caller.seeding.run({ clientId: client, missionIds: [mission] });
      await waitsForTurn();
    });
    await seeding;
    expect(await wrongCells(client)).toEqual([]);
    const { byTier } = await caller.eligibility.preview({ clientId: client, missionId: mission });
    expect(byTier.map(({ tierId, alreadySeeded }) => [tierId, alreadySeeded])).toEqual([
      ["tier_1", 0],
      ["tier_2", 1],
    ]);
  });

  it("count a creator once, whatever cycles there are, until the last row goes", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client);
    const user = await aCreator(db, client);
    for (const cycle of [2, 1]) await aProgressRow(db, client, user, mission, { cycle });
    expect(await wrongCells(client)).toEqual([]);
    for (const cycle of [1, 2]) {
      await asOwner(db, (owner) =>
        owner.execute(sql`delete from mission_progress where client_id = ${client}::uuid and cycle = ${cycle}`),
      );
      expect(await wrongCells(client)).toEqual([]);
    }
  });

  it("are folded when more than a thousand changes wait, and stay right", async () => {
    const client = await aClient(db, { tiers: [0, 1000] });
    const mission = await aMission(db, client);
    await asOwner(db, (owner) =>
      owner.execute(sql`
        insert into users (client_id, tiktok_handle, current_tier)
        select ${client}::uuid, 'c' || n, 'tier_1' from generate_series(1, 600) n`),
    );
    const caller = await callerAs(db, "operator", client);
    await caller.seeding.run({ clientId: client, missionIds: [mission] });
    await inClient(db, client, (tx) =>
      tx.execute(sql`update users set current_tier = 'tier_2' where client_id = ${client}::uuid`),
    );
    expect(await wrongCells(client)).toEqual([]);
    expect(await waitingRows(client)).toBeLessThan(10);
  });

  it("can be counted anew by the owner, who is told how many cells were wrong", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client);
    await aProgressRow(db, client, await aCreator(db, client), mission);
    const recount = () =>
      asOwner(db, (owner) => owner.query<{ wrong: number }>(sql`select recount_eligibility(${client}::uuid) as wrong`));
    expect(await recount()).toEqual([{ wrong: 0 }]);
    await asOwner(db, (owner) => owner.execute(sql`delete from eligibility_counts where client_id = ${client}::uuid`));
    expect(await recount()).toEqual([{ wrong: 2 }]);
    expect(await wrongCells(client)).toEqual([]);
  });
});

/** Resolves once somebody waits for the turn that this test holds. */
async function waitsForTurn(): Promise<void> {
  for (;;) {
    const waiting = await asOwner(db, (owner) =>
      owner.query(sql`
        select 1 as one from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and query ilike '%seed_mission_progress%'`),
    );
    if (waiting.length > 0) return;
  }
}
