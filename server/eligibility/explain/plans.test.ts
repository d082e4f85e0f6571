/** An explanation reads a handful of rows by their keys, however many creators there are. */
import { beforeAll, describe, expect, it } from "vitest";
import { clientSettings } from "../../access/settings.ts";
import type { Day } from "../../base/days.ts";
import type { ClientId, MissionId, UserId } from "../../base/ids.ts";
import { type Db, sql } from "../../db/db.ts";
import { aClient, aMission, asOwner } from "../../testing/builders.ts";
import { testDatabase } from "../../testing/database.ts";
import { type PlanNode, planOf, rowsRead } from "../../testing/query-plan.ts";
import { findClimb, findCreatorFacts, listJudged } from "./sql.ts";

const db = testDatabase();
const CREATORS = 3000;
const MISSIONS = 10;
const today = "2026-11-22" as Day;

/** Tables that grow with the creators; of missions, tiers, seeds and runs there are few. */
const GROWING = [
  "users",
  "mission_progress",
  "videos",
  "sales_adjustments",
  "tier_checkpoints",
  "eligibility_changes",
  "redemptions",
];

describe("among thousands of creators", () => {
  let client: ClientId;
  let user: UserId;
  const missions: MissionId[] = [];

  beforeAll(async () => {
    client = await aClient(db);
    for (let index = 0; index < MISSIONS; index += 1) {
      missions.push(await aMission(db, client, { tierEligibility: "tier_2" }));
    }
    await asOwner(db, async (owner) => {
      await owner.execute(sql`
        insert into users (client_id, tiktok_handle, current_tier, tier_achieved_at)
        select ${client}::uuid, 'creator_' || n, 'tier_' || (1 + n % 4), '2026-08-01' from generate_series(1, ${CREATORS}::int) n`);
      // As a seeding inserts: the log does not name its rows one by one.
      await owner.execute(sql`
        with seed as (
          insert into seeds (client_id, source, by_name, created) values (${client}::uuid, 'cli', 'A person', 1)
          returning id, set_config('muster.seeding', id::text, true))
        insert into mission_progress (client_id, user_id, mission_id, status, seed_id)
        select u.client_id, u.id, m.id, 'active', seed.id from seed, users u join missions m on m.client_id = u.client_id
        where u.client_id = ${client}::uuid and u.current_tier <> 'tier_1'`);
      await owner.execute(sql`
        insert into videos (client_id, video_key, video_url, user_id, post_date, gmv)
        select u.client_id, u.tiktok_handle || '_' || n, 'u', u.id, '2026-11-01'::date - n, n
        from users u, generate_series(1, 5) n where u.client_id = ${client}::uuid`);
      await owner.execute(sql`
        insert into sales_adjustments (client_id, user_id, amount, adjustment_type, reason, adjusted_by)
        select client_id, id, 5, 'bonus', 'r', 'b' from users where client_id = ${client}::uuid`);
      await owner.execute(sql`
        insert into tier_checkpoints (client_id, user_id, window_end, tier_before, tier_after, status)
        select client_id, id, '2026-08-01', 'tier_2', 'tier_1', 'demoted' from users where client_id = ${client}::uuid`);
      await owner.execute(sql`
        update users set current_tier = 'tier_1' where client_id = ${client}::uuid and current_tier = 'tier_2'`);
      await owner.execute(sql`
        update missions set tier_eligibility = 'tier_3' where client_id = ${client}::uuid and id = ${missions[0]!}::uuid`);
      await owner.execute(sql`
        analyze users, missions, mission_progress, tiers, videos, sales_adjustments, tier_checkpoints, eligibility_changes, seeds`);
      const [row] = await owner.query<{ id: UserId }>(sql`
        select id from users where client_id = ${client}::uuid and tiktok_handle = 'creator_1501'`);
      user = row!.id;
    });
  });

  const settingsOf = (tx: Db) => clientSettings(tx, client);
  const asked = (mission?: MissionId) => async (tx: Db) =>
    listJudged(tx, await settingsOf(tx), { user, mission }, today);
  const supposed = async (tx: Db) => {
    const whatIf = { enabled: true, tierEligibility: "tier_1" };
    return listJudged(tx, await settingsOf(tx), { user, mission: missions[0]!, whatIf }, today);
  };

  /** A creator has a few rows in each; for every mission the few changes of missions are read. */
  const LIMIT = 20 * MISSIONS;
  const read = (plan: readonly PlanNode[]) =>
    GROWING.map((table) => ({ table, rows: rowsRead(plan, table) })).filter(({ rows }) => rows > LIMIT);
  const scanned = (plan: readonly PlanNode[]) =>
    plan
      .filter((node) => node["Node Type"] === "Seq Scan" && GROWING.includes(node["Relation Name"] ?? ""))
      .map((node) => node["Relation Name"]);

  it.each([
    ["the verdict on one mission", () => asked(missions[0])],
    ["the verdict under supposed terms", () => supposed],
    ["the verdicts on all missions", () => asked()],
    ["the way to the next tiers", () => async (tx: Db) => findClimb(tx, await settingsOf(tx), user)],
    ["the creator", () => async (tx: Db) => findCreatorFacts(tx, await settingsOf(tx), user, today)],
  ])("%s is found by keys", async (_, ask) => {
    const plan = await planOf(db, client, ask());
    expect(scanned(plan)).toEqual([]);
    expect(read(plan)).toEqual([]);
  });
});
