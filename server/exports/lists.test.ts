/** What stands in each download, and that it is what the pages of its list show. Eligibility has a test of its own. */
import { describe, expect, it } from "vitest";
import { dayOf } from "../base/days.ts";
import type { ClientId } from "../base/ids.ts";
import type { Page } from "../base/paging.ts";
import { sql } from "../db/db.ts";
import { aClient, aCreator, aMission, aProgressRow, aReward, asOwner, aVideo } from "../testing/builders.ts";
import { callerAs } from "../testing/caller.ts";
import { testDatabase } from "../testing/database.ts";
import { exported } from "../testing/exports.ts";
import { aProgramme } from "../testing/programme.ts";
import { aSeeding } from "../testing/seedings.ts";

const db = testDatabase();
const now = new Date("2026-11-27T02:00:00Z");
const start = new Date("2026-08-14T04:00:00Z");
const end = new Date("2026-12-14T05:00:00Z");

/** All rows of a paged list, two at a time. */
async function everyPage<Row>(list: (page: { after?: string; limit: number }) => Promise<Page<Row>>): Promise<Row[]> {
  const rows: Row[] = [];
  for (let after: string | null | undefined; after !== null;) {
    const page: Page<Row> = await list({ limit: 2, ...(after === undefined ? {} : { after }) });
    rows.push(...page.rows);
    after = page.next;
  }
  return rows;
}

function as(client: ClientId, ...statements: ReturnType<typeof sql>[]): Promise<void> {
  return asOwner(db, async (owner) => {
    await owner.execute(sql`select set_config('app.client_id', ${client}, false)`);
    for (const statement of statements) await owner.execute(statement);
  });
}

const lines = (text: string) => text.split("\r\n").slice(0, -1);

describe("the download of creators", () => {
  it("has what the client counts first, the currency and the zone in the heads, and numbers as numbers", async () => {
    const client = await aClient(db, { currency: "EUR", timezone: "Europe/Berlin" });
    const anna = await aCreator(db, client, {
      handle: "anna",
      tier: "tier_2",
      tierAchievedAt: start,
      nextCheckpointAt: end,
    });
    await aCreator(db, client, { handle: "ben", tier: "old" });
    await as(
      client,
      sql`update users set total_sales = 1234.50, total_units = 7, checkpoint_sales_current = -63 where id = ${anna}::uuid`,
      sql`insert into creator_ranks (client_id, user_id, rank) values (${client}::uuid, ${anna}::uuid, 1)`,
    );
    const { fileName, text } = await exported(db, client, "creators", { now });
    expect(fileName).toMatch(/-creators-2026-11-27\.csv$/);
    expect(lines(text)).toEqual([
      'Creator,Tier,Rank,"Sales, total (EUR)","Units, total",Sales in the window (EUR),"Present window, from (Europe/Berlin)","Present window, until (Europe/Berlin)"',
      "anna,Silver,1,1234.50,7,-63,2026-08-14,2026-12-14",
      "ben,old,,0,0,0,,",
    ]);
    const units = await exported(db, await aClient(db, { vipMetric: "units" }), "creators");
    expect(units.header.slice(3, 6)).toEqual(["Units, total", "Sales, total (USD)", "Units in the window"]);
  });

  it.each([{}, { sort: "rank" }, { tier: "tier_2" }, { q: "a" }, { q: "ann", sort: "rank" }] as const)(
    "with %j is the paged list",
    async (filters) => {
      const client = await aClient(db);
      for (const [index, handle] of ["anna", "a_a", "b.ann", "cc", "joanna", "zz"].entries()) {
        const user = await aCreator(db, client, { handle, tier: index % 2 === 0 ? "tier_1" : "tier_2" });
        if (index < 4) {
          await as(
            client,
            sql`insert into creator_ranks (client_id, user_id, rank) values (${client}::uuid, ${user}::uuid, ${1 + (index % 2)})`,
          );
        }
      }
      const viewer = await callerAs(db, "viewer", client);
      const listed = await everyPage((page) => viewer.creators.list({ clientId: client, ...filters, ...page }));
      const { rows } = await exported(db, client, "creators", filters);
      expect(rows.map(({ Creator }) => Creator)).toEqual(listed.map(({ handle }) => handle));
      const ticked = listed.slice(0, 2);
      const userIds = ticked.map(({ userId }) => userId).join(",");
      const some = await exported(db, client, "creators", { ...filters, userIds });
      expect(some.rows.map(({ Creator }) => Creator)).toEqual(ticked.map(({ handle }) => handle));
    },
  );
});

