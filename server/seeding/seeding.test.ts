import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { ClientId, RunId } from "../base/ids.ts";
import { clientSettings } from "../access/settings.ts";
import { sql } from "../db/db.ts";
import { inClient } from "../db/tx.ts";
import { aClient, aCreator, aMission, aProgressRow, asOwner } from "../testing/builders.ts";
import { createCaller } from "../router.ts";
import { anAdmin, callerAs, contextFor } from "../testing/caller.ts";
import { testDatabase } from "../testing/database.ts";
import { seedStep } from "./service.ts";

const db = testDatabase();

interface Row {
  user: string;
  mission: string;
  status: string;
  value: string;
  start: Date | null;
  end: Date | null;
  seed: string | null;
}

/** The progress rows of a client, as the owner sees them. */
function rowsOf(client: ClientId): Promise<Row[]> {
  return asOwner(db, (owner) =>
    owner.query<Row>(sql`
      select user_id as user, mission_id as mission, status, current_value::text as value, checkpoint_start as start,
        checkpoint_end as end, seed_id as seed
      from mission_progress where client_id = ${client}::uuid order by user_id, mission_id, cycle`),
  );
}

function auditOf(client: ClientId) {
  return asOwner(db, (owner) =>
    owner.query<{ action: string; name: string; counts: Record<string, number> }>(sql`
      select action, subject_name as name, counts from audit_log where client_id = ${client}::uuid order by at`),
  );
}

