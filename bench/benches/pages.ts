import { encodeCursor } from "../../server/base/paging.ts";
import type { EligibilityFilters } from "../../server/eligibility/schema.ts";
import type { Bench } from "../bench.ts";
import { handleAt, type KnownMissions, knownMissions } from "../data/known.ts";
import { byOwner, type Ground } from "../ground.ts";
import { p95, series } from "../measure.ts";
import { seeded } from "../pipeline.ts";
import { settle } from "../postgres.ts";
import { type Result, result } from "../result.ts";

type Combination = Omit<EligibilityFilters, "missionId" | "whatIf"> & { name: string; mission: keyof Chosen };
type Chosen = Pick<KnownMissions, "forAll" | "forTier1" | "forTier3" | "forTier4" | "draft">;

/**
 * What a mission's list can be asked for, the sparse ones included: nearly everybody is seeded, so `will_create` is few among
 * many; a top tier's mission has few rows; creators of an unknown tier are one in a hundred; a search may find nobody.
 */
const COMBINATIONS: readonly Combination[] = [
  { name: "all", mission: "forAll" },
  { name: "all of one tier", mission: "forAll", tier: "tier_3" },
  { name: "all found by three letters", mission: "forAll", q: "ber" },
  { name: "all found by a whole handle", mission: "forAll", q: "amber_jade.1" },
  { name: "all found by two letters", mission: "forAll", q: "lu" },
  { name: "already_seeded, nearly all", mission: "forAll", bucket: "already_seeded" },
  { name: "already_seeded, few", mission: "forTier4", bucket: "already_seeded" },
  { name: "already_seeded, few, of one tier", mission: "forTier4", bucket: "already_seeded", tier: "tier_4" },
  { name: "already_seeded, few, searched", mission: "forTier4", bucket: "already_seeded", q: "luna" },
  { name: "already_seeded, of a tier without any", mission: "forTier4", bucket: "already_seeded", tier: "tier_1" },
  { name: "will_create, few among many", mission: "forTier3", bucket: "will_create" },
  { name: "will_create, few, of one tier", mission: "forTier3", bucket: "will_create", tier: "tier_3" },
  { name: "will_create, few, searched", mission: "forTier3", bucket: "will_create", q: "olive" },
  { name: "will_create, nobody", mission: "forAll", bucket: "will_create" },
  { name: "not_eligible, most", mission: "forTier4", bucket: "not_eligible" },
  { name: "not_eligible by reason tier_too_low", mission: "forTier3", reason: "tier_too_low" },
  { name: "tier_too_low of one tier", mission: "forTier4", reason: "tier_too_low", tier: "tier_3" },
  { name: "tier_too_low, searched", mission: "forTier3", reason: "tier_too_low", q: "coral" },
  { name: "mission_disabled", mission: "draft", reason: "mission_disabled" },
  { name: "unknown, one in a hundred", mission: "forTier1", bucket: "unknown" },
  { name: "creator_tier_unknown", mission: "forTier1", reason: "creator_tier_unknown" },
  { name: "creator_tier_unknown, searched", mission: "forTier1", reason: "creator_tier_unknown", q: "ember" },
  { name: "a search that finds nobody", mission: "forAll", q: "zzz" },
];

/** Where a page begins: at the first creator, half-way, and near the end. */
type Depths = readonly { after?: string }[];

async function depthsOf(ground: Ground): Promise<Depths> {
  const after = async (share: number) => ({ after: encodeCursor([await handleAt(ground, share)]) });
  return [{}, await after(0.5), await after(0.98)];
}

export const pagesBench: Bench = {
  name: "pages",
  about: "a page of every combination of bucket, reason, tier and search, first and deep, and the exact total",
  isCheap: true,
  run: async (ground) => {
    await seeded(ground);
    await openFew(ground);
    const missions = await knownMissions(ground);
    const depths = await depthsOf(ground);
    const results: Result[] = [];
    for (const combination of COMBINATIONS) {
      const { name, mission, ...filters } = combination;
      const asked = { clientId: ground.client, missionId: missions[mission], ...filters };
      results.push(await pagesOf(ground, name, asked, depths), await totalOf(ground, name, asked));
    }
    return results;
  },
};

type Asked = EligibilityFilters & { clientId: string };

/** The slowest of the depths: a page costs the same wherever it lies. */
async function pagesOf(ground: Ground, name: string, asked: Asked, depths: Depths): Promise<Result> {
  const size = { ...ground.size, calls: Math.min(60, ground.size.calls) };
  const taken: number[] = [];
  for (const from of depths) {
    taken.push(p95(await series(size, () => ground.caller.eligibility.list({ ...asked, ...from }))));
  }
  return result(`pages.${name}`, Math.max(...taken), "ms", 20);
}

/** Counters know every total without a search. */
async function totalOf(ground: Ground, name: string, asked: Asked): Promise<Result> {
  const size = { ...ground.size, calls: Math.min(60, ground.size.calls) };
  const taken = await series(size, () => ground.caller.eligibility.count(asked));
  return result(`totals.${name}`, p95(taken), "ms", asked.q === undefined ? 20 : 300);
}

/** So many creators rise before the next seeding, as during a day; the seeding after this bench finds them. */
const FEW = 200;

async function openFew(ground: Ground): Promise<void> {
  await byOwner(
    ground,
    `update users set current_tier = 'tier_3' where client_id = $1 and id in (
       select id from users where client_id = $1 and current_tier = 'tier_2' order by id limit $2::int)`,
    [ground.client, Math.min(FEW, Math.floor(ground.size.creators / 20))],
  );
  await settle(ground, "users", "eligibility_counts", "eligibility_changes");
}