describe("the download of progress", () => {
  it("shows value, target, window and status as the tab does", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client, { targetValue: "999.50" });
    const row = async (handle: string, options: Parameters<typeof aProgressRow>[4]) =>
      aProgressRow(db, client, await aCreator(db, client, { handle }), mission, options);
    await row("anna", { value: "12.25", start, end });
    await row("ben", { status: "dormant", end: start });
    await row("cem", { status: "active", end: start });
    await row("dora", { status: "completed", value: 1000, end: start });
    const { rows, header } = await exported(db, client, "progress", { missionId: mission, now });
    expect(header).toEqual([
      "Creator",
      "Tier",
      "Value (USD)",
      "Target (USD)",
      "Window, from (America/New_York)",
      "Window, until (America/New_York)",
      "Status",
      "Last change (America/New_York)",
    ]);
    expect(rows[0]).toMatchObject({
      "Value (USD)": "12.25",
      "Target (USD)": "999.50",
      "Window, from (America/New_York)": "2026-08-14",
    });
    expect(rows.map(({ Status }) => Status)).toEqual(["Active", "Over, never woke", "Over", "Completed"]);
    expect(rows[3]!["Last change (America/New_York)"]).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    const viewer = await callerAs(db, "viewer", client, { now });
    for (const filters of [{ status: "over" }, { status: "active" }, { q: "b" }] as const) {
      const listed = await everyPage((page) =>
        viewer.progress.list({ clientId: client, missionId: mission, ...filters, ...page }),
      );
      const download = await exported(db, client, "progress", { missionId: mission, ...filters, now });
      expect(download.rows.map(({ Creator }) => Creator)).toEqual(listed.map(({ handle }) => handle));
      expect(listed.length).toBeGreaterThan(0);
    }
  });

  it("of a raffle has no target", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client, { missionType: "raffle" });
    await aProgressRow(db, client, await aCreator(db, client), mission);
    const { rows } = await exported(db, client, "progress", { missionId: mission });
    expect(rows).toMatchObject([{ Value: "0", Target: "" }]);
  });
});

describe("the download of near-misses", () => {
  it("is the list under the same terms, with what each has and lacks", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client, { targetValue: 1000 });
    for (const [handle, gmv] of [
      ["anna", 900],
      ["ben", 999.5],
      ["cem", 899.99],
      ["dora", 1200],
    ] as const) {
      await aVideo(db, client, await aCreator(db, client, { handle }), { gmv });
    }
    const viewer = await callerAs(db, "viewer", client, { now });
    for (const filters of [{ kind: "target" }, { kind: "target", sort: "handle" }] as const) {
      const listed = await everyPage((page) =>
        viewer.eligibility.nearMisses({ clientId: client, missionId: mission, ...filters, ...page }),
      );
      const { rows } = await exported(db, client, "near-misses", { missionId: mission, ...filters, now });
      expect(rows.map(({ Creator }) => Creator)).toEqual(listed.map(({ handle }) => handle));
      expect(rows).toHaveLength(3);
      expect(rows.find(({ Creator }) => Creator === "ben")).toMatchObject({
        "Has (USD)": "999.5",
        "Lacks (USD)": "0.5",
        Row: "would get it",
      });
    }
    const lower = JSON.stringify({ targetValue: "1100" });
    const supposed = await exported(db, client, "near-misses", {
      missionId: mission,
      kind: "target",
      whatIf: lower,
      now,
    });
    expect(supposed.rows.map(({ Creator }) => Creator)).toEqual(["dora", "ben"]);
    expect(supposed.fileName).toContain("-near-target-what-if-");
  });
});

