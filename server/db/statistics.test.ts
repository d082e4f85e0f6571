/** What the planner knows of a client who is small, or new, beside a large one. */
import { beforeAll, expect, it } from "vitest";
import { clientSettings } from "../access/settings.ts";
import { dayOf } from "../base/days.ts";
import type { ClientId, MissionId } from "../base/ids.ts";
import { eligibilityListInput } from "../eligibility/schema.ts";
import { listEligibility } from "../eligibility/sql.ts";
import { aClient, aMission, asOwner } from "../testing/builders.ts";
import { testDatabase } from "../testing/database.ts";
import { planOf, rowsRead } from "../testing/query-plan.ts";
import { sql } from "./db.ts";
import { refreshStatistics } from "./statistics.ts";

const db = testDatabase();
const LARGE = { creators: 60_000, missions: 4 };
const SMALL = { creators: 400, missions: 1 };
const LIMIT = 20;

interface Seeded {
  client: ClientId;
  mission: MissionId;
}

async function aSeededClient({ creators, missions }: typeof LARGE): Promise<Seeded> {
  const client = await aClient(db);
  const ids: MissionId[] = [];
  while (ids.length < missions) ids.push(await aMission(db, client, { tierEligibility: "all", rewardId: null }));
  await asOwner(db, async (owner) => {
    await owner.execute(sql`
      insert into users (client_id, tiktok_handle, current_tier)
      select ${client}::uuid, 'creator_' || n, 'tier_' || (1 + n % 4) from generate_series(1, ${creators}::int) n`);
    await owner.query(sql`select seed_mission_progress(${client}::uuid, null, null) as created`);
  });
  return { client, mission: ids[0]! };
}

/** Progress rows that a first page of the seeded creators looks at. */
async function progressRead({ client, mission }: Seeded): Promise<number> {
  const plan = await planOf(db, client, async (tx) => {
    const settings = await clientSettings(tx, client);
    const input = { clientId: client, missionId: mission, bucket: "already_seeded", limit: LIMIT };
    await listEligibility(tx, settings, eligibilityListInput.parse(input), dayOf(new Date(), settings.timezone));
  });
  return rowsRead(plan, "mission_progress");
}

let small: Seeded;

beforeAll(async () => {
  await aSeededClient(LARGE);
  small = await aSeededClient(SMALL);
  await asOwner(db, (owner) =>
    owner.execute(sql`analyze users, tiers, missions, mission_progress, eligibility_counts`),
  );
}, 60_000);

it("a page of a small client beside a large one looks up the rows of its creators, and no others of the mission", async () => {
  expect(await progressRead(small)).toBeLessThan(3 * LIMIT);
});

it("a client whom the planner does not know becomes known when he gets rows, however few of the table they are", async () => {
  const fresh = await aSeededClient(SMALL);
  expect(await progressRead(fresh)).toBeGreaterThanOrEqual(SMALL.creators);
  await refreshStatistics(db, fresh.client, { users: SMALL.creators, mission_progress: SMALL.creators });
  expect(await progressRead(fresh)).toBeLessThan(3 * LIMIT);
});

it("looks at no table again of whose client the planner knows", async () => {
  const looks = () =>
    asOwner(db, async (owner) => {
      const [row] = await owner.query<{ looks: number }>(
        sql`select pg_stat_get_analyze_count('users'::regclass)::int as looks`,
      );
      return row!.looks;
    });
  const before = await looks();
  await refreshStatistics(db, small.client, { users: SMALL.creators });
  expect(await looks()).toBe(before);
  await refreshStatistics(db, small.client, { users: LARGE.creators });
  expect(await looks()).toBe(before + 1);
});
