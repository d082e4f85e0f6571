/** The definition in the database (domain reference, section 3): its pieces agree with each other and with the words of the schema. */
import { describe, expect, it } from "vitest";
import { sql } from "../db/db.ts";
import { aClient, aCreator, aMission, aProgressRow, asOwner } from "../testing/builders.ts";
import { testDatabase } from "../testing/database.ts";
import { buckets, reasons } from "./schema.ts";

const db = testDatabase();

/** Every combination of switch, wanted tier and orders that the rule can tell apart. */
const COMBINATIONS = sql`
  (values (true), (false)) as switch (enabled)
  cross join (values ('all'), ('tier_2')) as wanted (tier)
  cross join (values (null), (0), (1), (2)) as mission (mission_order)
  cross join (values (null), (0), (1), (2)) as creator (creator_order)`;

describe("the definition", () => {
  it("gives a reason exactly when it says not eligible, for every combination", async () => {
    const rows = await asOwner(db, (owner) =>
      owner.query<{ isEligible: boolean; reason: string | null }>(sql`
        select is_eligible(enabled, tier, mission_order, creator_order) as "isEligible",
          eligibility_reason(enabled, tier, mission_order, creator_order) as reason
        from ${COMBINATIONS}`),
    );
    expect(rows).toHaveLength(64);
    expect(rows.filter(({ isEligible, reason }) => isEligible !== (reason === null))).toEqual([]);
  });

  it.each([
    ["eligibility_reason", reasons],
    ["eligibility_bucket", [...buckets, "mission_tier_unknown", "creator_tier_unknown"]],
  ] as const)("%s answers the words of the schema, no more and no fewer", async (name, words) => {
    const [row] = await asOwner(db, (owner) =>
      owner.query<{ source: string }>(sql`select prosrc as source from pg_proc where proname = ${name}`),
    );
    const answered = [...row!.source.matchAll(/'([a-z_]+)'/g)]
      .map(([, word]) => word!)
      .filter((word) => word !== "all");
    expect(new Set(answered)).toEqual(new Set(words));
  });

  it("judges a mission under other terms as it would judge it if they were saved, and the others as they are", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client, { enabled: false, tierEligibility: "tier_4" });
    const other = await aMission(db, client, { tierEligibility: "tier_3" });
    const seeded = await aCreator(db, client, { tier: "tier_1" });
    await aProgressRow(db, client, seeded, mission);
    for (const tier of ["tier_1", "tier_2", "tier_3", "?"]) await aCreator(db, client, { tier });
    await asOwner(db, async (owner) => {
      const supposed = await owner.query(sql`
        select * from mission_eligibility_if(${mission}::uuid, 'tier_2', true) where client_id = ${client}::uuid
        order by mission_id, user_id`);
      const asIs = await owner.query(sql`
        select * from mission_eligibility where client_id = ${client}::uuid and mission_id = ${other}::uuid order by user_id`);
      await owner.execute(sql`
        update missions set enabled = true, tier_eligibility = 'tier_2' where client_id = ${client}::uuid and id = ${mission}::uuid`);
      const saved = await owner.query(sql`
        select * from mission_eligibility where client_id = ${client}::uuid order by mission_id, user_id`);
      expect(supposed).toEqual(saved);
      expect(saved).toEqual(expect.arrayContaining(asIs));
    });
  });
});
