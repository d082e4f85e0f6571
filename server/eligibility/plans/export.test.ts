/** All that differs between a plan and now leaves as a file, also beyond the 200 creators whom the page names. */
import { describe, expect, it } from "vitest";
import { sql } from "../../db/db.ts";
import { aClient, aCreator, aMission, asOwner } from "../../testing/builders.ts";
import { callerAs } from "../../testing/caller.ts";
import { testDatabase } from "../../testing/database.ts";
import { exported } from "../../testing/exports.ts";

const db = testDatabase();
const now = new Date("2026-11-22T17:00:00Z");
const window = {
  tierAchievedAt: new Date("2026-08-14T04:00:00Z"),
  nextCheckpointAt: new Date("2026-12-14T05:00:00Z"),
};

describe("the download of what differs from a plan", () => {
  it("has all creators of a kind, in the order of the page", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client, { tierEligibility: "tier_2" });
    const caller = await callerAs(db, "viewer", client, { now });
    const { planId } = await caller.eligibility.preview({ clientId: client, missionId: mission });
    await asOwner(db, (owner) =>
      owner.execute(sql`
        insert into users (client_id, tiktok_handle, current_tier)
        select ${client}::uuid, 'many_' || lpad(n::text, 4, '0'), 'tier_2' from generate_series(1, 250) n`),
    );
    const { kinds } = await caller.eligibility.drift({ clientId: client, planId: planId! });
    const { fileName, rows } = await exported(db, client, "plan-drift", { planId, kind: "newly_eligible", now });
    expect(rows).toHaveLength(kinds.newly_eligible.total);
    const named = kinds.newly_eligible.rows.map(({ handle }) => handle);
    expect(rows.slice(0, 200).map(({ Creator }) => Creator)).toEqual(named);
    expect(rows[249]).toMatchObject({ Creator: "many_0250", "Tier, when planned": "", "Tier, now": "Silver" });
    expect(fileName).toMatch(/-mission-\d+-since-the-plan-would-get-it-now-2026-11-22\.csv$/);
  });

  it("says how each stood when the plan was made and stands now", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client, { tierEligibility: "tier_2" });
    const user = await aCreator(db, client, { handle: "anna", tier: "tier_2", ...window });
    const gone = await aCreator(db, client, { handle: "gone", tier: "tier_2" });
    const caller = await callerAs(db, "viewer", client, { now });
    const { planId } = await caller.eligibility.preview({ clientId: client, missionId: mission });
    await asOwner(db, async (owner) => {
      await owner.execute(sql`
        update users set current_tier = 'tier_1', next_checkpoint_at = null where client_id = ${client}::uuid and id = ${user}::uuid`);
      await owner.execute(sql`delete from users where client_id = ${client}::uuid and id = ${gone}::uuid`);
    });
    const { rows } = await exported(db, client, "plan-drift", { planId, kind: "no_longer_eligible" });
    expect(rows.map((row) => Object.values(row).slice(2))).toEqual([
      ["Silver", "Bronze", "2026-08-14", "2026-12-14", "2026-08-14", ""],
      ["Silver", "", "", "", "", ""],
    ]);
    const strange = exported(db, await aClient(db), "plan-drift", { planId, kind: "window_changed" });
    await expect(strange).rejects.toMatchObject({ code: "not_found" });
  });
});
