/** How many creators stand behind the pairs of unknown tiers: read from the kept counts where those tell, the same as counted one by one. */
import fc from "fast-check";
import { expect, it } from "vitest";
import type { MissionId } from "../base/ids.ts";
import { sql } from "../db/db.ts";
import { inClient } from "../db/tx.ts";
import { aClient, aCreator, aMission, aProgressRow, asOwner } from "../testing/builders.ts";
import { testDatabase } from "../testing/database.ts";
import { countPairs } from "./sql.ts";

const db = testDatabase();

it("creators of unknown tiers are counted once each, whichever rows they have", async () => {
  const tiers = ["tier_1", "tier_gone", "tier_old"];
  const creator = fc.record({ tier: fc.constantFrom(...tiers), rows: fc.subarray([0, 1, 2]) });
  const shape = fc.record({ creators: fc.array(creator, { maxLength: 5 }), chosen: fc.subarray([0, 1, 2]) });
  await fc.assert(
    fc.asyncProperty(shape, async ({ creators, chosen }) => {
      const client = await aClient(db, { tiers: [0, 1000] });
      const missions: MissionId[] = [];
      for (const tierEligibility of ["tier_1", "tier_2", "all"]) {
        missions.push(await aMission(db, client, { tierEligibility, rewardId: null }));
      }
      for (const { tier, rows } of creators) {
        const id = await aCreator(db, client, { tier });
        for (const row of rows) await aProgressRow(db, client, id, missions[row]!);
      }
      const asked = chosen.length === 0 ? null : chosen.map((index) => missions[index]!);
      const [counted] = await asOwner(db, (owner) =>
        owner.query<{ creators: number }>(sql`
          select count(distinct e.user_id)::int as creators from mission_eligibility e
          where e.client_id = ${client}::uuid and e.reason_code = 'creator_tier_unknown'
            and (${asked}::uuid[] is null or e.mission_id = any (${asked}::uuid[]))`),
      );
      const { unknownCreators } = await inClient(db, client, (tx) => countPairs(tx, client, asked));
      expect(unknownCreators).toBe(counted!.creators);
    }),
    { numRuns: 25 },
  );
});
