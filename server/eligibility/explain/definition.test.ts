/** A gate cannot come into the definition in the database without coming into the explanation. */
import { describe, expect, it } from "vitest";
import { sql } from "../../db/db.ts";
import { asOwner } from "../../testing/builders.ts";
import { testDatabase } from "../../testing/database.ts";
import type { Bucket, Reason } from "../schema.ts";
import { decidingGate, gatesOf, type Rung, verdictOf } from "./rules.ts";
import { gateKeys } from "./schema.ts";

const db = testDatabase();

function functionOf(name: string) {
  return asOwner(db, async (owner) => {
    const [row] = await owner.query<{ source: string; takes: string }>(sql`
      select prosrc as source, pg_get_function_identity_arguments(oid) as takes from pg_proc where proname = ${name}`);
    return row!;
  });
}

const wordsOf = (source: string) =>
  new Set([...source.matchAll(/'([a-z_]+)'/g)].map(([, word]) => word!).filter((word) => word !== "all"));

describe("the explanation", () => {
  it("has a gate for every reason that the definition gives, in the order in which it asks", async () => {
    const { source } = await functionOf("eligibility_reason");
    expect([...wordsOf(source)].map((reason) => decidingGate[reason as Reason])).toEqual(
      gateKeys.filter((key) => key !== "row"),
    );
    expect(wordsOf(source)).toEqual(new Set(Object.keys(decidingGate)));
  });

  it("looks at all that the definition looks at", async () => {
    expect((await functionOf("eligibility_reason")).takes).toBe(
      "p_enabled boolean, p_tier_eligibility text, p_mission_order integer, p_creator_order integer",
    );
    expect((await functionOf("eligibility_bucket")).takes).toBe("p_is_seeded boolean, p_reason text");
  });

  it("agrees with the definition for every combination of what it looks at", async () => {
    const rungs: Rung[] = [1, 2].map((order) => ({ tierId: `tier_${order}`, tierOrder: order, tierName: `T${order}` }));
    const rows = await asOwner(db, (owner) =>
      owner.query<{
        isSeeded: boolean;
        isEnabled: boolean;
        tierEligibility: string;
        missionTierOrder: number | null;
        creatorTierOrder: number | null;
        isEligible: boolean;
        bucket: Bucket;
        reason: Reason | null;
      }>(sql`
        select "isSeeded", "isEnabled", "tierEligibility", "missionTierOrder", "creatorTierOrder",
          is_eligible("isEnabled", "tierEligibility", "missionTierOrder", "creatorTierOrder") as "isEligible",
          eligibility_bucket("isSeeded", r.reason) as bucket, case when not "isSeeded" then r.reason end as reason
        from (values (true), (false)) as a ("isSeeded")
        cross join (values (true), (false)) as b ("isEnabled")
        cross join (values ('all'), ('tier_2')) as c ("tierEligibility")
        cross join (values (null), (0), (1), (2)) as d ("missionTierOrder")
        cross join (values (null), (0), (1), (2)) as e ("creatorTierOrder")
        cross join lateral eligibility_reason("isEnabled", "tierEligibility", "missionTierOrder", "creatorTierOrder") as r (reason)`),
    );
    expect(rows).toHaveLength(128);
    const words = { missionName: "M", handle: "h", creatorTier: "tier_1", statusIfSeeded: "active" } as const;
    for (const row of rows) {
      const gates = gatesOf({ ...row, ...words, seededOn: null, isWhatIf: false }, rungs);
      const [first] = gates;
      expect(gates.every(({ state }) => state === "pass")).toBe(row.isEligible);
      expect(first!.key).toBe(row.reason === null ? "row" : decidingGate[row.reason]);
      const states = { yes: "pass", no: "fail", cannot_tell: "unknown" };
      expect(first!.state).toBe(states[verdictOf(row.bucket)]);
    }
  });
});
