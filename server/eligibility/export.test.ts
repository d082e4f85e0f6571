import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bucketWords as consoleBucketWords } from "../../web/features/missions/bucket-sum.tsx";
import { reasonText } from "../../web/lib/eligibility-words.ts";
import { tierRule } from "../../web/lib/mission-words.ts";
import { ladderOf } from "../../web/lib/ladder.ts";
import type { ClientId, MissionId } from "../base/ids.ts";
import { sql } from "../db/db.ts";
import { aClient, aCreator, aMission, aProgressRow, asOwner, aVideo } from "../testing/builders.ts";
import { callerAs } from "../testing/caller.ts";
import { testDatabase } from "../testing/database.ts";
import { exported } from "../testing/exports.ts";
import { bucketWords, reasonSentence } from "./rules.ts";
import { buckets, reasons, type EligibilityRow } from "./schema.ts";

const db = testDatabase();
const now = new Date("2026-11-27T02:00:00Z");

async function named(client: ClientId, mission: MissionId, name: string): Promise<void> {
  await asOwner(db, (owner) =>
    owner.execute(sql`update missions set title = ${name} where client_id = ${client}::uuid and id = ${mission}::uuid`),
  );
}

describe("the download of a mission's creators", () => {
  it("has the columns of the screen, the client's days, and handles as they are stored", async () => {
    const client = await aClient(db, { currency: "BRL" });
    const mission = await aMission(db, client, { tierEligibility: "tier_2", activated: false });
    await named(client, mission, "Größe 100!");
    const dates = {
      tierAchievedAt: new Date("2026-08-14T03:30:00Z"),
      nextCheckpointAt: new Date("2026-12-14T05:00:00Z"),
    };
    const anna = await aCreator(db, client, { handle: "anna", tier: "tier_2", ...dates });
    await aVideo(db, client, anna, { postDate: "2026-11-20", gmv: "10.50" });
    await aCreator(db, client, { handle: "ben.b", tier: "tier_4" });
    const { fileName, text } = await exported(db, client, "eligibility", {
      missionId: mission,
      bucket: "will_create",
      now,
    });
    expect(fileName).toMatch(/^c-[-0-9a-f]+-größe-100-will-be-created-2026-11-26\.csv$/);
    expect(text.split("\r\n")).toEqual([
      'Creator,Tier,"Sales, last 30 days (BRL)","Window to be frozen, from (America/New_York)","Window to be frozen, until (America/New_York)",Status to be written,Reason',
      "anna,Silver,10.50,2026-08-13,2026-12-14,Dormant,Tier Silver; needs Silver or higher",
      "ben.b,Platinum,0,,,Dormant,Tier Platinum; needs Silver or higher",
      "",
    ]);
  });

  it("leaves window and status out where no row is or would be, and says the bucket where all are asked for", async () => {
    const client = await aClient(db, { vipMetric: "units" });
    const mission = await aMission(db, client, { tierEligibility: "tier_4" });
    await aCreator(db, client, { handle: "_low", tier: "tier_1" });
    const held = await aCreator(db, client, { handle: "held", tier: "tier_4" });
    await aProgressRow(db, client, held, mission, { status: "completed", start: new Date("2026-03-01T05:00:00Z") });
    const low = await exported(db, client, "eligibility", { missionId: mission, bucket: "not_eligible" });
    expect(low.header).toEqual(["Creator", "Tier", "Units, last 30 days", "Reason"]);
    expect(low.rows).toEqual([
      { Creator: "_low", Tier: "Bronze", "Units, last 30 days": "0", Reason: "Tier Bronze; needs Platinum" },
    ]);
    const all = await exported(db, client, "eligibility", { missionId: mission });
    expect(all.rows).toMatchObject([
      { Creator: "_low", Bucket: "not eligible", "Window, from (America/New_York)": "", Status: "" },
      {
        Creator: "held",
        Bucket: "already seeded",
        "Window, from (America/New_York)": "2026-03-01",
        Status: "Completed",
      },
    ]);
  });

  it("of a what-if says so in its name, and gives its reasons", async () => {
    const client = await aClient(db);
    const mission = await aMission(db, client, { tierEligibility: "tier_4" });
    await aCreator(db, client, { handle: "anna", tier: "tier_2" });
    const whatIf = JSON.stringify({ tierEligibility: "tier_2" });
    const { fileName, rows } = await exported(db, client, "eligibility", {
      missionId: mission,
      bucket: "will_create",
      whatIf,
    });
    expect(fileName).toContain("-will-be-created-what-if-");
    expect(rows).toMatchObject([{ Creator: "anna", Reason: "Tier Silver; needs Silver or higher" }]);
  });

  it("is not found for a mission of nobody here", async () => {
    const client = await aClient(db);
    const strange = await aMission(db, await aClient(db));
    const asked = exported(db, client, "eligibility", { missionId: strange });
    await expect(asked).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("the words of the download", () => {
  const tiers = [
    { tierId: "tier_1", tierOrder: 1, tierName: "Bronze" },
    { tierId: "tier_2", tierOrder: 2, tierName: "Gold" },
  ].map((tier) => ({
    ...tier,
    tierColor: null,
    salesThreshold: "0",
    unitsThreshold: null,
    commissionRate: "0",
    checkpointExempt: false,
    creators: 0,
  }));
  const ladder = ladderOf(tiers);

  it("are the console's, for every reason", () => {
    for (const tierEligibility of ["all", "tier_1", "tier_2", "gone"]) {
      const tierName = ladder.byId(tierEligibility)?.tierName ?? null;
      const rule = { tierEligibility, tierName, isTop: tierEligibility === "tier_2" };
      for (const bucket of buckets) {
        // Only of a tier that is not in the ladder is it said that it is not.
        for (const reason of [...reasons, null].filter(
          (one) => one !== "mission_tier_unknown" || tierEligibility === "gone",
        )) {
          for (const [tierId, own] of [
            ["tier_1", "Bronze"],
            ["gone", null],
          ] as const) {
            const row = { bucket, reason, tierId, tierName: own };
            expect(reasonSentence(row, rule)).toBe(reasonText(row, tierRule(tierEligibility, ladder)));
          }
        }
      }
    }
    for (const bucket of buckets) expect(bucketWords[bucket]).toBe(consoleBucketWords(bucket));
  });
});

const tier = fc.constantFrom("tier_1", "tier_2", "tier_3", "old");
const programme = fc.record({
  tierEligibility: fc.oneof(tier, fc.constant("all")),
  enabled: fc.boolean(),
  creators: fc.uniqueArray(
    fc.record({
      handle: fc.string({ unit: fc.constantFrom("a", "b", "_", ".", "1"), minLength: 2, maxLength: 6 }),
      tier,
      isSeeded: fc.boolean(),
    }),
    { selector: ({ handle }) => handle, maxLength: 9 },
  ),
  filters: fc.record({
    whatIf: fc.option(
      // only what could be saved can be supposed: a tier of the ladder, or all
      fc.record(
        { enabled: fc.boolean(), tierEligibility: fc.constantFrom("tier_1", "tier_2", "tier_3", "all") },
        { requiredKeys: [] },
      ),
      { nil: undefined },
    ),
    reason: fc.constantFrom(undefined, undefined, ...reasons),
    tier: fc.option(tier, { nil: undefined }),
    q: fc.constantFrom(undefined, undefined, "a", "ab", "b_a"),
  }),
});

describe("for every programme", () => {
  it("each bucket's download has the rows of the paged list, in its order", async () => {
    await fc.assert(
      fc.asyncProperty(programme, async ({ tierEligibility, enabled, creators, filters }) => {
        const client = await aClient(db, { tiers: [0, 1000, 3000] });
        const missionId = await aMission(db, client, { tierEligibility, enabled, rewardId: null });
        for (const { handle, tier: own, isSeeded } of creators) {
          const user = await aCreator(db, client, { handle, tier: own });
          if (isSeeded) await aProgressRow(db, client, user, missionId, { status: "dormant" });
        }
        const caller = await callerAs(db, "viewer", client);
        for (const bucket of [undefined, ...buckets]) {
          const chosen = Object.fromEntries(
            Object.entries({ missionId, bucket, ...filters }).filter(([, value]) => value !== undefined),
          ) as { missionId: string };
          const listed: EligibilityRow[] = [];
          for (let after: string | undefined; ;) {
            const page = await caller.eligibility.list({ clientId: client, ...chosen, after, limit: 2 });
            listed.push(...page.rows);
            if (page.next === null) break;
            after = page.next;
          }
          const address = Object.entries(chosen).map(([name, value]) => [
            name,
            typeof value === "string" ? value : JSON.stringify(value),
          ]);
          const { rows } = await exported(
            db,
            client,
            "eligibility",
            Object.fromEntries(address) as Record<string, string>,
          );
          expect(rows.map(({ Creator }) => Creator)).toEqual(listed.map(({ handle }) => handle));
          expect(rows.length).toBe(await caller.eligibility.count({ clientId: client, ...chosen }));
        }
      }),
      { numRuns: 12 },
    );
  });
});
