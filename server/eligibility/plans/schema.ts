import { z } from "zod";
import type { MissionDto } from "../../missions/schema.ts";
import type { BucketCounts } from "../schema.ts";

export const planInput = z.object({ planId: z.guid() });
/** Without `missionIds` every mission that is enabled. */
export const programmePreviewInput = z.object({ missionIds: z.array(z.guid()).min(1).max(200).optional() });
export type ProgrammePreviewInput = z.infer<typeof programmePreviewInput>;

/** One mission of a plan, as it was shown. */
export interface PlannedMission {
  missionId: string;
  counts: BucketCounts;
  statusToBeWritten: "active" | "dormant";
}

/** A preview that can be run as it was shown. It can be read after it went stale or expired, until it is swept a week later. */
export interface PlanDto {
  id: string;
  computedAt: Date;
  expiresAt: Date;
  isExpired: boolean;
  byName: string;
  /** the plan of an activation: its mission was judged as if it were enabled */
  supposesEnabled: boolean;
  /** null until it was run */
  seedId: string | null;
  counts: BucketCounts;
  missions: (PlannedMission & { missionName: string })[];
}

/** A preview of several missions: pairs of creator and mission, summed and per mission. */
export interface ProgrammePreviewDto {
  /** null when no mission was there to preview */
  planId: string | null;
  planExpiresAt: Date | null;
  computedAt: Date;
  counts: BucketCounts;
  missions: (Omit<PlannedMission, "missionId"> & {
    mission: MissionDto;
    rewardCeiling: { amount: string; each: string; currency: string } | null;
  })[];
  /** what all rows to be created may cost; null when none of their rewards has a money value */
  rewardCeiling: { amount: string; currency: string } | null;
  /** rows to be created whose reward has no money value, or that have no reward */
  rowsWithoutMoneyValue: number;
}

/** What became different between a plan and now. The first three change which rows are created, the last what is frozen in them. */
export const driftKinds = ["newly_eligible", "no_longer_eligible", "seeded_meanwhile", "window_changed"] as const;
export type DriftKind = (typeof driftKinds)[number];

/** Those of one kind, all of them, for a download. */
export const planDriftFilters = planInput.extend({ kind: z.enum(driftKinds) });

export interface DriftSide {
  tierId: string | null;
  tierName: string | null;
  windowStart: Date | null;
  windowEnd: Date | null;
}

/** One creator and mission about whom plan and present disagree. */
export interface DriftRow {
  userId: string;
  handle: string;
  missionId: string;
  missionName: string;
  /** null: the creator was not there when the plan was made, or is not there now */
  before: DriftSide | null;
  after: DriftSide | null;
}

/** A change of a mission's terms since the plan, whoever made it. */
export interface TermChange {
  missionId: string;
  missionName: string;
  field: "tierEligibility" | "enabled" | "activated";
  before: string;
  after: string;
}

/** Everything that differs, by name: exact totals, and up to 200 creators per kind. */
export interface DriftDto {
  kinds: Record<DriftKind, { total: number; rows: DriftRow[] }>;
  terms: TermChange[];
  /** the ladder's order changed */
  isLadderChanged: boolean;
}

/**
 * Whether running the plan now would write anything else than it promised: other rows, other windows, or another status. Terms
 * that changed without any of that (a mission's tier lowered to one that nobody has) are no reason to refuse.
 */
export function isStale(drift: DriftDto, missions: readonly PlannedMission[]): boolean {
  if (Object.values(drift.kinds).some(({ total }) => total > 0)) return true;
  const creating = new Set(missions.filter(({ counts }) => counts.willCreate > 0).map(({ missionId }) => missionId));
  return drift.terms.some(({ field, missionId }) => field === "activated" && creating.has(missionId));
}
