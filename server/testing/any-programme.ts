/** Programmes as fast-check makes them: ladders, missions, creators and rows that fit together or do not. */
import fc from "fast-check";
import type { ClientId, MissionId, UserId } from "../base/ids.ts";
import type { RootDb } from "../db/pools.ts";
import { aClient, aCreator, aMission, aProgressRow } from "./builders.ts";

/** Tiers as creators and missions name them: of the ladder or not. */
export const anyTier = fc.constantFrom("tier_1", "tier_2", "tier_3", "tier_6", "silver of old");

export const anyProgramme = fc.record({
  rungs: fc.integer({ min: 0, max: 4 }),
  missions: fc.array(
    fc.record({
      tierEligibility: fc.oneof(anyTier, fc.constant("all")),
      enabled: fc.boolean(),
      activated: fc.boolean(),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  creators: fc.array(
    fc.record({
      tier: anyTier,
      /** the missions of which there is a row, by their place */
      rows: fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 2 }),
      cycle: fc.integer({ min: 1, max: 2 }),
    }),
    { maxLength: 8 },
  ),
});
export type AnyProgramme = typeof anyProgramme extends fc.Arbitrary<infer T> ? T : never;

/** Writes such a programme for a client of its own. */
export async function build(
  db: RootDb,
  { rungs, missions, creators }: AnyProgramme,
): Promise<{ client: ClientId; missions: MissionId[]; creators: UserId[] }> {
  const client = await aClient(db, { tiers: [0, 1000, 3000, 10_000].slice(0, rungs) });
  const ids: MissionId[] = [];
  for (const mission of missions) ids.push(await aMission(db, client, { ...mission, rewardId: null }));
  const users: UserId[] = [];
  for (const { tier: current, rows, cycle } of creators) {
    const user = await aCreator(db, client, { tier: current });
    users.push(user);
    for (const index of new Set(rows)) {
      const mission = ids[index];
      if (mission !== undefined) await aProgressRow(db, client, user, mission, { cycle, status: "dormant" });
    }
  }
  return { client, missions: ids, creators: users };
}
