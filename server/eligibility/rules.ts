import { isSameDecimal } from "../base/decimal.ts";
import type { MissionDto } from "../missions/schema.ts";
import type {
  Bucket,
  BucketCounts,
  EligibilityRow,
  PreviewDto,
  Reason,
  TierCounts,
  WaterfallStep,
  WhatIf,
} from "./schema.ts";

/** Creators of one tier in one bucket for one reason, as the database counted them; tiers of the ladder without creators too. */
export interface Group {
  tierId: string;
  tierName: string | null;
  tierOrder: number | null;
  tierColor: string | null;
  bucket: Bucket | null;
  reason: Reason | null;
  creators: number;
}

/** What a preview counts. */
export type Numbers = Pick<PreviewDto, "counts" | "byReason" | "byTier" | "waterfall">;

const counterOf = {
  will_create: "willCreate",
  already_seeded: "alreadySeeded",
  not_eligible: "notEligible",
  unknown: "unknown",
} as const satisfies Record<Bucket, keyof BucketCounts>;

/** What a preview supposes beyond what is saved; terms that equal the saved ones suppose nothing. */
export function supposed(
  mission: Pick<MissionDto, "enabled" | "tierEligibility" | "targetValue">,
  whatIf: WhatIf | undefined,
): { isWhatIf: boolean; isPlannable: boolean } {
  const { enabled = mission.enabled, tierEligibility = mission.tierEligibility } = whatIf ?? {};
  const isSameTarget = whatIf?.targetValue === undefined || isSameDecimal(whatIf.targetValue, mission.targetValue);
  const isSame = enabled === mission.enabled && tierEligibility === mission.tierEligibility && isSameTarget;
  // An activation enables a draft, so a draft supposed to be enabled can be run.
  const isSameTier = tierEligibility === mission.tierEligibility;
  return { isWhatIf: !isSame, isPlannable: isSameTier && isSameTarget && (enabled || !mission.enabled) };
}

/** Adds up the groups of one mission, in the order given, into the numbers of its preview (domain reference, section 3). */
export function previewNumbers(groups: readonly Group[]): Numbers {
  const counts = noCounts();
  const byReason = { mission_disabled: 0, mission_tier_unknown: 0, creator_tier_unknown: 0, tier_too_low: 0 };
  const byTier = new Map<string, TierCounts>();
  for (const group of groups) {
    const tier = byTier.get(group.tierId) ?? emptyTier(group);
    byTier.set(group.tierId, tier);
    if (group.bucket === null) continue;
    for (const sum of [counts, tier]) {
      sum[counterOf[group.bucket]] += group.creators;
      sum.total += group.creators;
    }
    if (group.reason !== null) byReason[group.reason] += group.creators;
  }
  return {
    counts,
    byReason,
    byTier: [...byTier.values()],
    waterfall: waterfallOf(counts, byReason),
  };
}

/** From all creators to those who will be seeded: every drop is one bucket, and the last bar is what a seed would create. */
function waterfallOf(counts: BucketCounts, byReason: Record<Reason, number>): WaterfallStep[] {
  const drops: Omit<WaterfallStep, "remaining">[] = [
    { gate: "all", dropped: 0, bucket: null },
    { gate: "enabled", dropped: byReason.mission_disabled, bucket: "not_eligible" },
    { gate: "not_seeded", dropped: counts.alreadySeeded, bucket: "already_seeded" },
    { gate: "tiers_known", dropped: counts.unknown, bucket: "unknown" },
    { gate: "tier_high_enough", dropped: byReason.tier_too_low, bucket: "not_eligible" },
    { gate: "will_create", dropped: 0, bucket: "will_create" },
  ];
  let remaining = counts.total;
  return drops.map((drop) => {
    remaining -= drop.dropped;
    return { ...drop, remaining };
  });
}

function noCounts(): BucketCounts {
  return { willCreate: 0, alreadySeeded: 0, notEligible: 0, unknown: 0, total: 0 };
}

function emptyTier({ tierId, tierName, tierOrder, tierColor }: Group): TierCounts {
  return { tierId, tierName, tierOrder, tierColor, ...noCounts() };
}

/** The buckets as the console calls them; a test holds the two together. */
export const bucketWords: Record<Bucket, string> = {
  will_create: "will be created",
  already_seeded: "already seeded",
  not_eligible: "not eligible",
  unknown: "cannot be judged",
};

/** The tier that a mission asks for, as it stands in the ladder. */
export interface TierRule {
  tierEligibility: string;
  /** null for all tiers and for one that is not in the ladder */
  tierName: string | null;
  isTop: boolean;
}

/** Why a creator stands in this bucket, in the console's words: "Tier Silver; needs Gold or higher". */
export function reasonSentence(
  row: Pick<EligibilityRow, "bucket" | "reason" | "tierName" | "tierId">,
  { tierEligibility, tierName, isTop }: TierRule,
): string {
  if (row.bucket === "already_seeded") return "Has a row; seeding leaves it as it is";
  if (row.reason === "mission_disabled") return "The mission is not enabled";
  if (row.reason === "mission_tier_unknown") {
    return `The mission asks for ${tierEligibility}, which is not in the ladder`;
  }
  if (row.reason === "creator_tier_unknown") return `Tier ${row.tierId} is not in the ladder`;
  if (tierEligibility === "all") return "Open to all tiers";
  const needed = tierName === null ? `${tierEligibility}, which is not in the ladder` : tierName;
  return `Tier ${row.tierName ?? row.tierId}; needs ${needed}${isTop || tierName === null ? "" : " or higher"}`;
}
