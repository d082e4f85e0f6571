/**
 * How PostgreSQL goes about it, as the request role under row-level security: seeding is an anti-join, and one mission is
 * judged without looking at the rows of the others.
 */
import { beforeAll, describe, expect, it } from "vitest";
import type { ClientId, MissionId } from "../base/ids.ts";
import { type Db, type Sql, sql } from "../db/db.ts";
import { Prisma } from "../db/generated/client.ts";
import { inClient } from "../db/tx.ts";
import { countGroups } from "../eligibility/counts-sql.ts";
import { aClient, aMission, asOwner } from "../testing/builders.ts";
import { testDatabase } from "../testing/database.ts";
import { explain, planOf, rowsRead } from "../testing/query-plan.ts";
import { countPairs } from "./sql.ts";

const db = testDatabase();
const CREATORS = 2000;
const MISSIONS = 10;

/** The statement inside insert_open_pairs, as the database holds it, for these arguments. */
async function seedStatement(tx: Db, client: ClientId, missions: readonly MissionId[] | null): Promise<Sql> {
  const [row] = await tx.query<{ source: string }>(
    sql`select prosrc as source from pg_proc where proname = 'insert_open_pairs'`,
  );
  const text = /\$insert\$(.*)\$insert\$/s
    .exec(row!.source)![1]!
    .replaceAll("$1", `'${client}'::uuid`)
    .replaceAll("$2", missions === null ? "null::uuid[]" : `array['${missions.join("','")}']::uuid[]`)
    .replaceAll("$3", "null::uuid[]")
    .replaceAll("$4", "null::uuid");
  return Prisma.raw(text);
}

describe("with thousands of rows", () => {
  let client: ClientId;
  const missions: MissionId[] = [];

  beforeAll(async () => {
    client = await aClient(db);
    for (let index = 0; index < MISSIONS; index += 1) {
      missions.push(await aMission(db, client, { tierEligibility: "tier_2", rewardId: null }));
    }
    await asOwner(db, async (owner) => {
      await owner.execute(sql`
        insert into users (client_id, tiktok_handle, current_tier)
        select ${client}::uuid, 'creator_' || n, 'tier_' || (1 + n % 4) from generate_series(1, ${CREATORS}::int) n`);
      await owner.execute(sql`
        insert into mission_progress (client_id, user_id, mission_id, status)
        select u.client_id, u.id, m.id, 'active' from users u join missions m on m.client_id = u.client_id
        where u.client_id = ${client}::uuid and u.current_tier in ('tier_2', 'tier_3')`);
      await owner.execute(sql`analyze users, missions, mission_progress, tiers`);
    });
  });

  it.each([
    ["all missions", () => null],
    ["one mission", () => [missions[0]!]],
  ])("seeding %s is planned as an anti-join", async (_, chosen) => {
    const plan = await inClient(db, client, async (tx) =>
      explain(tx, await seedStatement(tx, client, chosen()), sql`costs off`),
    );
    // from PostgreSQL 16 on the smaller side may be hashed: "Right Anti"
    expect(plan.map((node) => node["Join Type"] ?? "none").join()).toMatch(/\bAnti\b/);
  });

  it("previewing one mission reads counts and neither creators nor rows", async () => {
    const plan = await planOf(db, client, (tx) => countGroups(tx, client, { missionId: missions[3]! }));
    expect(rowsRead(plan, "mission_progress")).toBe(0);
    expect(rowsRead(plan, "users")).toBe(0);
  });

  it("counting the pairs of one mission before a seed reads no row of another", async () => {
    const plan = await planOf(db, client, (tx) => countPairs(tx, client, [missions[3]!]));
    expect(rowsRead(plan, "mission_progress")).toBeLessThanOrEqual(CREATORS);
  });
});
