import { z } from "zod";
import type { MissionDto } from "../../missions/schema.ts";

/** `asIfEnabled` judges missions that are switched off as if they were on; as saved, nobody is eligible for them. */
export const coverageInput = z.object({ asIfEnabled: z.boolean().default(false) });
export type CoverageInput = z.infer<typeof coverageInput>;

/** A column: creators by their own tier. */
export interface CoverageTier {
  tierId: string;
  /** null when the ladder has no such tier */
  tierName: string | null;
  tierOrder: number | null;
  tierColor: string | null;
  creators: number;
}

/** Creators of one tier as they stand to one mission. A seeded creator may no longer be eligible, so the two may differ either way. */
export interface CoverageCell {
  eligible: number;
  seeded: number;
  /** eligible and without a row: what a seed would create */
  notSeeded: number;
}

export interface CoverageMission extends Pick<
  MissionDto,
  "name" | "title" | "displayName" | "missionType" | "tierEligibility" | "tierName" | "state" | "enabled"
> {
  missionId: string;
  /** one per column, in the columns' order */
  cells: CoverageCell[];
  total: CoverageCell;
}

/** Missions x tiers. */
export interface CoverageDto {
  computedAt: Date;
  /** the ladder, lowest first, then tiers that only creators name */
  tiers: CoverageTier[];
  /** in the admin's own order */
  missions: CoverageMission[];
}
