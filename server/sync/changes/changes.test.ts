import { describe, expect, it } from "vitest";
import type { ClientId, RunId } from "../../base/ids.ts";
import { sql } from "../../db/db.ts";
import { aClient, aCreator, aMission, aProgressRow, asOwner, aVideo } from "../../testing/builders.ts";
import { callerAs } from "../../testing/caller.ts";
import { testDatabase } from "../../testing/database.ts";
import { dayFile, storeDay } from "../../testing/day-files.ts";
import { exported } from "../../testing/exports.ts";
import { runnerDeps } from "../../testing/runs.ts";
import { runSync } from "../runner.ts";
import { pipeline } from "../steps.ts";
import { keptKinds, type KeptKind } from "./schema.ts";
import { sweepHistory } from "./sweep.ts";

const db = testDatabase();
const now = new Date("2026-11-22T09:00:00Z");

/** Anna is promoted, carla, gina and hugo complete and are rewarded, dora falls, erin is maintained, ben comes, finn's row wakes. */
async function aNight() {
  const client = await aClient(db);
  const mission = await aMission(db, client, { targetValue: 500 });
  const anna = await aCreator(db, client, { handle: "anna" });
  for (const [index, handle] of ["carla", "gina", "hugo"].entries()) {
    const user = await aCreator(db, client, { handle });
    await aVideo(db, client, user, { gmv: 700, key: `2${index}`, postDate: "2026-11-10" });
  }
  const due = { tierAchievedAt: new Date("2026-07-22T04:00:00Z"), nextCheckpointAt: new Date("2026-11-22T05:00:00Z") };
  await aCreator(db, client, { handle: "dora", tier: "tier_2", ...due });
  const erin = await aCreator(db, client, { handle: "erin", tier: "tier_2", ...due });
  const finn = await aCreator(db, client, { handle: "finn" });
  await aProgressRow(db, client, finn, mission, { status: "dormant" });
  await aVideo(db, client, anna, { gmv: 1200, key: "1", postDate: "2026-11-10" });
  await aVideo(db, client, erin, { gmv: 1100, key: "5", postDate: "2026-08-10" });
  const importId = await storeDay(
    db,
    client,
    dayFile([
      { Handle: "anna", Video: "1", GMV: "1300" },
      { Handle: "ben", Video: "3", GMV: "10" },
      { Handle: "ben", Video: "4", Views: "1.2K" },
    ]),
  );
  return { client, mission, importId };
}

async function sync(client: ClientId, importId?: string, at = now): Promise<string> {
  const caller = await callerAs(db, "operator", client, { now: at });
  const { runId } = await caller.sync.start({ clientId: client, ...(importId === undefined ? {} : { importId }) });
  expect(await runSync(db, runnerDeps({ steps: pipeline, now: () => at }), client, runId as RunId)).toBe("succeeded");
  return runId;
}

async function namesOf(client: ClientId, runId: string) {
  const viewer = await callerAs(db, "viewer", client);
  const names = {} as Record<KeptKind, string[]>;
  for (const kind of keptKinds) {
    const { rows } = await viewer.sync.changes({ clientId: client, runId, kind });
    names[kind] = rows.map(({ handle, tierBefore, tierAfter, value, rewardName }) =>
      [handle, tierBefore, tierAfter, value, rewardName === null ? null : "reward"]
        .filter((part) => part !== null)
        .join(" "),
    );
  }
  return names;
}

