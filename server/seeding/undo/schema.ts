import { z } from "zod";
import { pageInput } from "../../base/paging.ts";
import type { MissionType } from "../../missions/schema.ts";

export const undoInput = z.object({
  seedId: z.guid(),
  /** answers what an undo of this moment would do, and writes nothing */
  dryRun: z.boolean().default(false),
  /** missions of the seeding to be switched off in the same transaction; those that are off or lose no row are left alone */
  disableMissions: z.array(z.guid()).max(1000).default([]),
});
export type UndoInput = z.infer<typeof undoInput>;

/** What an undo does with a row of the seeding: `kept` rows are completed or have a redemption. */
export const fates = ["removable", "kept"] as const;
export type Fate = (typeof fates)[number];
/** Why a row is kept; judged in this order, the first that holds is told. */
export const keptReasons = ["completed", "has_redemption"] as const;
export type KeptReason = (typeof keptReasons)[number];

export const seedRowFilters = z.object({ seedId: z.guid(), fate: z.enum(fates).optional() });
export type SeedRowFilters = z.infer<typeof seedRowFilters>;
/** sorted by handle */
export const seedRowsInput = pageInput.extend(seedRowFilters.shape);
export type SeedRowsInput = z.infer<typeof seedRowsInput>;

/** A row that the seeding created and that is still there. */
export interface SeedRowDto {
  userId: string;
  handle: string;
  missionId: string;
  missionName: string;
  missionType: MissionType;
  status: "active" | "dormant" | "completed";
  value: string;
  windowStart: Date | null;
  windowEnd: Date | null;
  /** null: an undo removes it */
  keptBecause: KeptReason | null;
}

/** What an undo does to the rows of one mission. */
export interface MissionUndoDto {
  missionId: string;
  name: string;
  removed: number;
  kept: number;
  /** rows of the mission that stay, whichever seeding made them, and are not completed: they do not move while it is off */
  staying: number;
}

export interface UndoneDto {
  at: Date;
  byName: string;
  removed: number;
  kept: number;
}

/**
 * `preview`: the answer to a dry run. `already_undone`: removed nothing, as it was undone before, which `undone` tells.
 * `nothing_to_remove`: every row that is left is kept, so nothing was written. Counts are of one snapshot.
 */
export interface UndoDto {
  kind: "preview" | "undone" | "already_undone" | "nothing_to_remove";
  removed: number;
  kept: number;
  keptByReason: Record<KeptReason, number>;
  perMission: MissionUndoDto[];
  /** missions that lose rows and are enabled after it: the next seeding or sync creates those rows again */
  missionsStillEnabled: { id: string; name: string }[];
  /** missions that are switched off with it */
  disabled: { id: string; name: string }[];
  undone: UndoneDto | null;
}
