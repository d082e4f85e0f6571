/** Supposing terms answers what saving them would (domain reference, section 3), and loosening a rule brings what it promises. */
import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ClientId, MissionId } from "../../base/ids.ts";
import { sql } from "../../db/db.ts";
import { anyProgramme, anyTier, build } from "../../testing/any-programme.ts";
import { aClient, aCreator, aMission, aProgressRow, asOwner } from "../../testing/builders.ts";
import { callerAs } from "../../testing/caller.ts";
import { testDatabase } from "../../testing/database.ts";
import type { WhatIf } from "../schema.ts";

const db = testDatabase();
const RUNS = { numRuns: 12 };

const anyTerms = fc.record(
  { tierEligibility: fc.oneof(anyTier, fc.constant("all")), enabled: fc.boolean() },
  { requiredKeys: [] },
);

/** Saves terms as SQL, which takes also what the console refuses. */
function save(client: ClientId, mission: MissionId, { tierEligibility, enabled }: WhatIf): Promise<number> {
  return asOwner(db, (owner) =>
    owner.execute(sql`
      update missions set tier_eligibility = coalesce(${tierEligibility ?? null}, tier_eligibility),
        enabled = coalesce(${enabled ?? null}::boolean, enabled)
      where client_id = ${client}::uuid and id = ${mission}::uuid`),
  );
}

type Caller = Awaited<ReturnType<typeof callerAs>>;

/** Everything that preview, list and count say of a mission. */
async function answers(caller: Caller, input: { clientId: ClientId; missionId: MissionId; whatIf?: WhatIf }) {
  const { counts, byReason, byTier, waterfall } = await caller.eligibility.preview(input);
  const window = await caller.eligibility.window(input);
  const { rows } = await caller.eligibility.list({ ...input, limit: 200 });
  const totals: number[] = [];
  for (const bucket of ["will_create", "already_seeded", "not_eligible", "unknown"] as const) {
    totals.push(await caller.eligibility.count({ ...input, bucket }));
  }
  return { counts, byReason, byTier, waterfall, window, rows, totals };
}

describe("what if", () => {
  it("answers for every programme exactly what saving those terms answers", async () => {
    await fc.assert(
      fc.asyncProperty(anyProgramme, anyTerms, async (shape, terms) => {
        const { client, missions } = await build(db, shape);
        const caller = await callerAs(db, "viewer", client);
        const ladder = ["tier_1", "tier_2", "tier_3", "tier_4"].slice(0, shape.rungs);
        const { tierEligibility, enabled } = terms;
        for (const [index, missionId] of missions.entries()) {
          const input = { clientId: client, missionId };
          const saved = shape.missions[index]!;
          const asIs = await answers(caller, input);
          const isKnown =
            tierEligibility === undefined || ["all", saved.tierEligibility, ...ladder].includes(tierEligibility);
          if (!isKnown) {
            await expect(answers(caller, { ...input, whatIf: terms })).rejects.toMatchObject({ code: "BAD_REQUEST" });
            continue;
          }
          const supposed = await answers(caller, { ...input, whatIf: terms });
          const { isWhatIf } = await caller.eligibility.preview({ ...input, whatIf: terms });
          expect(isWhatIf).toBe(
            (enabled ?? saved.enabled) !== saved.enabled ||
              (tierEligibility ?? saved.tierEligibility) !== saved.tierEligibility,
          );
          expect(await answers(caller, input)).toEqual(asIs);
          await save(client, missionId, terms);
          expect(supposed).toEqual(await answers(caller, input));
        }
      }),
      RUNS,
    );
  });

  it.each<[string, WhatIf, string]>([
    [
      "a tier that is not in the ladder",
      { tierEligibility: "tier_9" },
      "whatIf.tierEligibility: The ladder has no tier tier_9.",
    ],
    ["a target of nothing", { targetValue: "0.00" }, "whatIf.targetValue: The target must be above 0."],
    ["half a video", { targetValue: "2.5" }, "whatIf.targetValue: This target counts things"],
  ])("refuses %s, naming the field, wherever it is asked", async (_, whatIf, message) => {
    const clientId = await aClient(db);
    const missionId = await aMission(db, clientId, { missionType: "videos", targetValue: 5 });
    const caller = await callerAs(db, "viewer", clientId);
    const input = { clientId, missionId, whatIf };
    const asked = [
      caller.eligibility.preview(input),
      caller.eligibility.list(input),
      caller.eligibility.count(input),
      caller.eligibility.relax(input),
      caller.eligibility.nearMisses({ ...input, kind: "tier" }),
      caller.eligibility.nearMissCounts({ ...input, kind: "target" }),
    ];
    for (const answer of await Promise.allSettled(asked)) {
      expect(answer).toMatchObject({ status: "rejected", reason: { code: "BAD_REQUEST" } });
      const { message: said, cause } = (answer as PromiseRejectedResult).reason as {
        message: string;
        cause: { field: string };
      };
      expect(`${cause.field}: ${said}`).toContain(message);
    }
  });

  it("takes the saved terms for no what-if, also a tier of an older system and a target written otherwise", async () => {
    const clientId = await aClient(db);
    const missionId = await aMission(db, clientId, { tierEligibility: "silver of old", targetValue: "1000" });
    const caller = await callerAs(db, "viewer", clientId);
    const asking = (whatIf: WhatIf) => caller.eligibility.preview({ clientId, missionId, whatIf });
    const same = await asking({ enabled: true, tierEligibility: "silver of old", targetValue: "1000.00" });
    expect(same.isWhatIf).toBe(false);
    expect((await asking({ targetValue: "1000.01" })).isWhatIf).toBe(true);
    await expect(asking({ targetValue: "1000.001" })).rejects.toThrow("A number such as 1000 or 1000.50");
  });
});

