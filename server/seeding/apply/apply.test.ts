import { describe, expect, it } from "vitest";
import type { ClientId, MissionId, UserId } from "../../base/ids.ts";
import { type Sql, sql } from "../../db/db.ts";
import type { DriftDto, DriftKind } from "../../eligibility/plans/schema.ts";
import { aClient, aCreator, aMission, aProgressRow, asOwner } from "../../testing/builders.ts";
import { callerAs } from "../../testing/caller.ts";
import { testDatabase } from "../../testing/database.ts";
import type { SeedApplied } from "../schema.ts";

const db = testDatabase();
const now = new Date("2026-11-22T17:00:00Z");
const operator = (client: ClientId, at = now) => callerAs(db, "operator", client, { now: at });
type Caller = Awaited<ReturnType<typeof operator>>;

const write = (statement: Sql) => asOwner(db, (owner) => owner.execute(statement));

/** A mission for Silver and above, with one creator who qualifies, and its plan. */
async function planned(options: { activated?: boolean } = {}) {
  const client = await aClient(db);
  const mission = await aMission(db, client, { tierEligibility: "tier_2", ...options });
  const anna = await aCreator(db, client, { handle: "anna", tier: "tier_2" });
  const bert = await aCreator(db, client, { handle: "bert", tier: "tier_1" });
  const caller = await operator(client);
  return { client, mission, anna, bert, caller, planId: await planIdOf(caller, client, mission) };
}

async function planIdOf(caller: Caller, client: ClientId, mission: MissionId): Promise<string> {
  return (await caller.eligibility.preview({ clientId: client, missionId: mission })).planId!;
}

const setTier = (client: ClientId, user: UserId, tier: string) =>
  write(sql`update users set current_tier = ${tier} where client_id = ${client}::uuid and id = ${user}::uuid`);

/** Kind and handles of everything that differs. */
function namesIn(drift: DriftDto): Partial<Record<DriftKind, string[]>> {
  const kinds = Object.entries(drift.kinds).filter(([, { total }]) => total > 0);
  return Object.fromEntries(kinds.map(([kind, { rows }]) => [kind, rows.map(({ handle }) => handle)]));
}

function staleNames(result: SeedApplied): Partial<Record<DriftKind, string[]>> {
  if (result.kind !== "stale") throw new Error(`expected stale, got ${result.kind}`);
  return namesIn(result.drift);
}

async function rowsOf(client: ClientId): Promise<string[]> {
  const rows = await asOwner(db, (owner) =>
    owner.query<{ handle: string }>(sql`
      select u.tiktok_handle as handle from mission_progress p join users u on u.client_id = p.client_id and u.id = p.user_id
      where p.client_id = ${client}::uuid order by 1`),
  );
  return rows.map(({ handle }) => handle);
}

describe("seeding.applyPlan", () => {
  it("creates exactly the plan, once, and marks the seeding with it", async () => {
    const { client, planId, caller } = await planned();
    const first = await caller.seeding.applyPlan({ clientId: client, planId });
    const again = await caller.seeding.applyPlan({ clientId: client, planId });
    expect(first).toMatchObject({ kind: "seeded", planned: 1, created: 1, alreadySeeded: 0, notEligible: 1 });
    expect(again).toMatchObject({ kind: "seeded", planned: 1, created: 0, alreadySeeded: 1 });
    expect(await rowsOf(client)).toEqual(["anna"]);
    const plan = await caller.eligibility.plan({ clientId: client, planId });
    expect({ ...first }).toMatchObject({ seedId: plan.seedId });
    const audit = await asOwner(db, (owner) =>
      owner.query(sql`select counts from audit_log where client_id = ${client}::uuid and action = 'missions.seeded'`),
    );
    expect(audit).toHaveLength(1);
  });

  it("clicked twice at once creates the rows once", async () => {
    const { client, planId, caller } = await planned();
    const results = await Promise.all(
      Array.from({ length: 4 }, () => caller.seeding.applyPlan({ clientId: client, planId })),
    );
    expect(results.map(({ kind }) => kind)).toEqual(["seeded", "seeded", "seeded", "seeded"]);
    expect(results.reduce((sum, result) => sum + (result.kind === "seeded" ? result.created : 0), 0)).toBe(1);
  });

  it("refuses a plan after a day, and writes nothing", async () => {
    const { client, planId } = await planned();
    const caller = await operator(client, new Date("2026-11-23T17:00:00Z"));
    const expiredAt = new Date("2026-11-23T17:00:00Z");
    expect(await caller.seeding.applyPlan({ clientId: client, planId })).toEqual({ kind: "expired", expiredAt });
    expect(await rowsOf(client)).toEqual([]);
  });

  it("refuses the plan of an activation while the mission is off, and runs it once it is on", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client, { enabled: false });
    await aCreator(db, client);
    const caller = await operator(client);
    const input = { clientId: client, missionId: mission, whatIf: { enabled: true } };
    const { planId } = await caller.eligibility.preview(input);
    const asked = { clientId: client, planId: planId! };
    await expect(caller.seeding.applyPlan(asked)).rejects.toMatchObject({ code: "CONFLICT" });
    await write(sql`update missions set enabled = true where client_id = ${client}::uuid`);
    expect(await caller.seeding.applyPlan(asked)).toMatchObject({ kind: "seeded", created: 1 });
  });
});

