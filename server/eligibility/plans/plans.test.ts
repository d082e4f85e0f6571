import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { ClientId } from "../../base/ids.ts";
import { sql } from "../../db/db.ts";
import { withOwner } from "../../db/tx.ts";
import { aClient, aCreator, aMission, aReward, asOwner } from "../../testing/builders.ts";
import { callerAs } from "../../testing/caller.ts";
import { testDatabase } from "../../testing/database.ts";
import { othersWait } from "../../testing/waiting.ts";

const db = testDatabase();
const now = new Date("2026-11-22T17:00:00Z");
const viewer = (client: ClientId, at = now) => callerAs(db, "viewer", client, { now: at });

describe("a preview", () => {
  it("is kept as a plan that can be read back, for a day", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client, { tierEligibility: "tier_2", activated: false });
    await aCreator(db, client, { tier: "tier_2" });
    await aCreator(db, client, { tier: "tier_1" });
    const caller = await viewer(client);

    const preview = await caller.eligibility.preview({ clientId: client, missionId: mission });
    const plan = await caller.eligibility.plan({ clientId: client, planId: preview.planId! });

    expect(preview.planExpiresAt).toEqual(new Date("2026-11-23T17:00:00Z"));
    expect(plan).toMatchObject({
      id: preview.planId,
      computedAt: now,
      isExpired: false,
      supposesEnabled: false,
      seedId: null,
      counts: preview.counts,
      missions: [{ missionId: mission, counts: preview.counts, statusToBeWritten: "dormant" }],
    });
    const later = await viewer(client, new Date("2026-11-23T17:00:00Z"));
    expect(await later.eligibility.plan({ clientId: client, planId: plan.id })).toMatchObject({ isExpired: true });
  });

  it("of terms that are not saved so is no plan, except a draft supposed to be enabled", async () => {
    const client = await aClient(db);
    const on = await aMission(db, client, { tierEligibility: "tier_2" });
    const draft = await aMission(db, client, { enabled: false });
    const caller = await viewer(client);
    const planOf = async (missionId: string, whatIf: object | undefined) => {
      const { isWhatIf, planId } = await caller.eligibility.preview({ clientId: client, missionId, whatIf });
      return { isWhatIf, hasPlan: planId !== null };
    };
    expect(await planOf(on, undefined)).toEqual({ isWhatIf: false, hasPlan: true });
    expect(await planOf(on, { enabled: true, tierEligibility: "tier_2", targetValue: "1000.00" })).toEqual({
      isWhatIf: false,
      hasPlan: true,
    });
    expect(await planOf(on, { tierEligibility: "all" })).toEqual({ isWhatIf: true, hasPlan: false });
    expect(await planOf(on, { targetValue: "999" })).toEqual({ isWhatIf: true, hasPlan: false });
    expect(await planOf(on, { enabled: false })).toEqual({ isWhatIf: true, hasPlan: false });
    expect(await planOf(draft, { enabled: true })).toEqual({ isWhatIf: true, hasPlan: true });
    expect(await planOf(draft, undefined)).toEqual({ isWhatIf: false, hasPlan: true });
  });

  it.each(["preview", "previewMany"] as const)(
    "by %s sweeps old plans beside others that do the same",
    async (asked) => {
      const client = await aClient(db);
      const mission = await aMission(db, client);
      const caller = await viewer(client, new Date("2026-11-01T09:00:00Z"));
      await caller.eligibility.preview({ clientId: client, missionId: mission });
      const later = await viewer(client);
      const input = { clientId: client, ...(asked === "preview" ? { missionId: mission } : {}) };
      const once = () => later.eligibility[asked](input as { clientId: string; missionId: string });
      const previews = await withOwner(db, (other) =>
        withOwner(db, async (watcher) => {
          // Both have their snapshot and wait for the same old plan, which is gone when they may go on.
          await other.query("begin");
          await other.query("delete from seed_plans where client_id = $1", [client]);
          const both = Promise.all([once(), once()]);
          await othersWait(watcher, 2);
          await other.query("commit");
          return both;
        }),
      );
      expect(new Set(previews.map(({ planId }) => planId)).size).toBe(2);
    },
  );

  it("leaves no plan behind that expired a week ago", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client);
    const early = await (await viewer(client)).eligibility.preview({ clientId: client, missionId: mission });
    const later = await viewer(client, new Date("2026-12-01T17:00:00Z"));
    await later.eligibility.preview({ clientId: client, missionId: mission });
    const read = later.eligibility.plan({ clientId: client, planId: early.planId! });
    await expect(read).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("of a plan of nobody, or of another client, is not found", async () => {
    const client = await aClient(db);
    const other = await aClient(db);
    const theirs = await aMission(db, other);
    const { planId } = await (await viewer(other)).eligibility.preview({ clientId: other, missionId: theirs });
    const caller = await callerAs(db, "operator", client, { now });
    for (const id of [randomUUID(), planId!]) {
      for (const ask of [caller.eligibility.plan, caller.eligibility.drift, caller.seeding.applyPlan]) {
        await expect(ask({ clientId: client, planId: id })).rejects.toMatchObject({ code: "NOT_FOUND" });
      }
    }
  });
});