describe("eligibility.relax", () => {
  it("names every rule that removes creators, and each hint brings exactly what it promises", async () => {
    await fc.assert(
      fc.asyncProperty(anyProgramme, async (shape) => {
        const { client, missions } = await build(db, shape);
        const caller = await callerAs(db, "viewer", client);
        for (const missionId of missions) {
          const input = { clientId: client, missionId };
          const { counts, byReason } = await caller.eligibility.preview(input);
          const hints = await caller.eligibility.relax(input);
          const removing = Object.entries(byReason).filter(([, count]) => count > 0);
          expect(new Set(hints.map(({ reason }) => reason))).toEqual(new Set(removing.map(([reason]) => reason)));
          for (const { reason, removes, adds, whatIf, sentence } of hints) {
            expect(removes).toBe(byReason[reason]);
            expect(sentence).toMatch(/^[1-9A-Z].*\.$/);
            if (whatIf === null) continue;
            const loosened = await caller.eligibility.preview({ ...input, whatIf });
            expect(loosened.counts.willCreate - counts.willCreate).toBe(adds);
            if (reason === "tier_too_low") expect(adds).toBeGreaterThan(0);
          }
        }
      }),
      RUNS,
    );
  });

  it("lowers the tier by one step, passing over rungs that bring nobody, from the terms already supposed", async () => {
    const clientId = await aClient(db);
    const missionId = await aMission(db, clientId, { enabled: false, tierEligibility: "tier_4" });
    for (const tier of ["tier_1", "tier_1", "tier_2", "tier_2", "tier_2", "?"]) await aCreator(db, clientId, { tier });
    await aProgressRow(db, clientId, await aCreator(db, clientId, { tier: "tier_3" }), missionId);
    const caller = await callerAs(db, "viewer", clientId);
    const relax = (whatIf?: WhatIf) => caller.eligibility.relax({ clientId, missionId, whatIf });

    expect(await relax()).toEqual([
      {
        kind: "enable",
        reason: "mission_disabled",
        removes: 6,
        adds: 0,
        tierName: null,
        whatIf: { enabled: true },
        sentence: "6 are held back because the mission is not enabled. Enabling it would add nobody.",
      },
    ]);
    expect(await relax({ enabled: true })).toMatchObject([
      {
        kind: "accept_all",
        removes: 1,
        adds: 6,
        whatIf: { enabled: true, tierEligibility: "all" },
        sentence:
          "1 creator cannot be judged because the ladder does not have their tier. Opening the mission to all tiers would add 6, those of lower tiers among them.",
      },
      { kind: "put_tiers_right", removes: 1, adds: null, whatIf: null },
      {
        kind: "lower_tier",
        removes: 5,
        adds: 3,
        tierName: "Silver",
        whatIf: { enabled: true, tierEligibility: "tier_2" },
        sentence: "5 are below Platinum. Accepting Silver would add 3.",
      },
    ]);
    expect(await relax({ enabled: true, tierEligibility: "tier_2" })).toMatchObject([
      { kind: "accept_all" },
      { kind: "put_tiers_right" },
      { kind: "lower_tier", adds: 2, tierName: "Bronze", whatIf: { enabled: true, tierEligibility: "tier_1" } },
    ]);
    expect(await relax({ enabled: true, tierEligibility: "all" })).toEqual([]);
  });

  it("offers the lowest tier where the mission's is not in the ladder, and all where there is no ladder", async () => {
    for (const tiers of [[0, 1000], []]) {
      const clientId = await aClient(db, { tiers });
      const missionId = await aMission(db, clientId, { tierEligibility: "old" });
      for (const tier of ["tier_1", "tier_2", "gone"]) await aCreator(db, clientId, { tier });
      const caller = await callerAs(db, "viewer", clientId);
      const hasLadder = tiers.length > 0;
      expect(await caller.eligibility.relax({ clientId, missionId })).toMatchObject([
        {
          kind: "choose_tier",
          removes: 3,
          adds: hasLadder ? 2 : 3,
          tierName: hasLadder ? "Bronze" : null,
          whatIf: { tierEligibility: hasLadder ? "tier_1" : "all" },
        },
      ]);
    }
  });

  it("answers NOT_FOUND for a mission of nobody here", async () => {
    const clientId = await aClient(db);
    const caller = await callerAs(db, "viewer", clientId);
    for (const missionId of [randomUUID(), await aMission(db, await aClient(db))]) {
      await expect(caller.eligibility.relax({ clientId, missionId })).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
  });
});
