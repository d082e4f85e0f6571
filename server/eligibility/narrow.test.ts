/** A narrowing finds rows faster and never others: every list and total is the same as the relation's own. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { UserId } from "../base/ids.ts";
import { type Sql, sql } from "../db/db.ts";
import { aClient, aCreator, aMission, aProgressRow, asOwner } from "../testing/builders.ts";
import { callerAs } from "../testing/caller.ts";
import { anyChange, anyEligibility, anyTier, type Changed, makeChange } from "../testing/changes.ts";
import { testDatabase } from "../testing/database.ts";
import { buckets, reasons } from "./schema.ts";

const db = testDatabase();
const write = (statement: Sql) => asOwner(db, (owner) => owner.execute(statement));

/** The relation's own answer to a filter, by handle. */
async function handlesOf({ client, mission }: Changed, condition: Sql): Promise<string[]> {
  const rows = await asOwner(db, (owner) =>
    owner.query<{ handle: string }>(sql`
      select e.tiktok_handle as handle from mission_eligibility e
      where e.client_id = ${client}::uuid and e.mission_id = ${mission}::uuid and ${condition} order by 1`),
  );
  return rows.map(({ handle }) => handle);
}

/** Every list and total that differs from the relation's own answer, by its filter. */
async function wrongLists(built: Changed): Promise<object[]> {
  const wrong: object[] = [];
  const { client, mission } = built;
  const caller = await callerAs(db, "viewer", client);
  const filters = [
    ...buckets.map((bucket) => ({ filter: { bucket }, condition: sql`e.bucket = ${bucket}` })),
    ...reasons.map((reason) => ({ filter: { reason }, condition: sql`e.reason_code = ${reason}` })),
    { filter: { q: "cre" }, condition: sql`strpos(e.tiktok_handle, 'cre') > 0` },
    ...buckets.map((bucket) => ({
      filter: { bucket, q: "ator" },
      condition: sql`e.bucket = ${bucket} and strpos(e.tiktok_handle, 'ator') > 0`,
    })),
  ];
  for (const { filter, condition } of filters) {
    const asked = { clientId: client, missionId: mission, ...filter };
    const expected = await handlesOf(built, condition);
    const listed = (await caller.eligibility.list(asked)).rows.map(({ handle }) => handle);
    const total = await caller.eligibility.count(asked);
    if (listed.join() !== expected.join() || total !== expected.length) wrong.push({ filter, expected, listed, total });
  }
  return wrong;
}