describe("a preview of several missions", () => {
  it("takes all that are enabled, sums them and adds up what they may cost", async () => {
    const client = await aClient(db, { currency: "BRL" });
    const ten = await aReward(db, client, { value: { amount: 10.1 } });
    const gift = await aReward(db, client, { type: "physical_gift", value: {} });
    const all = await aMission(db, client, { rewardId: ten });
    const high = await aMission(db, client, { tierEligibility: "tier_3", rewardId: gift, activated: false });
    await aMission(db, client, { enabled: false });
    await aCreator(db, client, { tier: "tier_3" });
    await aCreator(db, client, { tier: "tier_1" });
    const caller = await viewer(client);

    const preview = await caller.eligibility.previewMany({ clientId: client });

    expect(preview.missions.map(({ mission, counts }) => [mission.id, counts.willCreate])).toEqual(
      expect.arrayContaining([
        [all, 2],
        [high, 1],
      ]),
    );
    expect(preview.missions).toHaveLength(2);
    expect(preview.counts).toEqual({ willCreate: 3, alreadySeeded: 0, notEligible: 1, unknown: 0, total: 4 });
    expect(preview.rewardCeiling).toEqual({ amount: "20.2", currency: "BRL" });
    expect(preview.rowsWithoutMoneyValue).toBe(1);
    const plan = await caller.eligibility.plan({ clientId: client, planId: preview.planId! });
    expect(plan.counts).toEqual(preview.counts);
  });

  it("is no plan where no mission is enabled, and NOT_FOUND for a mission of nobody", async () => {
    const client = await aClient(db);
    await aMission(db, client, { enabled: false });
    const caller = await viewer(client);
    expect(await caller.eligibility.previewMany({ clientId: client })).toMatchObject({ planId: null, missions: [] });
    const strange = caller.eligibility.previewMany({ clientId: client, missionIds: [randomUUID()] });
    await expect(strange).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("the log of changes", () => {
  const logOf = (client: ClientId) =>
    asOwner(db, (owner) =>
      owner.query<{ subject: string; action: string }>(sql`
        select subject, action, before, after from eligibility_changes where client_id = ${client}::uuid order by id`),
    );

  it("names a creator's change of tier or window, made in plain SQL too, and nothing else of a creator", async () => {
    const client = await aClient(db, { tiers: [] });
    const user = await aCreator(db, client, { tier: "tier_1" });
    await asOwner(db, async (owner) => {
      const change = (column: string) =>
        owner.execute(sql`
        update users set total_units = 5, current_tier = ${column} where client_id = ${client}::uuid and id = ${user}::uuid`);
      await change("tier_1");
      await change("tier_2");
    });
    expect(await logOf(client)).toMatchObject([
      { subject: "creator", action: "insert" },
      { subject: "creator", action: "update", before: { tier: "tier_1" }, after: { tier: "tier_2" } },
    ]);
  });

  it("cannot be written or changed by the request role", async () => {
    const client = await aClient(db);
    const caller = await callerAs(db, "owner", client);
    expect(await caller.missions.list({ clientId: client })).toBeDefined();
    await expect(
      db.app.query(
        `insert into eligibility_changes (client_id, subject, action, user_id) values ('${client}', 'creator', 'insert', '${client}')`,
      ),
    ).rejects.toMatchObject({ code: "42501" });
    await expect(db.app.query("delete from eligibility_changes")).rejects.toMatchObject({ code: "42501" });
  });
});