describe("a plan that the world left behind names", () => {
  it("who came and who went, also where the counts are the same", async () => {
    const { client, planId, caller, anna, bert } = await planned();
    await setTier(client, anna, "tier_1");
    await setTier(client, bert, "tier_3");
    const result = await caller.seeding.applyPlan({ clientId: client, planId });
    expect(staleNames(result)).toEqual({ newly_eligible: ["bert"], no_longer_eligible: ["anna"] });
    expect(await rowsOf(client)).toEqual([]);
    const drift = await caller.eligibility.drift({ clientId: client, planId });
    expect(drift.kinds.newly_eligible.rows[0]).toMatchObject({
      userId: bert,
      before: { tierId: "tier_1", tierName: "Bronze" },
      after: { tierId: "tier_3", tierName: "Gold" },
    });
  });

  it("a creator who is new since, and one whose window moved", async () => {
    const { client, planId, caller, anna } = await planned();
    await aCreator(db, client, { handle: "carl", tier: "tier_4" });
    await write(sql`
      update users set next_checkpoint_at = '2027-01-01' where client_id = ${client}::uuid and id = ${anna}::uuid`);
    const result = await caller.seeding.applyPlan({ clientId: client, planId });
    expect(staleNames(result)).toEqual({ newly_eligible: ["carl"], window_changed: ["anna"] });
  });

  it("whom another seeding gave the row meanwhile, by procedure or by hand", async () => {
    const { client, mission, planId, caller } = await planned();
    const dora = await aCreator(db, client, { handle: "dora", tier: "tier_2" });
    const both = await planIdOf(caller, client, mission);
    await aProgressRow(db, client, dora, mission);
    expect(staleNames(await caller.seeding.applyPlan({ clientId: client, planId: both }))).toEqual({
      seeded_meanwhile: ["dora"],
    });
    await caller.seeding.run({ clientId: client });
    expect(staleNames(await caller.seeding.applyPlan({ clientId: client, planId: both }))).toEqual({
      seeded_meanwhile: ["anna", "dora"],
    });
    expect(staleNames(await caller.seeding.applyPlan({ clientId: client, planId }))).toEqual({
      seeded_meanwhile: ["anna"],
    });
  });

  it("whose row was taken away meanwhile", async () => {
    const { client, mission, caller, bert } = await planned();
    await aProgressRow(db, client, bert, mission);
    const later = await planIdOf(caller, client, mission);
    await setTier(client, bert, "tier_2");
    await write(sql`delete from mission_progress where client_id = ${client}::uuid`);
    const result = await caller.seeding.applyPlan({ clientId: client, planId: later });
    expect(staleNames(result)).toEqual({ newly_eligible: ["bert"] });
  });

  it("nobody, when what changed was changed back, or concerns nobody", async () => {
    const { client, planId, caller, anna, bert } = await planned();
    await setTier(client, anna, "tier_1");
    await setTier(client, anna, "tier_2");
    await setTier(client, bert, "nonsense");
    await aCreator(db, client, { tier: "tier_1" });
    expect(await caller.seeding.applyPlan({ clientId: client, planId })).toMatchObject({ kind: "seeded", created: 1 });
  });

  it("those whom a changed mission or ladder lets in or shuts out, and the terms themselves", async () => {
    const { client, mission, planId, caller } = await planned();
    await write(sql`update missions set tier_eligibility = 'all' where client_id = ${client}::uuid`);
    const lowered = await caller.seeding.applyPlan({ clientId: client, planId });
    expect(staleNames(lowered)).toEqual({ newly_eligible: ["bert"] });
    expect(lowered).toMatchObject({
      drift: { terms: [{ missionId: mission, field: "tierEligibility", before: "tier_2", after: "all" }] },
    });
    await write(
      sql`update missions set tier_eligibility = 'tier_2', enabled = false where client_id = ${client}::uuid`,
    );
    expect(staleNames(await caller.seeding.applyPlan({ clientId: client, planId }))).toEqual({
      no_longer_eligible: ["anna"],
    });
    await write(sql`update missions set enabled = true where client_id = ${client}::uuid`);
    await write(sql`update tiers set tier_order = 17 where client_id = ${client}::uuid and tier_id = 'tier_1'`);
    const reordered = await caller.seeding.applyPlan({ clientId: client, planId });
    expect(staleNames(reordered)).toEqual({ newly_eligible: ["bert"] });
    expect(reordered).toMatchObject({ drift: { isLadderChanged: true } });
  });

  it("a mission that was activated meanwhile: its rows would be written with another status", async () => {
    const { client, planId, caller } = await planned({ activated: false });
    await write(sql`update missions set activated = true where client_id = ${client}::uuid`);
    const result = await caller.seeding.applyPlan({ clientId: client, planId });
    expect(staleNames(result)).toEqual({});
    expect(result).toMatchObject({ drift: { terms: [{ field: "activated", before: "false", after: "true" }] } });
  });

  it("a change that began before the plan and committed after it", async () => {
    const { client, mission, caller, bert } = await planned();
    const late = await db.owner.connect();
    await late.query("begin");
    await late.query("update users set current_tier = 'tier_2' where client_id = $1 and id = $2", [client, bert]);
    const planId = await planIdOf(caller, client, mission);
    // Others begin and commit in between, so that neither number nor time of the change tells.
    await aCreator(db, client, { handle: "zoe", tier: "tier_1" });
    await late.query("commit");
    late.release();
    const result = await caller.seeding.applyPlan({ clientId: client, planId });
    expect(staleNames(result)).toEqual({ newly_eligible: ["bert"] });
  });

  it("up to 200 creators per kind, and counts all of them", async () => {
    const { client, planId, caller } = await planned();
    await write(sql`
      insert into users (client_id, tiktok_handle, current_tier)
      select ${client}::uuid, 'many_' || lpad(n::text, 4, '0'), 'tier_2' from generate_series(1, 250) n`);
    const result = await caller.seeding.applyPlan({ clientId: client, planId });
    const { total, rows } = (result as Extract<SeedApplied, { kind: "stale" }>).drift.kinds.newly_eligible;
    expect({ total, named: rows.length, first: rows[0]!.handle, last: rows.at(-1)!.handle }).toEqual({
      total: 250,
      named: 200,
      first: "many_0001",
      last: "many_0200",
    });
  });
});

