import { z } from "zod";
import { missionActivateInput } from "../../missions/schema.ts";
import { type SeedDto, seedApplyInput, seedRunInput } from "../schema.ts";

/** A seeding of more pairs (creators x missions) is not waited for in front of a dialog: it is queued as a job. */
export const DIRECT_PAIRS = 200_000;

export const jobStatuses = ["queued", "running", "succeeded", "failed", "cancelled"] as const;
export type JobStatus = (typeof jobStatuses)[number];

export const seedJobInput = z.object({ jobId: z.guid() });

/** What somebody asked for: the input of the procedure that was too large to answer at once. */
export const jobRequest = z.discriminatedUnion("kind", [
  seedRunInput.extend({ kind: z.literal("run") }),
  seedApplyInput.extend({ kind: z.literal("plan") }),
  missionActivateInput.extend({ kind: z.literal("activation") }),
]);
export type JobRequest = z.infer<typeof jobRequest>;

/** What a job came to: the counts that its procedure answers directly. */
export interface JobOutcome {
  created: number;
  alreadySeeded: number;
  /** of a seeding alone */
  notEligible: number | null;
  unknown: number | null;
  /** of an activation alone: sleeping rows that were woken, and those that were deleted to be created anew */
  woken: number | null;
  replaced: number | null;
}

export interface SeedJobDto {
  id: string;
  status: JobStatus;
  kind: JobRequest["kind"];
  /** its missions, as the audit log calls them */
  name: string;
  /** the preview that it runs */
  planId: string | null;
  /** the mission, where it is of one */
  missionId: string | null;
  /** pairs that were to be created when it was asked for */
  pairs: number;
  byName: string;
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
  /** how many processes have taken it: more than one where the one before was lost */
  attempts: number;
  /** number of the sync that it waits for */
  waitsForRun: number | null;
  /** null unless it succeeded */
  outcome: JobOutcome | null;
  /** the seeding that it made; null where it created nothing */
  seed: SeedDto | null;
  /** null unless it failed */
  failure: JobFailureDto | null;
}

export interface JobFailureDto {
  code: string;
  /** one plain sentence */
  message: string;
  /** what to do, as a sentence */
  advice: string;
  /** why it cannot be tried again as it is, as a sentence; null when it can */
  noRetry: string | null;
}

/** `over`: it had ended before; `status` says how. */
export type JobCancelled = { kind: "cancelled" } | { kind: "over"; status: JobStatus };
