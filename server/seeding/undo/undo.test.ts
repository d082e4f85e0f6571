/** Taking back one seeding: what goes, what stays, who may, and what is remembered. */
import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { ClientId, MissionId } from "../../base/ids.ts";
import { sql } from "../../db/db.ts";
import { inClient } from "../../db/tx.ts";
import { aClient, aCreator, aMission, aProgressRow, asOwner } from "../../testing/builders.ts";
import { callerAs } from "../../testing/caller.ts";
import { testDatabase } from "../../testing/database.ts";
import { aSeeding, completeRows, rowsOf } from "../../testing/seedings.ts";

const db = testDatabase();
const now = new Date("2026-11-22T17:00:00Z");
const owner = (client: ClientId) => callerAs(db, "owner", client, { now });

function auditOf(client: ClientId) {
  return asOwner(db, (tx) =>
    tx.query<{ action: string; counts: Record<string, number> | null }>(sql`
      select action, counts, before, after, subject_name as name from audit_log
      where client_id = ${client}::uuid and action <> 'missions.seeded' order by at`),
  );
}

describe("seeding.undo", () => {
  it("removes what is neither completed nor redeemed, keeps the rest, and answers what its dry run said", async () => {
    const { client, mission, caller, seedId, kept } = await aSeeding(db, now);
    const preview = await caller.seeding.undo({ clientId: client, seedId, dryRun: true });
    const result = await caller.seeding.undo({ clientId: client, seedId });

    const { name } = await caller.missions.get({ clientId: client, missionId: mission });
    expect(preview).toEqual({
      kind: "preview",
      removed: 2,
      kept: 3,
      keptByReason: { completed: 2, has_redemption: 1 },
      perMission: [{ missionId: mission, name, removed: 2, kept: 3, staying: 1 }],
      missionsStillEnabled: [{ id: mission, name }],
      disabled: [],
      undone: null,
    });
    const undone = { at: now, byName: expect.stringMatching(/^Admin/) as string, removed: 2, kept: 3 };
    expect(result).toEqual({ ...preview, kind: "undone", undone });
    expect((await rowsOf(db, client)).map(({ user }) => user)).toEqual(kept.toSorted());
    expect(await auditOf(client)).toEqual([
      { action: "seeding.undone", name, counts: { removed: 2, kept: 3 }, before: null, after: null },
    ]);
    const { rows } = await caller.seeding.list({ clientId: client });
    expect(rows).toMatchObject([{ id: seedId, created: 5, undone }]);
    expect(await caller.seeding.get({ clientId: client, seedId })).toEqual(rows[0]);
  });

  it("writes nothing as a dry run, not even what it would switch off", async () => {
    const { client, mission, caller, seedId } = await aSeeding(db, now);
    const before = await rowsOf(db, client);
    const preview = await caller.seeding.undo({
      clientId: client,
      seedId,
      dryRun: true,
      disableMissions: [mission],
    });
    expect(preview).toMatchObject({ kind: "preview", disabled: [{ id: mission }], missionsStillEnabled: [] });
    expect(await rowsOf(db, client)).toEqual(before);
    expect(await auditOf(client)).toEqual([]);
    expect((await caller.missions.get({ clientId: client, missionId: mission })).enabled).toBe(true);
    expect((await caller.seeding.list({ clientId: client })).rows).toMatchObject([{ undone: null }]);
  });

  it("a second time is a success that says so, removes nothing and leaves no trace", async () => {
    const { client, mission, caller, seedId } = await aSeeding(db, now);
    const first = await caller.seeding.undo({ clientId: client, seedId });
    const later = await callerAs(db, "owner", client, { now: new Date("2026-12-01T00:00:00Z") });
    const again = await later.seeding.undo({ clientId: client, seedId, disableMissions: [mission] });
    expect(again).toMatchObject({
      kind: "already_undone",
      removed: 0,
      kept: 3,
      disabled: [],
      missionsStillEnabled: [],
      undone: first.undone,
    });
    expect(await later.seeding.undo({ clientId: client, seedId, dryRun: true })).toEqual(again);
    expect(await auditOf(client)).toHaveLength(1);
    expect((await caller.missions.get({ clientId: client, missionId: mission })).enabled).toBe(true);
  });

  it("with nothing to remove writes nothing", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client);
    const creator = await aCreator(db, client);
    const caller = await owner(client);
    const { seedId } = await caller.seeding.run({ clientId: client, missionIds: [mission] });
    await completeRows(db, client, creator);
    const asked = { clientId: client, seedId: seedId!, disableMissions: [mission] };
    expect(await caller.seeding.undo(asked)).toMatchObject({
      kind: "nothing_to_remove",
      removed: 0,
      kept: 1,
      disabled: [],
      undone: null,
    });
    expect(await auditOf(client)).toEqual([]);
  });

  it("leaves rows of other seedings and rows that no seeding made", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client);
    const byHand = await aCreator(db, client);
    await aProgressRow(db, client, byHand, mission);
    const caller = await owner(client);
    const earlier = await aCreator(db, client);
    await caller.seeding.run({ clientId: client });
    await aCreator(db, client);
    const { seedId } = await caller.seeding.run({ clientId: client });
    const result = await caller.seeding.undo({ clientId: client, seedId: seedId! });
    expect(result).toMatchObject({ removed: 1, perMission: [{ removed: 1, kept: 0, staying: 2 }] });
    expect((await rowsOf(db, client)).map(({ user }) => user)).toEqual([byHand, earlier].toSorted());
  });

  it("takes back seedings of an activation, of the sync and of SQL alike", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client, { activated: false });
    await aCreator(db, client);
    const caller = await owner(client);
    const activated = await caller.missions.activate({ clientId: client, missionId: mission });
    await aCreator(db, client);
    await asOwner(db, (tx) => tx.query(sql`select create_mission_progress_for_eligible_users(${client}::uuid) as n`));
    const { rows } = await caller.seeding.list({ clientId: client });
    expect(rows).toMatchObject([
      { source: "sql", missions: null, perMission: [{ missionId: mission, created: 1 }] },
      { source: "activation", perMission: [{ missionId: mission, created: 1 }] },
    ]);
    expect(activated).toMatchObject({ kind: "activated", seedId: rows[1]?.id });
    for (const { id } of rows) {
      expect(await caller.seeding.undo({ clientId: client, seedId: id })).toMatchObject({ kind: "undone", removed: 1 });
    }
    expect(await rowsOf(db, client)).toEqual([]);
    const names = (await auditOf(client)).filter(({ action }) => action === "seeding.undone");
    const { name } = await caller.missions.get({ clientId: client, missionId: mission });
    expect(names).toMatchObject([{ name: "all missions" }, { name }]);
  });

  it("is for owners, and finds no seeding of nobody", async () => {
    const { client, seedId } = await aSeeding(db, now);
    for (const role of ["viewer", "operator"] as const) {
      const caller = await callerAs(db, role, client);
      await expect(caller.seeding.undo({ clientId: client, seedId, dryRun: true })).rejects.toMatchObject({
        code: "FORBIDDEN",
        message: `This needs the role owner; yours is ${role}.`,
      });
    }
    const other = await aSeeding(db, now);
    for (const id of [randomUUID(), other.seedId]) {
      await expect((await owner(client)).seeding.undo({ clientId: client, seedId: id })).rejects.toMatchObject({
        code: "NOT_FOUND",
        message: "This seeding was not found.",
      });
    }
    expect(await rowsOf(db, other.client)).toHaveLength(5);
  });
});

