import { z } from "zod";
import { pageInput } from "../base/paging.ts";

/** Without `missionIds` every mission of the client is seeded. */
export const seedRunInput = z.object({ missionIds: z.array(z.guid()).min(1).max(200).optional() });
export type SeedRunInput = z.infer<typeof seedRunInput>;
export const seedFilters = z.object({ missionId: z.guid().optional() });
export const seedListInput = pageInput.extend(seedFilters.shape);
export type SeedListInput = z.infer<typeof seedListInput>;

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
