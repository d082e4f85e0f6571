/** The coverage matrix adds up to what the missions say of themselves. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyProgramme, build } from "../../testing/any-programme.ts";
import { aClient, aCreator, aMission, aProgressRow } from "../../testing/builders.ts";
import { callerAs } from "../../testing/caller.ts";
import { testDatabase } from "../../testing/database.ts";

const db = testDatabase();
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

describe("eligibility.coverage", () => {
  it("adds up to every mission's counts, by tier to its preview, as saved and as if enabled", async () => {
    await fc.assert(
      fc.asyncProperty(anyProgramme, fc.boolean(), async (shape, asIfEnabled) => {
        const { client, missions } = await build(db, shape);
        const caller = await callerAs(db, "viewer", client);
        const matrix = await caller.eligibility.coverage({ clientId: client, asIfEnabled });
        expect(sum(matrix.tiers.map(({ creators }) => creators))).toBe(shape.creators.length);
        expect(new Set(matrix.missions.map(({ missionId }) => missionId))).toEqual(new Set(missions));
        const counts = await caller.missions.counts({ clientId: client, missionIds: missions });
        for (const { missionId, cells, total } of matrix.missions) {
          const whatIf = asIfEnabled ? { enabled: true } : undefined;
          const preview = await caller.eligibility.preview({ clientId: client, missionId, whatIf });
          for (const name of ["eligible", "seeded", "notSeeded"] as const) {
            expect(sum(cells.map((cell) => cell[name]))).toBe(total[name]);
          }
          const saved = counts.find((one) => one.missionId === missionId)!;
          expect(total.seeded).toBe(saved.seeded);
          expect(total.notSeeded).toBe(preview.counts.willCreate);
          if (!asIfEnabled) expect(total).toMatchObject({ eligible: saved.eligible, notSeeded: saved.notSeeded });
          const byTier = matrix.tiers.map(({ tierId }, index) => [
            tierId,
            cells[index]!.notSeeded,
            cells[index]!.seeded,
          ]);
          expect(byTier).toEqual(preview.byTier.map((tier) => [tier.tierId, tier.willCreate, tier.alreadySeeded]));
        }
      }),
      { numRuns: 12 },
    );
  });

  it("has a column for every tier of the ladder, and for unknown ones where anybody has them", async () => {
    const clientId = await aClient(db, { tiers: [0, 1000, 3000] });
    const gold = await aMission(db, clientId, { tierEligibility: "tier_3" });
    const draft = await aMission(db, clientId, { enabled: false });
    const risen = await aCreator(db, clientId, { tier: "tier_3" });
    const fallen = await aCreator(db, clientId, { tier: "tier_1" });
    await aCreator(db, clientId, { tier: "tier_3" });
    await aCreator(db, clientId, { tier: "bronze" });
    for (const creator of [risen, fallen]) await aProgressRow(db, clientId, creator, gold);
    const caller = await callerAs(db, "viewer", clientId);
    const { tiers, missions } = await caller.eligibility.coverage({ clientId });
    expect(tiers.map(({ tierId, tierName, creators }) => [tierId, tierName, creators])).toEqual([
      ["tier_1", "Bronze", 1],
      ["tier_2", "Silver", 0],
      ["tier_3", "Gold", 2],
      ["bronze", null, 1],
    ]);
    const none = { eligible: 0, seeded: 0, notSeeded: 0 };
    const of = (id: string) => missions.find(({ missionId }) => missionId === id)!;
    expect(of(gold).cells).toEqual([
      { eligible: 0, seeded: 1, notSeeded: 0 },
      none,
      { eligible: 2, seeded: 1, notSeeded: 1 },
      none,
    ]);
    expect(of(gold).total).toEqual({ eligible: 2, seeded: 2, notSeeded: 1 });
    expect(of(draft)).toMatchObject({ state: "draft", total: none });
    const { missions: supposed } = await caller.eligibility.coverage({ clientId, asIfEnabled: true });
    expect(supposed.find(({ missionId }) => missionId === draft)!.total).toEqual({
      eligible: 4,
      seeded: 0,
      notSeeded: 4,
    });
  });

  it("stands also without creators or ladder, and shows nothing of another client", async () => {
    const clientId = await aClient(db, { tiers: [] });
    await aCreator(db, await aClient(db));
    const caller = await callerAs(db, "viewer", clientId);
    expect(await caller.eligibility.coverage({ clientId })).toMatchObject({ tiers: [], missions: [] });
    await aMission(db, clientId);
    expect((await caller.eligibility.coverage({ clientId })).missions).toMatchObject([
      { cells: [], total: { eligible: 0 } },
    ]);
  });
});
