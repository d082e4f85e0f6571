/** A mission still being written: the numbers of saving it, and nothing in the database. */
import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import type { ClientId } from "../../base/ids.ts";
import { sql } from "../../db/db.ts";
import { anyProgramme, build } from "../../testing/any-programme.ts";
import { aClient, aCreator, aMission, aProgressRow, aReward, asOwner, aVideo } from "../../testing/builders.ts";
import { callerAs } from "../../testing/caller.ts";
import { testDatabase } from "../../testing/database.ts";
import { pictureOf } from "../../testing/picture.ts";
import type { DraftFault, draftInput } from "./schema.ts";

const db = testDatabase();
const now = new Date("2026-11-22T17:00:00Z");
const owner = (client: ClientId) => callerAs(db, "owner", client, { now });

/** Rows of every table there is, of all clients. */
async function rowCounts(): Promise<Record<string, number>> {
  return asOwner(db, async (tx) => {
    const tables = await tx.query<{ name: string; rows: number }>(sql`
      select c.relname::text as name, (xpath('/row/c/text()', query_to_xml(format('select count(*) as c from %I', c.relname), false, true, '')))[1]::text::int as rows
      from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace`);
    return Object.fromEntries(tables.map(({ name, rows }) => [name, rows]));
  });
}

describe("a draft", () => {
  it("is judged for every programme as the mission that saving and enabling it makes", async () => {
    await fc.assert(
      fc.asyncProperty(anyProgramme, fc.constantFrom("all", "tier_1", "tier_2", "tier_3"), async (shape, tier) => {
        fc.pre(tier === "all" || Number(tier.slice(-1)) <= shape.rungs);
        const { client } = await build(db, shape);
        const caller = await owner(client);
        const form = { clientId: client, missionType: "videos", targetValue: "3", tierEligibility: tier } as const;
        const draft = await caller.eligibility.previewDraft(form);
        const { id: missionId } = await caller.missions.create({ ...form, title: "Real", enabled: true });
        const { counts, byReason, byTier } = await caller.eligibility.preview({ clientId: client, missionId });
        expect(draft).toMatchObject({ faults: [], counts, byReason, byTier });
        expect(draft.relax).toEqual(await caller.eligibility.relax({ clientId: client, missionId }));
        for (const kind of ["tier", "target"] as const) {
          const near = await caller.eligibility.nearMissCounts({ clientId: client, missionId, kind });
          expect(draft.nearMisses![kind]).toEqual(near);
        }
      }),
      { numRuns: 8 },
    );
  });

  it("leaves nothing: no mission, no audit entry, no row of any log, no plan", async () => {
    const client = await aClient(db);
    const reward = await aReward(db, client, { value: { amount: 12.25 } });
    for (const handle of ["amy", "bob"]) {
      await aVideo(db, client, await aCreator(db, client, { handle, tier: "tier_2" }), { gmv: 950 });
    }
    const caller = await owner(client);
    const before = { rows: await rowCounts(), picture: await pictureOf(db, client) };
    const draft = await caller.eligibility.previewDraft({
      clientId: client,
      missionType: "sales_dollars",
      targetValue: "1000",
      tierEligibility: "tier_2",
      rewardId: reward,
    });
    expect(draft).toMatchObject({
      computedAt: now,
      faults: [],
      counts: { willCreate: 2, alreadySeeded: 0, total: 2 },
      rewardCeiling: { amount: "24.50", each: "12.25", currency: "USD" },
      nearMisses: { tier: { total: 0 }, target: { total: 2, reached: 0, over: 0 } },
    });
    expect({ rows: await rowCounts(), picture: await pictureOf(db, client) }).toEqual(before);
  });

  it.each<[string, z.input<typeof draftInput>, DraftFault["field"][], number | null]>([
    ["without a target", { missionType: "videos" }, ["targetValue"], null],
    ["with half a number", { missionType: "sales_dollars", targetValue: "10." }, ["targetValue"], null],
    ["counting half a video", { missionType: "videos", targetValue: "2.5" }, ["targetValue"], null],
    ["for a raffle without its day", { missionType: "raffle" }, ["raffleEndDate"], null],
    ["for a raffle with half a day", { missionType: "raffle", raffleEndDate: "2026-1" }, ["raffleEndDate"], null],
    ["with a reward of nobody", { missionType: "videos", targetValue: "5", rewardId: randomUUID() }, ["rewardId"], 0],
    ["that is good", { missionType: "videos", targetValue: "5" }, [], 0],
    ["for a raffle that is good", { missionType: "raffle", raffleEndDate: "2026-12-24" }, [], null],
  ])("%s answers who would get it, and what is missing as values", async (_, form, fields, near) => {
    const client = await aClient(db);
    await aCreator(db, client);
    const caller = await owner(client);
    const draft = await caller.eligibility.previewDraft({ clientId: client, ...form });
    expect(draft.faults.map(({ field }) => field)).toEqual(fields);
    expect(draft.faults.every(({ message }) => message.endsWith("."))).toBe(true);
    expect(draft.counts).toMatchObject({ willCreate: 1, total: 1 });
    expect(draft.nearMisses!.target?.total ?? null).toBe(near);
  });

  it.each([
    ["", "Choose a tier, or all tiers."],
    ["tier_9", "The ladder has no tier tier_9."],
  ])("for the tier %j judges nobody and says so", async (tierEligibility, message) => {
    const client = await aClient(db);
    await aCreator(db, client);
    const caller = await owner(client);
    const form = {
      clientId: client,
      missionType: "videos",
      targetValue: "5",
      tierEligibility,
      nearMisses: false,
    } as const;
    const draft = await caller.eligibility.previewDraft(form);
    expect(draft.faults).toEqual([{ field: "tierEligibility", message }]);
    expect(draft).toMatchObject({ counts: { willCreate: 0, unknown: 1 }, nearMisses: null });
  });
});

describe("a mission that is being changed", () => {
  it("is judged with its rows, as if it were enabled, and stays as it is", async () => {
    const client = await aClient(db);
    const missionId = await aMission(db, client, { enabled: false, tierEligibility: "tier_4", targetValue: 1000 });
    const held = await aCreator(db, client, { tier: "tier_1" });
    await aVideo(db, client, held, { gmv: 480 });
    await aProgressRow(db, client, held, missionId);
    for (const tier of ["tier_1", "tier_2", "tier_3"]) await aCreator(db, client, { tier });
    const caller = await owner(client);
    const before = await pictureOf(db, client);
    const form = {
      clientId: client,
      missionId,
      missionType: "sales_dollars",
      targetValue: "500",
      tierEligibility: "tier_3",
    } as const;
    const draft = await caller.eligibility.previewDraft(form);
    expect(draft).toMatchObject({
      faults: [],
      counts: { willCreate: 1, alreadySeeded: 1, notEligible: 2, unknown: 0 },
      rewardCeiling: null,
      relax: [{ kind: "lower_tier", tierName: "Silver", adds: 1 }],
      nearMisses: { target: { total: 1 } },
    });
    expect(await pictureOf(db, client)).toEqual(before);
  });

  it("may keep a tier of an older system, and is NOT_FOUND when it is another client's", async () => {
    const client = await aClient(db);
    const missionId = await aMission(db, client, { tierEligibility: "old", missionType: "videos" });
    const caller = await owner(client);
    const form = { clientId: client, missionType: "videos", targetValue: "5" } as const;
    expect((await caller.eligibility.previewDraft({ ...form, missionId, tierEligibility: "old" })).faults).toEqual([]);
    const strange = await aMission(db, await aClient(db));
    await expect(caller.eligibility.previewDraft({ ...form, missionId: strange })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});