describe("the lists of a mission", () => {
  it("are the relation's own after any seedings and changes, by procedure and by SQL", async () => {
    const shape = fc.record({
      tierEligibility: anyEligibility,
      tiers: fc.array(anyTier, { minLength: 5, maxLength: 5 }),
      changes: fc.array(anyChange, { maxLength: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(shape, async ({ tierEligibility, tiers, changes }) => {
        const client = await aClient(db, { tiers: [0, 1000, 3000] });
        const mission = await aMission(db, client, { tierEligibility, rewardId: null });
        const creators: UserId[] = [];
        for (const current of tiers) creators.push(await aCreator(db, client, { tier: current }));
        const built = { client, mission, creators };
        for (const one of changes) await makeChange(db, built, one);
        await (await callerAs(db, "operator", client)).seeding.run({ clientId: client });
        for (const one of changes) await makeChange(db, built, one);
        expect(await wrongLists(built)).toEqual([]);
      }),
      { numRuns: 12 },
    );
  });

  it("look only at those of whom something was logged since the last seeding", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client);
    await aCreator(db, client);
    const candidates = async () => {
      const [row] = await asOwner(db, (owner) =>
        owner.query<{ users: string[] | null }>(
          sql`select open_candidates(${client}::uuid, ${mission}::uuid, 10) as users`,
        ),
      );
      return row!.users;
    };
    expect(await candidates()).toBeNull();
    const caller = await callerAs(db, "operator", client);
    await caller.seeding.run({ clientId: client });
    expect(await candidates()).toEqual([]);
    const late = await aCreator(db, client);
    const byHand = await aCreator(db, client);
    await aProgressRow(db, client, byHand, mission);
    expect(new Set(await candidates())).toEqual(new Set([late, byHand]));
    await write(sql`update missions set enabled = false where client_id = ${client}::uuid`);
    expect(await candidates()).toBeNull();
  });

  it("leave the mark of a seeding alone when nothing was logged since", async () => {
    const client = await aClient(db);
    await aMission(db, client);
    await aCreator(db, client);
    const caller = await callerAs(db, "operator", client);
    const marks = () =>
      asOwner(db, (owner) =>
        owner.query(sql`select xmin::text as written, snapshot from seeding_marks where client_id = ${client}::uuid`),
      );
    await caller.seeding.run({ clientId: client });
    const first = await marks();
    await caller.seeding.run({ clientId: client });
    expect(await marks()).toEqual(first);
  });

  it("page through a search that finds hundreds, also for the few whom the other filters let through", async () => {
    const client = await aClient(db, { tiers: [0, 1000] });
    const mission = await aMission(db, client, { tierEligibility: "tier_2" });
    await write(sql`
      insert into users (client_id, tiktok_handle, current_tier)
      select ${client}::uuid, 'shop_' || lpad(n::text, 4, '0'), case when n % 2 = 0 then 'tier_1' else 'tier_2' end
      from generate_series(1, 700) n`);
    await write(sql`
      insert into mission_progress (client_id, user_id, mission_id, status)
      select client_id, id, ${mission}::uuid, 'active' from users
      where client_id = ${client}::uuid and tiktok_handle in ('shop_0651', 'shop_0660', 'shop_0699')`);
    const caller = await callerAs(db, "viewer", client);
    const asked = { clientId: client, missionId: mission, q: "hop_0", limit: 200 };
    const seeded = await caller.eligibility.list({ ...asked, bucket: "already_seeded" });
    expect(seeded.rows.map(({ handle }) => handle)).toEqual(["shop_0651", "shop_0660", "shop_0699"]);
    const forward: string[] = [];
    let after: string | undefined;
    let before: string | null = null;
    do {
      const page = await caller.eligibility.list({ ...asked, tier: "tier_1", after });
      forward.push(...page.rows.map(({ handle }) => handle));
      after = page.next ?? undefined;
      before = page.previous;
    } while (after !== undefined);
    expect(forward).toHaveLength(350);
    expect(forward).toEqual(forward.toSorted());
    const back = await caller.eligibility.list({ ...asked, tier: "tier_1", before: before! });
    expect(back.rows.map(({ handle }) => handle)).toEqual(forward.slice(0, 200));
  });

  it("page through a list that lies unevenly among the handles", async () => {
    const client = await aClient(db, { tiers: [0, 1000] });
    const mission = await aMission(db, client, { tierEligibility: "tier_2" });
    await write(sql`
      insert into users (client_id, tiktok_handle, current_tier)
      select ${client}::uuid, 'shop_' || lpad(n::text, 4, '0'), 'tier_1' from generate_series(1, 700) n`);
    await write(sql`
      insert into mission_progress (client_id, user_id, mission_id, status)
      select client_id, id, ${mission}::uuid, 'active' from users
      where client_id = ${client}::uuid and tiktok_handle <= 'shop_0600'`);
    const caller = await callerAs(db, "viewer", client);
    for (const q of [undefined, "hop_0"]) {
      const asked = { clientId: client, missionId: mission, bucket: "not_eligible", q, limit: 20 } as const;
      const { rows, next, previous } = await caller.eligibility.list(asked);
      expect(rows.map(({ handle }) => handle)[0]).toBe("shop_0601");
      expect(rows).toHaveLength(20);
      expect(previous).toBeNull();
      const second = await caller.eligibility.list({ ...asked, after: next! });
      expect(second.rows[0]!.handle).toBe("shop_0621");
      const back = await caller.eligibility.list({ ...asked, before: second.previous! });
      expect(back.rows).toEqual(rows);
    }
  });
});
