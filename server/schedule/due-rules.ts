/** Which due times there were, by the schedule of their day, and what is to become of those that nobody has claimed. */
import { occurrences } from "./rules.ts";
import type { MissedPolicy } from "./schema.ts";

/** A due time this old without a claim was missed: the tick looks every minute. */
export const MISSED_AFTER_MS = 5 * 60_000;

/** What the schedule was from an instant on, until the next version. */
export interface ScheduleVersion {
  validFrom: Date;
  cron: string;
  timezone: string;
  enabled: boolean;
  pausedUntil: Date | null;
  /** null: not paused */
  pauseReason: string | null;
}

/** A due time; `pauseReason` says why nobody waited for it. */
export interface Due {
  dueAt: Date;
  pauseReason: string | null;
}

/** The due times after `from` up to `to`, each by the version that was in force then; versions come oldest first. */
export function dueTimes(versions: readonly ScheduleVersion[], from: Date, to: Date): Due[] {
  return versions.flatMap((version, index) => {
    if (!version.enabled) return [];
    const start = new Date(Math.max(from.getTime(), version.validFrom.getTime()));
    const end = new Date(Math.min(to.getTime(), versions[index + 1]?.validFrom.getTime() ?? Infinity));
    if (start >= end) return [];
    return occurrences(version.cron, version.timezone, start, end).map((dueAt) => ({
      dueAt,
      pauseReason: pauseAt(version, dueAt),
    }));
  });
}

/** The claimed due time itself, which somebody may have written by hand, and the later ones up to `now`. */
export function unclaimed(versions: readonly ScheduleVersion[], dueAt: Date, now: Date): Due[] {
  const version = versions.findLast(({ validFrom }) => validFrom < dueAt) ?? versions[0];
  const first = { dueAt, pauseReason: version === undefined ? null : pauseAt(version, dueAt) };
  return [first, ...dueTimes(versions, dueAt, now)];
}

function pauseAt({ pauseReason, pausedUntil }: ScheduleVersion, dueAt: Date): string | null {
  return pausedUntil === null || dueAt < pausedUntil ? pauseReason : null;
}

/** What the scheduler does about due times: at most one run, and the others left out with their reason. */
export interface Settlement {
  run: Due | null;
  /** left out because nothing ran at their time */
  missed: Due[];
  /** left out because the schedule was paused */
  paused: Due[];
}

/** Whether a due time lies so far back that its run was missed. */
export function isLate(dueAt: Date, now: Date): boolean {
  return now.getTime() - dueAt.getTime() > MISSED_AFTER_MS;
}

/**
 * Settles due times (oldest first) at `now`. The one that has just come runs. Without such, `run` makes up for all that were
 * missed by one run, in the place of the oldest; `skip` leaves them out.
 */
export function settle(dues: readonly Due[], policy: MissedPolicy, now: Date): Settlement {
  const paused = dues.filter((due) => due.pauseReason !== null);
  const open = dues.filter((due) => due.pauseReason === null);
  const fresh = open.findLast((due) => !isLate(due.dueAt, now));
  const run = fresh ?? (policy === "run" ? open[0] : undefined) ?? null;
  return { run, missed: open.filter((due) => due !== run), paused };
}