describe("the download of redemptions, adjustments and the log", () => {
  it("is newest first, with its filters, as the pages are", async () => {
    const { clientId: client, userId, missionId, handle, mark } = await aProgramme(db);
    await as(
      client,
      sql`insert into sales_adjustments (client_id, user_id, amount, adjustment_type, reason, adjusted_by, created_at, applied_at)
        select ${client}::uuid, ${userId}::uuid, -g - 0.5, 'refund', '=1+' || g, 'Ada', now() - interval '1 h' * g,
          case when g > 2 then now() end from generate_series(1, 4) g`,
      sql`insert into audit_log (client_id, actor_kind, actor_name, action, subject_kind, subject_id, subject_name, before, after, counts)
        values (${client}::uuid, 'job', 'nightly', 'mission.updated', 'mission', ${missionId}, '@Gold', '{"enabled": false}', '{"enabled": true}', '{"created": 3}')`,
    );
    const viewer = await callerAs(db, "viewer", client);
    const clientId = client;

    const adjustments = await exported(db, client, "adjustments", { isPending: true });
    const pending = await everyPage((page) => viewer.adjustments.list({ clientId, isPending: true, ...page }));
    expect(adjustments.rows.map((row) => row["Amount (USD)"])).toEqual(pending.map(({ amount }) => amount));
    expect(adjustments.rows.map(({ Reason }) => Reason)).toEqual([mark, "'=1+1", "'=1+2"]);
    expect(adjustments.rows[1]).toMatchObject({
      Creator: handle,
      Type: "Refund",
      "Amount (USD)": "-1.5",
      "Entered by": "Ada",
    });
    expect(adjustments.rows.every((row) => row["Counts since (America/New_York)"] === "")).toBe(true);

    const redemptions = await exported(db, client, "redemptions", { missionId, status: "claimable" });
    expect(redemptions.rows).toMatchObject([
      {
        Creator: handle,
        Reward: mark,
        Mission: mark,
        Status: "Claimable",
        Given: "at once",
        "Tier when earned": "Bronze",
        "Made by": "",
      },
    ]);
    expect((await exported(db, client, "redemptions", { status: "rejected" })).rows).toEqual([]);

    const audit = await exported(db, client, "audit", { action: "mission.updated" });
    expect(audit.rows).toMatchObject([
      {
        By: "nightly",
        "In the name of": "the schedule",
        What: "mission.updated",
        About: "'@Gold",
        Before: '{"enabled":false}',
        After: '{"enabled":true}',
        Counts: '{"created":3}',
      },
    ]);
    const all = await everyPage((page) => viewer.audit.list({ clientId, ...page }));
    expect((await exported(db, client, "audit")).rows.map(({ What }) => What)).toEqual(all.map(({ action }) => action));
  });
});

describe("the download of missions and rewards", () => {
  it("says what each asks and gives", async () => {
    const client = await aClient(db, { currency: "BRL" });
    const boost = await aReward(db, client, { type: "commission_boost", value: { percent: 3, duration_days: 30 } });
    const coupon = await aReward(db, client, { type: "discount", value: { percent: 15.5, duration_minutes: 2880 } });
    await aReward(db, client, { type: "physical_gift", value: {}, enabled: false });
    await aReward(db, client, { type: "spark_ads", value: { amount: 12.5 } });
    const first = await aMission(db, client, { rewardId: boost, tierEligibility: "tier_2", targetValue: "999.50" });
    await aMission(db, client, { rewardId: coupon, missionType: "raffle", enabled: false, activated: false });
    await as(client, sql`update missions set title = '-50% week', display_order = 1 where id = ${first}::uuid`);

    const rewards = await exported(db, client, "rewards");
    expect(rewards.rows.map((row) => [row.Type, row["Worth (BRL)"], row.State, row.Missions])).toEqual([
      ["Commission boost", "3 % for 30 days", "Enabled", "1"],
      ["Discount", "15.5 % off for 48 hours", "Enabled", "1"],
      ["Physical gift", "", "Switched off", "0"],
      ["Spark Ads", "12.5", "Enabled", "0"],
    ]);
    expect((await exported(db, client, "rewards", { enabled: false })).rows).toHaveLength(1);

    const missions = await exported(db, client, "missions");
    expect(missions.rows.map((row) => [row.Mission, row.Goal, row.Target, row.In, row.Tier, row.State])).toEqual([
      [expect.stringMatching(/^Mission/), "Raffle", "", "", "All tiers", "Draft"],
      ["'-50% week", "Sales", "999.50", "BRL", "Silver", "Active"],
    ]);
    const chosen = await exported(db, client, "missions", { missionIds: first });
    expect(chosen.rows).toHaveLength(1);
    expect(chosen.fileName).toContain("-missions-selection-");
  });
});

