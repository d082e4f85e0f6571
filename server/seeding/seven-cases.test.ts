/** The seven cases of the founding document, by name, through the procedure and through the SQL function. */
import { describe, expect, it } from "vitest";
import type { ClientId } from "../base/ids.ts";
import { sql } from "../db/db.ts";
import { aClient, aCreator, aMission, aProgressRow, asOwner } from "../testing/builders.ts";
import { callerAs } from "../testing/caller.ts";
import { testDatabase } from "../testing/database.ts";

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

async function throughTheProcedure(client: ClientId): Promise<number> {
  const caller = await callerAs(db, "operator", client);
  return (await caller.seeding.run({ clientId: client })).created;
}

async function throughTheSqlFunction(client: ClientId): Promise<number> {
  const [row] = await asOwner(db, (owner) =>
    owner.query<{ created: number }>(
      sql`select create_mission_progress_for_eligible_users(${client}::uuid) as created`,
    ),
  );
  return row!.created;
}

describe.each([
  { name: "seeding.run", seed: throughTheProcedure },
  { name: "create_mission_progress_for_eligible_users", seed: throughTheSqlFunction },
])("through $name", ({ seed }) => {
  it("eligible creator gets a row", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client, { tierEligibility: "tier_2" });
    const creator = await aCreator(db, client, { tier: "tier_2" });
    expect(await seed(client)).toBe(1);
    expect(await rowsOf(client)).toMatchObject([{ user: creator, mission, value: "0" }]);
  });

  it("ineligible skipped", async () => {
    const client = await aClient(db);
    await aMission(db, client, { tierEligibility: "tier_3" });
    await aCreator(db, client, { tier: "tier_2" });
    await aCreator(db, client, { tier: "unheard_of" });
    const eligible = await aCreator(db, client, { tier: "tier_4" });
    expect(await seed(client)).toBe(1);
    expect(await rowsOf(client)).toMatchObject([{ user: eligible }]);
  });

  it("existing not duplicated", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client);
    const creator = await aCreator(db, client);
    await aProgressRow(db, client, creator, mission, { status: "completed", value: 1000 });
    const before = await rowsOf(client);
    expect(await seed(client)).toBe(0);
    expect(await rowsOf(client)).toEqual(before);
    await aCreator(db, client);
    expect(await seed(client)).toBe(1);
    expect(await seed(client)).toBe(0);
  });

  it("checkpoint values snapshotted", async () => {
    const client = await aClient(db);
    await aMission(db, client);
    const start = new Date("2026-08-14T03:30:00.123Z");
    const end = new Date("2026-12-14T04:30:00.456Z");
    const windowed = await aCreator(db, client, { tierAchievedAt: start, nextCheckpointAt: end });
    const open = await aCreator(db, client, { tierAchievedAt: null, nextCheckpointAt: null });
    await seed(client);
    await asOwner(db, (owner) =>
      owner.execute(
        sql`update users set tier_achieved_at = now(), next_checkpoint_at = now(), current_tier = 'tier_4' where client_id = ${client}::uuid`,
      ),
    );
    await seed(client);
    const rows = await rowsOf(client);
    expect(rows.find(({ user }) => user === windowed)).toMatchObject({ start, end });
    expect(rows.find(({ user }) => user === open)).toMatchObject({ start: null, end: null });
  });

  it("status by the activated flag", async () => {
    const client = await aClient(db);
    const running = await aMission(db, client, { activated: true });
    const asleep = await aMission(db, client, { activated: false });
    await aCreator(db, client);
    expect(await seed(client)).toBe(2);
    const rows = await rowsOf(client);
    expect(rows.find(({ mission }) => mission === running)?.status).toBe("active");
    expect(rows.find(({ mission }) => mission === asleep)?.status).toBe("dormant");
  });

  it("`all` creates rows for all, also a creator with an unknown tier", async () => {
    const client = await aClient(db);
    await aMission(db, client, { tierEligibility: "all" });
    const creators = [
      await aCreator(db, client, { tier: "tier_1" }),
      await aCreator(db, client, { tier: "tier_4" }),
      await aCreator(db, client, { tier: "legacy gold" }),
    ];
    expect(await seed(client)).toBe(3);
    expect((await rowsOf(client)).map(({ user }) => user)).toEqual(creators.toSorted());
  });

  it("disabled missions skipped", async () => {
    const client = await aClient(db);
    await aMission(db, client, { enabled: false, activated: true });
    await aMission(db, client, { enabled: false, activated: false });
    await aCreator(db, client);
    expect(await seed(client)).toBe(0);
    expect(await rowsOf(client)).toEqual([]);
  });

  it("raffles are seeded like the rest", async () => {
    const client = await aClient(db);
    await aMission(db, client, { missionType: "raffle", raffleEndDate: "2020-01-01" });
    await aCreator(db, client);
    expect(await seed(client)).toBe(1);
  });

  it("a mission whose tier the ladder does not have creates nothing and fails nothing", async () => {
    const client = await aClient(db);
    await aMission(db, client, { tierEligibility: "tier_6" });
    await aMission(db, client, { tierEligibility: "tier_1" });
    await aCreator(db, client, { tier: "tier_6" });
    await aCreator(db, client, { tier: "tier_1" });
    expect(await seed(client)).toBe(1);
  });
});
