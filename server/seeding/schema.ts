import { z } from "zod";
import { pageInput } from "../base/paging.ts";
import type { ActivationDto } from "../missions/schema.ts";
import type { DriftDto } from "../eligibility/plans/schema.ts";

/** Without `missionIds` every mission of the client is seeded. */
export const seedRunInput = z.object({ missionIds: z.array(z.guid()).min(1).max(200).optional() });
export type SeedRunInput = z.infer<typeof seedRunInput>;
export const seedFilters = z.object({ missionId: z.guid().optional() });
export const seedListInput = pageInput.extend(seedFilters.shape);
export type SeedListInput = z.infer<typeof seedListInput>;

/** Runs a preview's plan as it was shown. */
export const seedApplyInput = z.object({ planId: z.guid() });

/**
 * `seeded`: exactly the plan; a plan that was run before answers 0 created and its own seed. `stale`: the world moved and nothing
 * was written. `expired`: too old to promise anything.
 */
export type SeedApplied =
  | ({ kind: "seeded"; planned: number } & SeedResultDto)
  | { kind: "stale"; drift: DriftDto }
  | { kind: "expired"; expiredAt: Date };

/** What came of an activation; as `SeedApplied` where it ran a plan. */
export type MissionActivated = ({ kind: "activated" } & ActivationDto) | Exclude<SeedApplied, { kind: "seeded" }>;

/** Counts of pairs (creator x mission) at the moment of seeding. `seedId` is null when nothing was there to create. */
export interface SeedResultDto {
  seedId: string | null;
  created: number;
  alreadySeeded: number;
  notEligible: number;
  unknown: number;
}

export interface SeedDto {
  id: string;
  at: Date;
  source: "console" | "activation" | "sync" | "cli" | "sql";
  byName: string;
  /** null: all missions */
  missions: { id: string; name: string }[] | null;
  created: number;
  alreadySeeded: number;
  notEligible: number;
  unknown: number;
  runNumber: number | null;
}