describe("what a run changed", () => {
  it("is kept by name, with every kind that its steps counted", async () => {
    const { client, importId } = await aNight();
    const runId = await sync(client, importId);

    expect(await namesOf(client, runId)).toEqual({
      created: ["ben"],
      promoted: ["anna tier_1 tier_2 1300"],
      demoted: ["dora tier_2 tier_1 0"],
      maintained: ["erin tier_2 tier_2 1100"],
      woken: ["finn"],
      completed: ["carla 700", "gina 700", "hugo 700"],
      redemption: ["carla 25 reward", "gina 25 reward", "hugo 25 reward"],
    });
    const viewer = await callerAs(db, "viewer", client);
    const { counts, named, seedId, seeded, videos, redemptionsValue, skipped } = await viewer.sync.runChanges({
      clientId: client,
      runId,
    });
    const { seeded: created, ...kept } = counts;
    expect(kept).toEqual(named);
    expect(created).toBe(7);
    expect(seeded).toMatchObject([{ count: 7 }]);
    expect((await viewer.seeding.rows({ clientId: client, seedId: seedId! })).rows).toHaveLength(7);
    expect({ videos, redemptionsValue }).toEqual({ videos: { created: 1, updated: 1 }, redemptionsValue: "75" });
    expect(skipped).toContainEqual({ step: "import", reason: "number_invalid", count: 1 });
  });

  it("stays as it was when later nights change the same creators, who then stand in theirs", async () => {
    const { client, importId } = await aNight();
    const first = await sync(client, importId);
    const before = await namesOf(client, first);
    const file = dayFile([{ Handle: "ben", Video: "3", GMV: "5000" }]);
    const second = await sync(client, await storeDay(db, client, file), new Date("2026-11-23T09:00:00Z"));

    expect(await namesOf(client, first)).toEqual(before);
    expect(await namesOf(client, second)).toMatchObject({
      created: [],
      promoted: ["ben tier_1 tier_3 5000"],
    });
  });

  it("is listed in pages by handle and taken along as a file", async () => {
    const { client, importId } = await aNight();
    const runId = await sync(client, importId);
    const viewer = await callerAs(db, "viewer", client);
    const page = (more: object) =>
      viewer.sync.changes({ clientId: client, runId, kind: "completed", limit: 2, ...more });
    const first = await page({});
    const second = await page({ after: first.next! });

    expect([...first.rows, ...second.rows].map(({ handle }) => handle)).toEqual(["carla", "gina", "hugo"]);
    expect(second.next).toBeNull();
    expect((await page({ before: second.previous! })).rows).toEqual(first.rows);
    const { rows } = await exported(db, client, "run-changes", { runId, kind: "demoted" });
    expect(rows.map((row) => Object.values(row).slice(0, 3))).toEqual([["dora", "Silver", "Bronze"]]);
  });
});

describe("names", () => {
  it("go after 13 months, and the counts stay", async () => {
    const { client, importId } = await aNight();
    const runId = await sync(client, importId);
    const sweep = (at: string) => sweepHistory(db, client, { now: new Date(at), log: runnerDeps().log });
    await asOwner(db, (owner) =>
      owner.execute(sql`update sync_runs set created_at = ${now}::timestamptz where client_id = ${client}::uuid`),
    );

    await sweep("2027-12-22T08:59:59Z");
    expect((await namesOf(client, runId)).promoted).toHaveLength(1);
    await sweep("2027-12-22T09:00:01Z");

    expect(Object.values(await namesOf(client, runId)).flat()).toEqual([]);
    const viewer = await callerAs(db, "viewer", client);
    const { counts, named } = await viewer.sync.runChanges({ clientId: client, runId });
    expect([counts.promoted, counts.redemption, named.promoted]).toEqual([1, 3, 0]);
  });
});

describe("the log of what decides eligibility", () => {
  /** Entries of the client's log, and a way to make them old. */
  const logOf = (client: ClientId) =>
    asOwner(db, async (owner) => {
      const [row] = await owner.query<{ count: number }>(
        sql`select count(*)::int as count from eligibility_changes where client_id = ${client}::uuid`,
      );
      return row!.count;
    });
  // The log is of the database's clock.
  const after14Months = (since: number) => new Date(since + 430 * 24 * 3_600_000);
  const later = after14Months(Date.now());
  const sweep = (client: ClientId, at = later) => sweepHistory(db, client, { now: at, log: runnerDeps().log });

  it("goes after 13 months where no plan and no mark needs it", async () => {
    const client = await aClient(db);
    await aCreator(db, client);
    expect(await logOf(client)).toBeGreaterThan(0);
    await sweep(client, new Date());
    expect(await logOf(client)).toBeGreaterThan(0);

    await sweep(client);

    expect(await logOf(client)).toBe(0);
  });

  it("keeps what came after the look of a plan that can still be applied, and lets go of it when that has expired", async () => {
    const client = await aClient(db);
    const missionId = await aMission(db, client);
    await aCreator(db, client);
    const viewer = await callerAs(db, "viewer", client, { now: later });
    await viewer.eligibility.preview({ clientId: client, missionId });
    await aCreator(db, client);

    await sweep(client);
    // Whoever has a transaction open anywhere in the cluster makes it keep a little more.
    expect(await logOf(client)).toBeGreaterThan(0);
    await sweep(client, after14Months(later.getTime()));

    expect(await logOf(client)).toBe(0);
  });

  it("keeps what a mission's next seeding has to look at", async () => {
    const client = await aClient(db);
    await aMission(db, client);
    await aCreator(db, client);
    const operator = await callerAs(db, "operator", client);
    await operator.seeding.run({ clientId: client });
    await aCreator(db, client, { handle: "late" });

    await sweep(client);

    expect(await logOf(client)).toBeGreaterThan(0);
    expect((await operator.seeding.run({ clientId: client })).created).toBe(1);
  });
});
