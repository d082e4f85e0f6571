/** What the schema refuses of the rows that seeding made (domain reference, section 2). */
import { describe, expect, it } from "vitest";
import type { MissionId } from "../base/ids.ts";
import { sql } from "../db/db.ts";
import { aClient, aCreator, aMission, aProgressRow, asOwner } from "../testing/builders.ts";
import { testDatabase } from "../testing/database.ts";

const db = testDatabase();

describe("the rows that seeding made", () => {
  async function aRow(status: "active" | "dormant" | "completed" = "dormant") {
    const client = await aClient(db);
    const mission = await aMission(db, client);
    const creator = await aCreator(db, client);
    await aProgressRow(db, client, creator, mission, { status, start: new Date("2026-08-01T00:00:00Z") });
    const update = (change: ReturnType<typeof sql>) =>
      asOwner(db, (owner) =>
        owner.execute(sql`update mission_progress set ${change} where client_id = ${client}::uuid`),
      );
    return { client, mission, creator, update };
  }

  it.each([
    ["window's start", sql`checkpoint_start = now()`],
    ["window's end", sql`checkpoint_end = now()`],
    ["cycle", sql`cycle = 2`],
  ])("never change their %s, not even for the owner", async (_, change) => {
    const { update } = await aRow();
    await expect(update(change)).rejects.toThrow(/never change/);
  });

  it("never change their creator, not even for the owner, nor get one that there is not", async () => {
    const { client, update } = await aRow();
    const other = await aCreator(db, client);
    await expect(update(sql`user_id = ${other}::uuid`)).rejects.toThrow(/never change/);
    await expect(update(sql`user_id = gen_random_uuid()`)).rejects.toThrow(/foreign key/);
  });

  it.each([
    ["dormant", "completed"],
    ["active", "dormant"],
    ["completed", "active"],
    ["completed", "dormant"],
  ] as const)("refuse to move from %s to %s", async (from, to) => {
    const { update } = await aRow(from);
    const time = to === "completed" ? sql`now()` : sql`null::timestamptz`;
    await expect(update(sql`status = ${to}, completed_at = ${time}`)).rejects.toThrow(/progress row/);
  });

  it("move from dormant to active to completed", async () => {
    const { update } = await aRow("dormant");
    expect(await update(sql`status = 'active'`)).toBe(1);
    expect(await update(sql`status = 'completed', completed_at = now(), current_value = 7`)).toBe(1);
    await expect(update(sql`current_value = 8`)).rejects.toThrow(/keeps its value/);
    await expect(update(sql`completed_at = now() + interval '1 s'`)).rejects.toThrow(/keeps its value/);
  });

  it("cannot point into another client", async () => {
    const { creator } = await aRow();
    const other = await aClient(db);
    const mission: MissionId = await aMission(db, other);
    await expect(aProgressRow(db, other, creator, mission)).rejects.toThrow(/foreign key/);
  });
});