describe("switching missions off with an undo", () => {
  /** Two missions seeded at once: `empty` loses no row, because its only one is completed. */
  async function twoMissions() {
    const client = await aClient(db);
    const mission = await aMission(db, client);
    const empty = await aMission(db, client, { tierEligibility: "tier_2" });
    await aCreator(db, client);
    const done = await aCreator(db, client, { tier: "tier_2" });
    const caller = await owner(client);
    const { seedId } = await caller.seeding.run({ clientId: client });
    await completeRows(db, client, done);
    return { client, mission, empty, caller, seedId: seedId! };
  }
  const stateOf = async (caller: Awaited<ReturnType<typeof owner>>, client: ClientId, mission: MissionId) => {
    const { enabled, activated } = await caller.missions.get({ clientId: client, missionId: mission });
    return { enabled, activated };
  };

  it("keeps the next seeding from creating the rows again, and is audited like any other switch", async () => {
    const { client, mission, caller, seedId } = await twoMissions();
    const result = await caller.seeding.undo({ clientId: client, seedId, disableMissions: [mission.toUpperCase()] });
    expect(result).toMatchObject({ kind: "undone", removed: 1, disabled: [{ id: mission }], missionsStillEnabled: [] });
    expect(await stateOf(caller, client, mission)).toEqual({ enabled: false, activated: false });
    expect(await auditOf(client)).toMatchObject([
      { action: "seeding.undone" },
      {
        action: "mission.deactivated",
        before: { enabled: true, activated: true },
        after: { enabled: false, activated: false },
      },
    ]);
    expect((await caller.seeding.run({ clientId: client })).created).toBe(0);
  });

  it("leaves missions on that lose no row, and says which missions are still enabled", async () => {
    const { client, mission, empty, caller, seedId } = await twoMissions();
    const result = await caller.seeding.undo({ clientId: client, seedId, disableMissions: [empty] });
    expect(result).toMatchObject({ disabled: [], missionsStillEnabled: [{ id: mission }] });
    expect(await stateOf(caller, client, empty)).toEqual({ enabled: true, activated: true });
    expect((await caller.seeding.run({ clientId: client })).created).toBe(1);
  });

  it("refuses a mission that is none of the seeding's, and removes nothing", async () => {
    const { client, caller, seedId } = await twoMissions();
    const strange = await aMission(db, client, { tierEligibility: "tier_4" });
    const theirs = await aMission(db, await aClient(db));
    for (const id of [strange, theirs]) {
      await expect(caller.seeding.undo({ clientId: client, seedId, disableMissions: [id] })).rejects.toMatchObject({
        code: "BAD_REQUEST",
        message: expect.stringContaining(id) as string,
      });
    }
    expect(await rowsOf(db, client)).toHaveLength(3);
  });
});

