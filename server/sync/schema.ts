import { z } from "zod";
import { pageInput } from "../base/paging.ts";

/** The eight steps of the daily sync, in order (domain reference, section 8). */
export const stepNames = [
  "import",
  "adjustments",
  "totals",
  "tiers",
  "seed",
  "wake",
  "progress",
  "redemptions",
] as const;
export type StepName = (typeof stepNames)[number];
export const runStatuses = [
  "queued",
  "running",
  "held",
  "succeeded",
  "succeeded_with_warnings",
  "failed",
  "cancelled",
  "discarded",
] as const;
export type RunStatus = (typeof runStatuses)[number];
export const stepStatuses = ["waiting", "running", "held", "succeeded", "failed", "cancelled"] as const;
export type StepStatus = (typeof stepStatuses)[number];

/**
 * `importId`: the stored file to import, its valid rows or, with `allOrNothing`, nothing unless all are valid; without it the run takes
 * no file (`inbox`: the newest one of the client's source, if any).
 */
export const syncStartInput = z.object({
  importId: z.guid().optional(),
  allOrNothing: z.boolean().optional(),
  inbox: z.boolean().default(false),
});
export type SyncStartInput = z.infer<typeof syncStartInput>;
export const runInput = z.object({ runId: z.guid() });
/** `withoutFile`: a file that was refused is left out, and the other seven steps run on what is there. */
export const syncRetryInput = runInput.extend({ withoutFile: z.boolean().default(false) });
export type SyncRetryInput = z.infer<typeof syncRetryInput>;
export const runByNumberInput = z.object({ number: z.number().int().positive() });
export const runFilters = z.object({ status: z.enum(runStatuses).optional() });
/** newest first */
export const runListInput = pageInput.extend(runFilters.shape);
export type RunListInput = z.infer<typeof runListInput>;
export const tierMoveFilters = runInput.extend({ status: z.enum(["promoted", "demoted"]).optional() });
export type TierMoveFilters = z.infer<typeof tierMoveFilters>;
export const progressInput = z.object({
  runId: z.guid(),
  lastEventId: z.string().max(20).nullish(),
});

/** `busy`: another run has the client; `isHeld` when that one waits for an owner. */
export type SyncStarted =
  | { kind: "started"; runId: string; number: number }
  | { kind: "busy"; runId: string; number: number; isHeld?: true };

/** `over`: the run had ended before; `status` says how. `kept`: what stays of it, as a sentence. */
export type SyncCancelled = { kind: "cancelled"; kept: string } | { kind: "over"; status: RunStatus };

/** The same run is queued again; its events go on after number `after`. */
export interface SyncRetried {
  kind: "queued";
  runId: string;
  number: number;
  after: number;
}

/** `not_running`: nobody has the run; `status` says how it stands. */
export type SyncReleased = { kind: "released" } | { kind: "not_running"; status: RunStatus };

export const attemptOutcomes = [
  "succeeded",
  "succeeded_with_warnings",
  "failed",
  "cancelled",
  "held",
  "process_died",
  "released",
  "given_back",
] as const;
export type AttemptOutcome = (typeof attemptOutcomes)[number];

/** One process's work on a run, from taking it to its end or loss. */
export interface AttemptDto {
  number: number;
  /** the process, by machine and number */
  holder: string;
  /** position of the first step that was not done; null when all were */
  fromStep: number | null;
  /** position of the step under way at its end; null between two steps and while it works */
  atStep: number | null;
  startedAt: Date;
  endedAt: Date | null;
  /** null while it works */
  outcome: AttemptOutcome | null;
  message: string;
}

/** Who has a running run; instants of the database's clock. */
export interface LeaseDto {
  holder: string;
  since: Date;
  heartbeatAt: Date;
  /** true when no sign of life came for 20 s: another process is about to take over */
  isSilent: boolean;
}

/** What is to be known of a run that failed. */
export interface RunFailureDto {
  code: string;
  /** one plain sentence */
  message: string;
  /** the step it failed at; null between two */
  step: StepName | null;
  /** what stays, as a sentence */
  kept: string;
  /** what to do, as a sentence */
  advice: string;
  /** why it cannot be retried, as a sentence; null when it can */
  noRetry: string | null;
  /** true when a retry may leave the file out */
  offersWithoutFile: boolean;
}

/** What was kept of a run that did not go through: "Steps 1 to 6 are saved." */
export function keptWords(steps: readonly Pick<StepDto, "status">[]): string {
  const saved = steps.filter((step) => step.status === "succeeded").length;
  if (saved === 0) return "Nothing was written.";
  return saved === 1 ? "Step 1 is saved." : `Steps 1 to ${saved} are saved.`;
}

/** The step that a waiting one waits for: the first before it that is not done; null for one that does not wait. */
export function waitsFor(steps: readonly StepDto[], position: number): StepName | null {
  if (steps.find((step) => step.position === position)?.status !== "waiting") return null;
  return steps.find((step) => step.position < position && step.status !== "succeeded")?.name ?? null;
}

export interface StepDto {
  position: number;
  name: StepName;
  status: StepStatus;
  startedAt: Date | null;
  endedAt: Date | null;
  rowsIn: number;
  rowsOut: number;
  skipped: Record<string, number>;
  counts: Record<string, number>;
  message: string;
}

export interface RunRow {
  id: string;
  number: number;
  source: "manual" | "schedule" | "cli" | "demo";
  status: RunStatus;
  byName: string;
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
  scheduledFor: Date | null;
  fileName: string | null;
  importId: string | null;
  /** figures of the whole run, 0 where a step has not run: rows, created, promoted, demoted, seeded, woken, completed, redemptions, rejected */
  totals: RunTotals;
  warnings: number;
  error: { code: string; message: string } | null;
}

export interface RunTotals {
  rows: number;
  rejected: number;
  creatorsCreated: number;
  promoted: number;
  demoted: number;
  seeded: number;
  woken: number;
  completed: number;
  redemptions: number;
}

/** A step of a run, with the step it waits for. */
export interface RunStepDto extends StepDto {
  waitsFor: StepName | null;
}

export interface RunDto extends RunRow {
  steps: RunStepDto[];
  /** oldest first; empty before a process took the run */
  attempts: AttemptDto[];
  /** null while nobody works on it */
  lease: LeaseDto | null;
  /** null unless it failed */
  failure: RunFailureDto | null;
  /** number of the last stored event: a subscription from here misses nothing */
  lastEvent: number;
  tierMoves: {
    userId: string;
    handle: string;
    status: "promoted" | "maintained" | "demoted";
    tierBefore: string;
    tierAfter: string;
    metricValue: string;
  }[];
}

/** Numbered events of a run, stored and replayed in order (`id` is the number as text). */
export const runEventTypes = [
  "run_started",
  "step_started",
  "step_progress",
  "step_succeeded",
  "step_failed",
  "run_held",
  "run_released",
  "step_retried",
  "run_requeued",
  "run_ended",
] as const;
export interface RunEvent {
  number: number;
  at: Date;
  type: (typeof runEventTypes)[number];
  step: StepDto | null;
  run: { status: RunStatus; error: { code: string; message: string } | null } | null;
  /** what else is to be told, as a sentence; empty for most */
  note: string;
}