describe("the download of seedings", () => {
  it("tells each, and the rows of one with what an undo would do with them", async () => {
    const { client, mission, seedId, caller } = await aSeeding(db, now);
    const clientId = client;
    const before = await exported(db, client, "seedings", { missionId: mission });
    expect(before.rows).toMatchObject([{ How: "by hand", Created: "5", "Already there": "0", Removed: "" }]);
    const { rows } = await exported(db, client, "seeding-rows", { seedId, now });
    const listed = await everyPage((page) => caller.seeding.rows({ clientId, seedId, ...page }));
    expect(rows.map(({ Creator }) => Creator)).toEqual(listed.map(({ handle }) => handle));
    expect(rows.map((row) => row["Kept because"])).toEqual(["completed", "completed", "has a redemption", "", ""]);
    const kept = await exported(db, client, "seeding-rows", { seedId, fate: "kept", now });
    expect(kept.rows).toHaveLength(3);
    // The database's clock says when it was seeded, not the caller's.
    const [seed] = (await caller.seeding.list({ clientId })).rows;
    const { timezone } = await caller.clients.get({ clientId });
    expect(kept.fileName).toMatch(new RegExp(`-seeding-of-${dayOf(seed!.at, timezone)}-kept-2026-11-26\\.csv$`));
    await caller.seeding.undo({ clientId, seedId });
    const after = await exported(db, client, "seedings");
    expect(after.rows).toMatchObject([{ Created: "5", Removed: "2", Kept: "3" }]);
    const strange = exported(db, await aClient(db), "seeding-rows", { seedId });
    await expect(strange).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("the download of runs and files", () => {
  it("has the figures of the page, and what kept one from coming through", async () => {
    const { clientId: client, mark, runId } = await aProgramme(db);
    await as(
      client,
      sql`update imports set rows = 12, created = 5, updated = 4, unchanged = 2, rejected = 1 where client_id = ${client}::uuid`,
      sql`insert into imports (client_id, file_name, source, sha256, size_bytes, by_name, status, refusal_code, refusal_message)
        values (${client}::uuid, '=bad.csv', 'upload', repeat('b', 64), 10, 'Ada', 'refused', 'column_missing', 'It lacks a column.')`,
      sql`insert into sync_steps (client_id, run_id, position, name, status, counts)
        values (${client}::uuid, ${runId}::uuid, 4, 'tiers', 'succeeded', '{"promoted": 7, "demoted": 2}')`,
      sql`insert into sync_runs (client_id, number, source, status, by_name, started_at, ended_at, error_code, error_message)
        values (${client}::uuid, 2, 'schedule', 'failed', 'nightly', now(), now(), 'x', 'The database gave no answer.')`,
    );
    const viewer = await callerAs(db, "viewer", client);
    const runs = await exported(db, client, "runs");
    expect(runs.rows).toMatchObject([
      { Run: "2", Status: "Failed", Up: "0", Message: "The database gave no answer." },
      { Run: "1", Status: "Done", Up: "7", Down: "2", File: `${mark}.csv`, By: mark },
    ]);
    const failed = await exported(db, client, "runs", { status: "failed" });
    expect(failed.rows).toHaveLength(await viewer.sync.count({ clientId: client, status: "failed" }));
    const files = await exported(db, client, "imports");
    expect(files.rows).toMatchObject([
      { File: "'=bad.csv", Status: "Refused", Rows: "", "Refused because": "It lacks a column." },
      { File: `${mark}.csv`, Status: "Imported", Rows: "12", New: "5", Changed: "4", Same: "2", Rejected: "1" },
    ]);
    expect((await exported(db, client, "imports", { status: "stored" })).rows).toEqual([]);
  });
});

describe("the download of a run's tier moves", () => {
  it("names all of them, where the page names the first two hundred", async () => {
    const { clientId: client, runId } = await aProgramme(db);
    await as(
      client,
      sql`insert into users (client_id, tiktok_handle, current_tier) select ${client}::uuid, 'moved_' || g, 'tier_2' from generate_series(1000, 1249) g`,
      sql`insert into tier_checkpoints (client_id, user_id, window_end, tier_before, tier_after, status, metric_value, run_id)
        select u.client_id, u.id, now(), 'tier_1', 'tier_2', case when u.tiktok_handle < 'moved_1240' then 'promoted' else 'demoted' end, 1500.5, ${runId}::uuid
        from users u where u.client_id = ${client}::uuid and u.tiktok_handle like 'moved%'`,
    );
    const viewer = await callerAs(db, "viewer", client);
    const { tierMoves } = await viewer.sync.get({ clientId: client, runId });
    const { rows, fileName } = await exported(db, client, "tier-moves", { runId });
    expect(rows).toHaveLength(250);
    expect(rows.slice(0, 200).map(({ Creator }) => Creator)).toEqual(tierMoves.map(({ handle }) => handle));
    expect(rows[0]).toEqual({
      Creator: "moved_1000",
      Move: "Promoted",
      From: "Bronze",
      To: "Silver",
      "Sales (USD)": "1500.5",
    });
    expect(fileName).toContain("-run-1-tier-moves-");
    const down = await exported(db, client, "tier-moves", { runId, status: "demoted" });
    expect(down.rows.map(({ Move }) => Move)).toEqual(Array.from({ length: 10 }, () => "Demoted"));
  });
});

describe("the download of a finding", () => {
  it("names everything the check is about, in the order of its sample", async () => {
    const client = await aClient(db);
    for (const handle of ["g", "a", "f", "b", "e", "c", "d"])
      await aCreator(db, client, { handle: `${handle}${handle}`, tier: "gone" });
    const mission = await aMission(db, client, { tierEligibility: "all" });
    const viewer = await callerAs(db, "viewer", client);
    const { checks } = await viewer.health.checks({ clientId: client });
    for (const check of checks) {
      const { rows, header } = await exported(db, client, "finding", { code: check.code });
      expect(rows).toHaveLength(check.named);
      expect(header.filter((head) => head !== "Mission" || header[0] === "Mission")).toEqual([
        expect.stringMatching(/^(Creator|Mission|Tier|Run)$/),
        "What is found",
      ]);
      // progress rows are named by their creator, and their sample by its missions
      if (header.length === 2) {
        expect(rows.slice(0, 5).map((row) => row[header[0]!])).toEqual(check.sample.map(({ label }) => label));
      }
    }
    const unknown = checks.find(({ code }) => code === "creators_unknown_tier")!;
    expect(unknown).toMatchObject({ count: 7, named: 7 });
    const open = await exported(db, client, "finding", { code: "pairs_to_be_created" });
    expect(open.rows).toHaveLength(7);
    expect(open.rows[0]).toMatchObject({ Creator: "aa", "What is found": "would be active" });
    expect(open.fileName).toContain("-health-");
    expect(mission).toBeTruthy();
    await expect(exported(db, client, "finding", { code: "nothing" })).rejects.toMatchObject({ code: "not_found" });
  });
});
