/** When work on a run is taken up again, by whom and how often; no database, no clock. */
import type { Failure } from "../rules.ts";
import { stepNames } from "../schema.ts";

/**
 * A run without a sign of life for this long is taken for dead; four heartbeats fit in. With the look every 3 s and the queue's own
 * 2 s, another process works within 30 s of the death of the first.
 */
export const SILENT_AFTER_MS = 20_000;
export const WATCH_MS = 3_000;
/** A step at which so many processes died is not given to the next. */
export const DEATHS_AT_MOST = 5;
/** Waits before a step is tried again after an error that passes: half a minute in all, longer than a database takes to restart. */
export const BACKOFF_MS: readonly number[] = [1_000, 2_000, 4_000, 8_000, 15_000];

/** "step 4 (tiers)"; between two steps, or behind the last, where that was. */
export function stepWords(position: number | null): string {
  return position === null ? "its end" : `step ${position} (${stepNames[position - 1]})`;
}

/** Told when a run is taken over from a process that fell silent. */
export function takenOverNote(holder: string, position: number | null): string {
  return `${holder} gave no sign of life; another process goes on at ${stepWords(position)}. Nothing is done twice.`;
}

/** Told of a run whose step ended one process after the other. */
export function killedItsProcesses(position: number | null): Failure {
  const what = position === null ? "Between two steps" : `Step ${position} (${stepNames[position - 1]})`;
  return {
    code: "process_died",
    message: `${what} ended the process that worked on it ${DEATHS_AT_MOST} times. Nothing of this step was saved.`,
  };
}

/** Told while a step is tried again: "The connection to the database was lost; trying again in 2 s (2 of 5)." */
export function tryingAgainNote(failure: Failure, tries: number, waitMs: number, atMost: number): string {
  const reason = { connection_lost: "The connection to the database was lost", busy: "Other work was in the way" };
  const why = reason[failure.code as keyof typeof reason] ?? "The database was not ready for it";
  return `${why}; tried again after ${Math.max(1, Math.round(waitMs / 1000))} s (${tries} of ${atMost}).`;
}
