/** The days on which a time zone changes its clock. */
import { dayOf } from "../base/days.ts";
import { wallClockOf } from "./rules.ts";
import type { ClockChange } from "./schema.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** The changes of a time zone's clock after `from` up to `to`, in order, each with its instant, its local day and its size. */
export function clockChanges(timezone: string, from: Date, to: Date): ClockChange[] {
  const wallClock = wallClockOf(timezone);
  // Whole minutes alone: an instant with milliseconds would seem to be off by them.
  const offsetAt = (instant: number) => wallClock(instant) - instant;
  const changes: ClockChange[] = [];
  let before = Math.floor(from.getTime() / MINUTE) * MINUTE;
  const end = Math.floor(to.getTime() / MINUTE) * MINUTE;
  while (before < end) {
    const after = Math.min(before + DAY, end);
    const minutes = (offsetAt(after) - offsetAt(before)) / MINUTE;
    if (minutes !== 0) {
      const at = new Date(changeBetween(before, after, offsetAt));
      changes.push({ at, day: dayOf(at, timezone), minutes });
    }
    before = after;
  }
  return changes;
}

/** Finds by halves the first minute after which the offset is the later one. */
function changeBetween(from: number, to: number, offsetAt: (instant: number) => number): number {
  const offset = offsetAt(from);
  let [before, after] = [from, to];
  while (after - before > MINUTE) {
    const middle = before + Math.floor((after - before) / (2 * MINUTE)) * MINUTE;
    if (offsetAt(middle) === offset) before = middle;
    else after = middle;
  }
  return after;
}