describe("the database", () => {
  it("lets a seeding be undone once and never brings it back, and keeps what it created", async () => {
    const { client, caller, seedId } = await aSeeding(db, now);
    const update = (change: ReturnType<typeof sql>) =>
      asOwner(db, (tx) => tx.execute(sql`update seeds set ${change} where client_id = ${client}::uuid`));
    await expect(update(sql`undone_at = now()`)).rejects.toThrow(/seeds_undone_as_a_whole/);
    await expect(update(sql`undone_at = now(), undone_by_name = 'me', removed = 3, kept = 3`)).rejects.toThrow(
      /seeds_undone_adds_up/,
    );
    await caller.seeding.undo({ clientId: client, seedId });
    await expect(update(sql`removed = 1`)).rejects.toThrow(/undone once/);
    await expect(
      update(sql`undone_at = null, undone_by_name = null, undone_by_id = null, removed = null, kept = null`),
    ).rejects.toThrow(/undone once/);
    await expect(
      asOwner(db, (tx) => tx.execute(sql`delete from seed_missions where client_id = ${client}::uuid`)),
    ).rejects.toThrow(/never changes/);
    await expect(
      inClient(db, client, (tx) => tx.execute(sql`update seeds set created = 9 where client_id = ${client}::uuid`)),
    ).rejects.toThrow(/permission denied/);
  });
});
