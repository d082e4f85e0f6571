import { z } from "zod";
import { timezone } from "../access/schema.ts";
import { parseDay } from "../base/days.ts";
import type { RunStatus, SyncStarted } from "../sync/schema.ts";

/** What becomes of a run whose time passed while nothing ran: it is run once as soon as possible, or left out. */
export const missedPolicies = ["run", "skip"] as const;
export type MissedPolicy = (typeof missedPolicies)[number];

/** The due time that the scheduler saw; a run starts only if it is still the client's. */
export const dueInput = z.object({ dueAt: z.date() });
const cron = z.string().trim().min(1).max(100);
export const previewInput = z.object({ cron, timezone });
export const scheduleSaveInput = previewInput.extend({ missedPolicy: z.enum(missedPolicies) });
export type ScheduleSaveInput = z.infer<typeof scheduleSaveInput>;
/** `untilDay`: the first day, in the schedule's time zone, on which runs are due again; null: until somebody resumes. */
export const pauseInput = z.object({
  reason: z.string().trim().min(1, "A reason, for whoever wonders why nothing runs").max(500),
  untilDay: z
    .string()
    .refine((text) => parseDay(text) !== null, "A day such as 2026-12-24")
    .nullable(),
});
export type PauseInput = z.infer<typeof pauseInput>;

/** Why a due time has no run: see `schedule_skips`. */
export const skipCodes = ["paused", "busy", "held", "missed"] as const;
export type SkipCode = (typeof skipCodes)[number];

/** `taken`: another process settled this due time. `skipped`: no run is due of it, and the calendar says why. */
export type DueStarted = SyncStarted | { kind: "taken" } | { kind: "skipped" };

export interface ClockChange {
  at: Date;
  /** the local day: 'YYYY-MM-DD' */
  day: string;
  /** how far the clock goes forward; below 0: back */
  minutes: number;
}

export interface ScheduleDto {
  cron: string;
  /** plain words: "every night at 04:00" */
  words: string;
  timezone: string;
  enabled: boolean;
  nextDueAt: Date;
  /** the next five due times */
  next: Date[];
  /** the changes of the clock in the coming year */
  clockChanges: ClockChange[];
  missedPolicy: MissedPolicy;
  /** null: not paused (any more) */
  pause: { reason: string; since: Date; until: Date | null; byName: string } | null;
  /** a due time passed and nothing came of it so far */
  isMissed: boolean;
  /** the due times that were missed and that nobody has made up for so far, oldest first, at most 60 */
  missed: Date[];
  /** folder below which files are looked for, relative to the data directory; never an absolute path of the machine */
  inbox: {
    folder: string;
    newestFile: { name: string; modifiedAt: Date; isTaken: boolean } | null;
  };
}

/** `refused`: the expression is no schedule, said in a sentence. */
export type SchedulePreview =
  | { kind: "ok"; words: string; next: Date[]; clockChanges: ClockChange[] }
  | { kind: "refused"; message: string };

export interface CalendarRun {
  number: number;
  status: RunStatus;
}

export interface CalendarDue {
  dueAt: Date;
  /** `late`: made up for after it was missed; `missed`: no run of its own; `waiting`: due any moment */
  state: "ran" | "late" | "waiting" | SkipCode;
  /** why there is no run */
  reason: string | null;
  /** its run, the one that made up for it, or the one that stood in its way */
  run: CalendarRun | null;
}

export interface CalendarDay {
  /** 'YYYY-MM-DD' in the schedule's time zone */
  day: string;
  /** minutes by which the clock goes forward that day, below 0: back */
  clockChange: number | null;
  dues: CalendarDue[];
  /** runs of that day that stood for no due time */
  others: CalendarRun[];
}

export interface CalendarDto {
  timezone: string;
  days: CalendarDay[];
}
