/** The past nights: what was due, what came of it, and what ran besides. */
import { addDays, type Day, dayOf } from "../base/days.ts";
import type { Due } from "./due-rules.ts";
import { isLate } from "./due-rules.ts";
import type { CalendarDay, CalendarDue, CalendarRun, ClockChange, SkipCode } from "./schema.ts";

export interface ActualRun extends CalendarRun {
  /** the due time that the run stands for */
  scheduledFor: Date | null;
  createdAt: Date;
}

export interface Skip {
  dueAt: Date;
  code: SkipCode;
  reason: string;
  run: CalendarRun | null;
}

/** What is known of the nights: the due times by the schedule, and the database's runs and skips. */
export interface Nights {
  dues: readonly Due[];
  runs: readonly ActualRun[];
  skips: readonly Skip[];
  changes: readonly ClockChange[];
}

/** The days from `first` to `last`, oldest first, in the schedule's time zone. A due time without run or skip was missed. */
export function calendarOf(nights: Nights, of: { first: Day; last: Day; timezone: string; now: Date }): CalendarDay[] {
  const dues = byDay(duesOf(nights, of.now), (due) => dayOf(due.dueAt, of.timezone));
  const extra = byDay(
    nights.runs.filter((run) => run.scheduledFor === null),
    (run) => dayOf(run.createdAt, of.timezone),
  );
  const changes = new Map(nights.changes.map(({ day, minutes }) => [day, minutes]));
  const days: CalendarDay[] = [];
  for (let day = of.first; day <= of.last; day = addDays(day, 1)) {
    days.push({
      day,
      clockChange: changes.get(day) ?? null,
      dues: dues.get(day) ?? [],
      others: (extra.get(day) ?? []).map(({ number, status }) => ({ number, status })),
    });
  }
  return days;
}

/** All due times that are known of, by the schedule or by what came of them, in order. */
function duesOf({ dues, runs, skips }: Nights, now: Date): CalendarDue[] {
  const byTime = new Map<number, CalendarDue>();
  for (const { dueAt, pauseReason } of dues) {
    const state = pauseReason !== null ? "paused" : isLate(dueAt, now) ? "missed" : "waiting";
    byTime.set(dueAt.getTime(), { dueAt, state, reason: pauseReason, run: null });
  }
  for (const { dueAt, code, reason, run } of skips) {
    byTime.set(dueAt.getTime(), { dueAt, state: code, reason, run });
  }
  for (const { scheduledFor, createdAt, number, status } of runs) {
    if (scheduledFor === null) continue;
    const state = isLate(scheduledFor, createdAt) ? "late" : "ran";
    byTime.set(scheduledFor.getTime(), { dueAt: scheduledFor, state, reason: null, run: { number, status } });
  }
  return [...byTime.values()].toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
}

function byDay<T>(items: readonly T[], day: (item: T) => Day): Map<Day, T[]> {
  const days = new Map<Day, T[]>();
  for (const item of items) {
    const key = day(item);
    days.set(key, [...(days.get(key) ?? []), item]);
  }
  return days;
}
