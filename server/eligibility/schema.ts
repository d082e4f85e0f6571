import { z } from "zod";
import { pageInput } from "../base/paging.ts";
import { missionTarget } from "../missions/schema.ts";
import type { MissionDto } from "../missions/schema.ts";

/** The four buckets every creator falls into, and the reasons of two of them (domain reference, section 3). */
export const buckets = ["will_create", "already_seeded", "not_eligible", "unknown"] as const;
export type Bucket = (typeof buckets)[number];
export const reasons = ["mission_disabled", "mission_tier_unknown", "creator_tier_unknown", "tier_too_low"] as const;
export type Reason = (typeof reasons)[number];

/**
 * Terms of the mission to be supposed instead of the saved ones; nothing is saved. A supposed target changes nobody's eligibility,
 * only who is near it and what completing would cost.
 */
export const whatIf = z.object({
  enabled: z.boolean().optional(),
  tierEligibility: z.string().min(1).max(100).optional(),
  targetValue: missionTarget.optional(),
});
export type WhatIf = z.infer<typeof whatIf>;
export const previewInput = z.object({ missionId: z.guid(), whatIf: whatIf.optional() });
export type PreviewInput = z.infer<typeof previewInput>;
export const eligibilityFilters = z.object({
  missionId: z.guid(),
  whatIf: whatIf.optional(),
  bucket: z.enum(buckets).optional(),
  reason: z.enum(reasons).optional(),
  tier: z.string().max(100).optional(),
  /** part of a handle */
  q: z.string().max(100).optional(),
});
export type EligibilityFilters = z.infer<typeof eligibilityFilters>;
/** `userIds`: of the creators that the other filters let through only these, the ticked ones of a list */
export const eligibilityExportFilters = eligibilityFilters.extend({
  userIds: z.array(z.guid()).min(1).max(200).optional(),
});
export type EligibilityExportFilters = z.infer<typeof eligibilityExportFilters>;
/** sorted by handle */
export const eligibilityListInput = pageInput.extend(eligibilityFilters.shape);
export type EligibilityListInput = z.infer<typeof eligibilityListInput>;

export interface BucketCounts {
  willCreate: number;
  alreadySeeded: number;
  notEligible: number;
  unknown: number;
  total: number;
}

export interface TierCounts extends BucketCounts {
  /** the creators' own tier as stored */
  tierId: string;
  /** null when the ladder has no such tier */
  tierName: string | null;
  tierOrder: number | null;
  tierColor: string | null;
}

/** One bar of the waterfall: what remains after the gate, what dropped at it and into which bucket and reason. */
export interface WaterfallStep {
  gate: "all" | "enabled" | "not_seeded" | "tiers_known" | "tier_high_enough" | "will_create";
  remaining: number;
  dropped: number;
  bucket: Bucket | null;
}

export interface PreviewDto {
  mission: MissionDto;
  isWhatIf: boolean;
  computedAt: Date;
  /** runs exactly this preview (`seeding.applyPlan`, or `missions.activate` for a draft); null where other terms are supposed */
  planId: string | null;
  planExpiresAt: Date | null;
  counts: BucketCounts;
  byReason: Record<Reason, number>;
  /** ladder order, then unknown tiers by name; sums to counts */
  byTier: TierCounts[];
  waterfall: WaterfallStep[];
  statusToBeWritten: "active" | "dormant";
  /** will_create x the reward's amount; null when the reward has no money value or there is none */
  rewardCeiling: { amount: string; each: string; currency: string } | null;
}

/** The windows that a seed of this moment would freeze; null when no row has that side. */
export interface WindowRange {
  earliestStart: Date | null;
  latestEnd: Date | null;
  withoutStart: number;
  withoutEnd: number;
}

export interface EligibilityRow {
  userId: string;
  handle: string;
  tierId: string;
  tierName: string | null;
  tierColor: string | null;
  bucket: Bucket;
  reason: Reason | null;
  /** the client's metric over the creator's videos of the last 30 days: money or units as decimal text */
  metric30Days: string;
  /** of the row that exists, else of the one that would be written */
  windowStart: Date | null;
  windowEnd: Date | null;
  /** of the row that exists, else the one that would be written */
  status: "active" | "dormant" | "completed";
}
