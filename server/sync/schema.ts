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
  "succeeded",
  "succeeded_with_warnings",
  "failed",
  "cancelled",
] as const;
export type RunStatus = (typeof runStatuses)[number];
export const stepStatuses = ["waiting", "running", "succeeded", "failed", "cancelled"] as const;
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

export type SyncStarted =
  | { kind: "started"; runId: string; number: number }
  | { kind: "busy"; runId: string; number: number };

/** `over`: the run had ended before; `status` says how. */
export type SyncCancelled = { kind: "cancelled" } | { kind: "over"; status: RunStatus };

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

export interface RunDto extends RunRow {
  steps: StepDto[];
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
  "run_ended",
] as const;
export interface RunEvent {
  number: number;
  at: Date;
  type: (typeof runEventTypes)[number];
  step: StepDto | null;
  run: { status: RunStatus; error: { code: string; message: string } | null } | null;
}
