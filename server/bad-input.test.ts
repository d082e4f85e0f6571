/** Input that is well formed but cannot be: every list and every number says so in a sentence, none as a bug. */
import { TRPCError } from "@trpc/server";
import { describe, expect, it } from "vitest";
import { encodeCursor } from "./base/paging.ts";
import { aClient, aCreator, aMission } from "./testing/builders.ts";
import { callerAs } from "./testing/caller.ts";
import { testDatabase } from "./testing/database.ts";
import { dayFile, storeDay } from "./testing/day-files.ts";
import { rehearsed } from "./testing/rehearsals.ts";

const db = testDatabase();

const id = "00000000-0000-0000-0000-000000000000";
const keys = [
  [2 ** 31],
  [-(2 ** 31) - 1],
  [Number.MAX_SAFE_INTEGER],
  [2 ** 31, id],
  ["handle", 40_000],
  ["handle", 2 ** 31],
  ["2026-02-30 10:00:00.000001+00", 1, "seed"],
  ["2026-02-28 10:00:00.000001+00", 2 ** 31, "seed"],
  ["2026-02-28 10:00:00.000001+00", 1, "seed"],
  ["9999-99-99 99:99:99+00", id],
  ["2026-02-30 10:00:00.000001+00", id],
  ["0000-01-01 10:00:00+00", id],
  ["2026-13-01T00:00:00.000000Z", id],
  ["1e400000", "handle"],
  ["NaN", "handle"],
  ["1000.50", "handle"],
];

async function codeOf(ask: () => Promise<unknown>): Promise<string> {
  try {
    await ask();
    return "OK";
  } catch (error) {
    if (error instanceof TRPCError) return error.code;
    throw error;
  }
}

describe("a cursor that somebody made up", () => {
  it.each(keys.map((key) => [key]))("%j is refused, or names a place in the list", async (key) => {
    const clientId = await aClient(db);
    const missionId = await aMission(db, clientId);
    const userId = await aCreator(db, clientId);
    const { id: rehearsalId } = await rehearsed(db, clientId);
    const owner = await callerAs(db, "owner", clientId);
    const importId = await storeDay(db, clientId, dayFile([{}]));
    const { seedId } = await owner.seeding.run({ clientId });
    const { runId } = await owner.sync.start({ clientId });
    const outcomes: string[] = [];
    for (const side of ["after", "before"]) {
      const page = { clientId, [side]: encodeCursor(key) };
      const lists = {
        missions: () => owner.missions.list(page),
        rewards: () => owner.rewards.list(page),
        creators: () => owner.creators.list(page),
        ranks: () => owner.creators.list({ ...page, sort: "rank" }),
        timeline: () => owner.creators.timeline({ ...page, userId }),
        eligibility: () => owner.eligibility.list({ ...page, missionId }),
        nearest: () => owner.eligibility.nearMisses({ ...page, missionId, kind: "target" }),
        nearMisses: () => owner.eligibility.nearMisses({ ...page, missionId, kind: "tier", sort: "handle" }),
        progress: () => owner.progress.list({ ...page, missionId }),
        seeds: () => owner.seeding.list(page),
        seedRows: () => owner.seeding.rows({ ...page, seedId: seedId! }),
        redemptions: () => owner.redemptions.list(page),
        adjustments: () => owner.adjustments.list(page),
        imports: () => owner.imports.list(page),
        checked: () => owner.imports.rows({ ...page, importId, verdict: "created" }),
        newcomers: () => owner.imports.newCreators({ ...page, importId }),
        runs: () => owner.sync.list(page),
        found: () => owner.health.list({ ...page, code: "pairs_to_be_created" }),
        rehearsed: () => owner.sync.rehearsalChanges({ ...page, rehearsalId, kind: "promoted" }),
        deliveries: () => owner.notifications.deliveries(page),
        changed: () => owner.sync.changes({ ...page, runId, kind: "promoted" }),
        held: () => owner.sync.holdChanges({ ...page, runId, number: 1, kind: "demoted" }),
        audit: () => owner.audit.list(page),
      };
      for (const [name, list] of Object.entries(lists)) outcomes.push(`${name} ${side}: ${await codeOf(list)}`);
    }
    expect(outcomes).toHaveLength(46);
    expect(outcomes.filter((outcome) => !/: (OK|BAD_REQUEST)$/.test(outcome))).toEqual([]);
  });
});

describe("a number", () => {
  it.each([2 ** 31, Number.MAX_SAFE_INTEGER])("%d of a run is not found", async (number) => {
    const clientId = await aClient(db);
    const viewer = await callerAs(db, "viewer", clientId);
    expect(await codeOf(() => viewer.sync.getByNumber({ clientId, number }))).toBe("NOT_FOUND");
  });
});

describe("a text", () => {
  it.each(["a NUL\0", "half an emoji \ud83d"])("with %j, which cannot be stored, is refused", async (name) => {
    const clientId = await aClient(db);
    const owner = await callerAs(db, "owner", clientId);
    await aCreator(db, clientId, { handle: "anna" });
    const adjustment = { clientId, handle: "anna", adjustmentType: "bonus", value: "5", reason: name } as const;
    expect(await codeOf(() => owner.adjustments.create(adjustment))).toBe("BAD_REQUEST");
    expect(await codeOf(() => owner.missions.list({ clientId, q: name }))).toBe("BAD_REQUEST");
  });
});

describe("a day", () => {
  it("before the calendar begins is refused, naming the field", async () => {
    const clientId = await aClient(db);
    const owner = await callerAs(db, "owner", clientId);
    const raffle = { clientId, title: "Draw", missionType: "raffle", targetValue: "0" } as const;
    await expect(owner.missions.create({ ...raffle, raffleEndDate: "0000-01-01" })).rejects.toMatchObject({
      code: "BAD_REQUEST",
      message: expect.stringContaining("raffleEndDate") as string,
    });
    expect((await owner.missions.create({ ...raffle, raffleEndDate: "2020-01-01" })).state).toBe("ended");
  });
});