describe("missions.activate with a plan", () => {
  async function draft() {
    const client = await aClient(db);
    const mission = await aMission(db, client, { enabled: false, activated: false, tierEligibility: "tier_2" });
    const anna = await aCreator(db, client, { handle: "anna", tier: "tier_2" });
    const caller = await callerAs(db, "owner", client, { now });
    const preview = await caller.eligibility.preview({
      clientId: client,
      missionId: mission,
      whatIf: { enabled: true },
    });
    return { client, mission, anna, caller, planId: preview.planId! };
  }

  it("activates and creates exactly the plan", async () => {
    const { client, mission, caller, planId } = await draft();
    const result = await caller.missions.activate({ clientId: client, missionId: mission, planId });
    expect(result).toMatchObject({ kind: "activated", created: 1, enabled: true });
    expect(await caller.eligibility.plan({ clientId: client, planId })).toMatchObject({
      seedId: (result as { seedId: string }).seedId,
    });
  });

  it("refuses a stale one by name and leaves the mission as it was", async () => {
    const { client, mission, anna, caller, planId } = await draft();
    await setTier(client, anna, "tier_1");
    const result = await caller.missions.activate({ clientId: client, missionId: mission, planId });
    expect(staleNames(result as SeedApplied)).toEqual({ no_longer_eligible: ["anna"] });
    expect(await caller.missions.get({ clientId: client, missionId: mission })).toMatchObject({ state: "draft" });
  });

  it("refuses the plan of another mission, and a plan without seeding", async () => {
    const { client, caller, planId } = await draft();
    const other = await aMission(db, client, { activated: false });
    for (const input of [{ planId }, { planId, seed: false }]) {
      const wrong = caller.missions.activate({ clientId: client, missionId: other, ...input });
      await expect(wrong).rejects.toMatchObject({ code: "BAD_REQUEST" });
    }
  });

  it("refuses the plan of a draft that was counted as it is, switched off: it promised no row", async () => {
    const { client, mission, caller } = await draft();
    const { planId } = await caller.eligibility.preview({ clientId: client, missionId: mission });
    const asked = caller.missions.activate({ clientId: client, missionId: mission, planId: planId! });
    await expect(asked).rejects.toMatchObject({ code: "BAD_REQUEST" });
    expect(await caller.missions.get({ clientId: client, missionId: mission })).toMatchObject({ state: "draft" });
  });
});
