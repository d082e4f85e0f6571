import { z } from "zod";
import { pageInput } from "../base/paging.ts";
import type { ActivationDto } from "../missions/schema.ts";
import type { DriftDto } from "../eligibility/plans/schema.ts";
import type { UndoneDto } from "./undo/schema.ts";

/** Without `missionIds` every mission of the client is seeded. */
export const seedRunInput = z.object({ missionIds: z.array(z.guid()).min(1).max(200).optional() });
export type SeedRunInput = z.infer<typeof seedRunInput>;
export const seedFilters = z.object({ missionId: z.guid().optional() });
export const seedListInput = pageInput.extend(seedFilters.shape);
export type SeedListInput = z.infer<typeof seedListInput>;
export const seedGetInput = z.object({ seedId: z.guid() });
/** How many rows of these seedings are left; with `missionId`, of that mission alone. */
export const seedCountsInput = seedFilters.extend({ seedIds: z.array(z.guid()).min(1).max(200) });
export type SeedCountsInput = z.infer<typeof seedCountsInput>;

/** Runs a preview's plan as it was shown. */
export const seedApplyInput = z.object({ planId: z.guid() });

/** Why a plan was not run. `stale`: the world moved and nothing was written. `expired`: too old to promise anything. */
export type SeedRefused = { kind: "stale"; drift: DriftDto } | { kind: "expired"; expiredAt: Date };

/** Too many pairs to wait for: nothing is written yet, a job does it (`seeding.job`). */
export interface SeedQueued {
  kind: "queued";
  jobId: string;
  /** how many there were to create */
  pairs: number;
}

/** `seeded`: exactly the plan; a plan that was run before answers 0 created and its own seed. */
export type SeedApplied = ({ kind: "seeded"; planned: number } & SeedResultDto) | SeedRefused | SeedQueued;

/** What came of an activation; as `SeedApplied` where it ran a plan. An activation that is queued has switched nothing yet. */
export type MissionActivated = ({ kind: "activated" } & ActivationDto) | SeedRefused | SeedQueued;

/** Counts of pairs (creator x mission) at the moment of seeding. `seedId` is null when nothing was there to create. */
export interface SeedResultDto {
  seedId: string | null;
  created: number;
  alreadySeeded: number;
  notEligible: number;
  unknown: number;
}

/** `jobId`: there were too many to wait for; nothing is created yet, and the job tells what comes of it. */
export interface SeedRunDto extends SeedResultDto {
  jobId?: string;
}

export interface SeedDto {
  id: string;
  at: Date;
  source: "console" | "activation" | "sync" | "cli" | "sql";
  byName: string;
  /** those it was asked to seed; null: all missions */
  missions: { id: string; name: string }[] | null;
  /** those it created rows for, with their number, in the admin's own order */
  perMission: { missionId: string; name: string; created: number }[];
  created: number;
  alreadySeeded: number;
  notEligible: number;
  unknown: number;
  runNumber: number | null;
  /** who undid it, and how many rows were removed and kept then */
  undone: UndoneDto | null;
}

/** Rows of a seeding that are still there, counted now. */
export interface SeedCountsDto {
  seedId: string;
  left: number;
}