describe("seeding.run", () => {
  it("says what it did, marks the rows with the seed, and writes seed and audit entry", async () => {
    const client = await aClient(db);
    const silver = await aMission(db, client, { tierEligibility: "tier_2" });
    await aMission(db, client);
    const old = await aCreator(db, client, { tier: "tier_2" });
    await aProgressRow(db, client, old, silver);
    await aCreator(db, client, { tier: "tier_3" });
    await aCreator(db, client, { tier: "tier_1" });
    await aCreator(db, client, { tier: "?" });
    const caller = await callerAs(db, "operator", client);

    const result = await caller.seeding.run({ clientId: client, missionIds: [silver] });

    expect(result).toEqual({
      seedId: expect.any(String) as string,
      created: 1,
      alreadySeeded: 1,
      notEligible: 1,
      unknown: 1,
    });
    expect((await rowsOf(client)).map(({ mission, seed }) => ({ mission, seed }))).toEqual(
      expect.arrayContaining([
        { mission: silver, seed: result.seedId },
        { mission: silver, seed: null },
      ]),
    );
    const { rows } = await caller.seeding.list({ clientId: client });
    const mission = await caller.missions.get({ clientId: client, missionId: silver });
    expect(rows).toMatchObject([
      {
        id: result.seedId,
        source: "console",
        missions: [{ id: silver, name: mission.name }],
        created: 1,
        alreadySeeded: 1,
        notEligible: 1,
        unknown: 1,
        runNumber: null,
      },
    ]);
    expect(await auditOf(client)).toEqual([
      {
        action: "missions.seeded",
        name: mission.name,
        counts: { created: 1, alreadySeeded: 1, notEligible: 1, unknown: 1 },
      },
    ]);
  });

  it("leaves no trace when there is nothing to create", async () => {
    const client = await aClient(db);
    await aMission(db, client, { tierEligibility: "tier_4" });
    await aCreator(db, client);
    const caller = await callerAs(db, "operator", client);
    expect(await caller.seeding.run({ clientId: client })).toEqual({
      seedId: null,
      created: 0,
      alreadySeeded: 0,
      notEligible: 1,
      unknown: 0,
    });
    expect(await caller.seeding.count({ clientId: client })).toEqual(0);
    expect(await auditOf(client)).toEqual([]);
  });

  it("refuses an unknown mission and one of another client by its id, and seeds none of the others", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client);
    const strange = await aMission(db, await aClient(db));
    await aCreator(db, client);
    const caller = await callerAs(db, "operator", client);
    for (const id of [randomUUID(), strange as string]) {
      await expect(caller.seeding.run({ clientId: client, missionIds: [mission, id] })).rejects.toMatchObject({
        code: "NOT_FOUND",
        message: expect.stringContaining(id) as string,
      });
    }
    expect(await rowsOf(client)).toEqual([]);
  });

  it("takes a mission once although it is named twice, in either case", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client);
    await aCreator(db, client);
    const caller = await callerAs(db, "operator", client);
    const result = await caller.seeding.run({ clientId: client, missionIds: [mission, mission.toUpperCase()] });
    expect(result.created).toBe(1);
  });

  it("is for operators: a viewer is told which role is needed, a stranger finds nothing", async () => {
    const client = await aClient(db);
    const viewer = await callerAs(db, "viewer", client);
    const stranger = await callerAs(db, null, client);
    await expect(viewer.seeding.run({ clientId: client })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(stranger.seeding.run({ clientId: client })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("lists seedings newest first, page by page in both directions, also of one mission", async () => {
    const client = await aClient(db);
    const first = await aMission(db, client);
    const second = await aMission(db, client);
    const caller = await callerAs(db, "operator", client);
    const seeded: (string | null)[] = [];
    for (const missionIds of [[first], [second], undefined]) {
      await aCreator(db, client);
      seeded.push((await caller.seeding.run({ clientId: client, missionIds })).seedId);
    }
    const newest = await caller.seeding.list({ clientId: client, limit: 2 });
    const oldest = await caller.seeding.list({ clientId: client, limit: 2, after: newest.next! });
    const back = await caller.seeding.list({ clientId: client, limit: 2, before: oldest.previous! });
    expect([...newest.rows, ...oldest.rows].map(({ id }) => id)).toEqual(seeded.toReversed());
    expect(oldest.next).toBeNull();
    expect(back.rows).toEqual(newest.rows);
    expect(newest.rows[0]).toMatchObject({ missions: null });
    expect(await caller.seeding.count({ clientId: client, missionId: first })).toEqual(2);
    const strange = await aMission(db, await aClient(db));
    expect((await caller.seeding.list({ clientId: client, missionId: strange })).rows).toEqual([]);
    expect(await caller.seeding.count({ clientId: client, missionId: strange })).toEqual(0);
    await expect(caller.seeding.list({ clientId: client, after: "nonsense" })).rejects.toMatchObject({
      code: "BAD_REQUEST",
    });
  });

  it("names the command line and its user", async () => {
    const client = await aClient(db);
    await aMission(db, client);
    await aCreator(db, client);
    const shell = createCaller(contextFor(db, { kind: "cli", name: "root" }));
    await shell.seeding.run({ clientId: client });
    expect((await shell.seeding.list({ clientId: client })).rows).toMatchObject([{ source: "cli", byName: "root" }]);
  });
});

describe("the seed step of a sync", () => {
  it("creates for all missions and tells what it skipped and why", async () => {
    const client = await aClient(db);
    const silver = await aMission(db, client, { tierEligibility: "tier_2" });
    await aMission(db, client, { tierEligibility: "tier_2", enabled: false });
    await aMission(db, client, { tierEligibility: "tier_6" });
    const seeded = await aCreator(db, client, { tier: "tier_2" });
    await aProgressRow(db, client, seeded, silver);
    await aCreator(db, client, { tier: "tier_3" });
    await aCreator(db, client, { tier: "tier_1" });
    await aCreator(db, client, { tier: "?" });
    const actor = await anAdmin(db, client, "operator");
    const runId = randomUUID() as string as RunId;
    const step = () =>
      inClient(db, client, async (tx) =>
        seedStep(tx, { settings: await clientSettings(tx, client), runId, actor, now: new Date() }),
      );

    expect(await step()).toEqual({
      rowsIn: 1,
      rowsOut: 1,
      skipped: {
        already_seeded: 1,
        tier_too_low: 1,
        mission_disabled: 4,
        creator_tier_unknown: 1,
        mission_tier_unknown: 4,
      },
      counts: { created: 1 },
      message:
        "1 created, 1 there already, 1 creator cannot be judged, a mission asks for a tier that the ladder does not have",
      warnings: 0,
    });
    expect(await step()).toMatchObject({ rowsIn: 0, rowsOut: 0, counts: { created: 0 } });
    const seeds = await asOwner(db, (owner) =>
      owner.query(sql`select source, by_name, run_id from seeds where client_id = ${client}::uuid`),
    );
    expect(seeds).toEqual([{ source: "sync", by_name: actor.name, run_id: runId }]);
  });
});
