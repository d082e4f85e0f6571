/** Questions that look at a whole programme are given the time that a million creators take, not that of a usual request. */
import { beforeAll, describe, expect, it } from "vitest";
import type { RootDb } from "./db/pools.ts";
import { createCaller } from "./router.ts";
import { anAdmin, contextFor } from "./testing/caller.ts";
import { testDatabase } from "./testing/database.ts";
import { aProgramme, type Programme } from "./testing/programme.ts";

const db = testDatabase();
let programme: Programme;
beforeAll(async () => {
  programme = await aProgramme(db);
});

/** The same database, which notes how long each transaction may take. */
function timed(limits: number[]): RootDb {
  const prisma = new Proxy(db.prisma, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (name !== "$transaction" || typeof value !== "function") return value;
      return (work: unknown, options: { timeout: number }): unknown => {
        limits.push(options.timeout);
        return value.call(target, work, options);
      };
    },
  });
  return { ...db, homes: db.homes, prisma };
}

type Caller = ReturnType<typeof createCaller>;
type Question = (caller: Caller, of: Programme) => Promise<unknown>;

const minutes = (count: number) => count * 60_000;

const questions: Record<string, Question> = {
  "missions.activationFacts": (caller, of) => caller.missions.activationFacts(of),
  "missions.lint": (caller, of) => caller.missions.lint(of),
  "missions.backtest": (caller, of) => caller.missions.backtest({ ...of, window: "previous" }),
  "progress.distribution": (caller, of) => caller.progress.distribution(of),
  "eligibility.preview": (caller, of) => caller.eligibility.preview(of),
  "eligibility.previewMany": (caller, of) => caller.eligibility.previewMany({ clientId: of.clientId }),
  "eligibility.previewDraft": (caller, { clientId }) =>
    caller.eligibility.previewDraft({ clientId, missionType: "videos", targetValue: "5" }),
  "eligibility.previewDraft of one that stands": (caller, of) =>
    caller.eligibility.previewDraft({ ...of, missionType: "videos", targetValue: "5" }),
  "eligibility.window": (caller, of) => caller.eligibility.window(of),
  "eligibility.count": (caller, of) => caller.eligibility.count(of),
  "eligibility.relax": (caller, of) => caller.eligibility.relax(of),
  "eligibility.coverage": (caller, of) => caller.eligibility.coverage(of),
  "eligibility.nearMisses": (caller, of) => caller.eligibility.nearMisses({ ...of, kind: "target" }),
  "eligibility.nearMissCounts": (caller, of) => caller.eligibility.nearMissCounts({ ...of, kind: "tier" }),
  "seeding.count": (caller, of) => caller.seeding.count(of),
  "seeding.counts": (caller, of) => caller.seeding.counts({ ...of, seedIds: [of.seedId] }),
  "seeding.rows": (caller, of) => caller.seeding.rows(of),
  "seeding.rowCount": (caller, of) => caller.seeding.rowCount(of),
};

async function limitsOf(question: Question): Promise<number> {
  const limits: number[] = [];
  const actor = await anAdmin(db, programme.clientId, "owner");
  const caller = createCaller(contextFor(timed(limits), actor));
  await question(caller, programme);
  return Math.max(...limits);
}

describe("two minutes", () => {
  it.each(Object.entries(questions))("are given to %s", async (_, question) => {
    expect(await limitsOf(question)).toBe(minutes(2));
  });
});

it("a plan is compared by name for as long as running it may take", async () => {
  expect(await limitsOf((caller, of) => caller.eligibility.drift(of))).toBe(minutes(15));
});
