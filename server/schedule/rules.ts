/** What a schedule means: pure functions over a cron expression and a time zone, the clock passed in. */
import { Cron } from "croner";
import { AppError } from "../base/errors.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/**
 * The instants after `from` up to and including `to` at which a five-field cron expression is due in a time zone, in order
 * (domain reference, section 8): a local time that a clock change skips is due at the next that exists, one that occurs twice
 * is due the first time. Throws `bad_request` for an expression that cannot be read.
 */
export function occurrences(cron: string, timezone: string, from: Date, to: Date): Date[] {
  const due: Date[] = [];
  for (const instant of walk(cron, timezone, from)) {
    if (instant > to) break;
    due.push(instant);
  }
  return due;
}

/** The next `count` due times after an instant; fewer only for an expression that is never due again (30 February). */
export function nextOccurrences(cron: string, timezone: string, after: Date, count: number): Date[] {
  const due: Date[] = [];
  for (const instant of walk(cron, timezone, after)) {
    due.push(instant);
    if (due.length === count) break;
  }
  return due;
}

/** More often than this no file comes. */
const SHORTEST_MS = 15 * MINUTE;

/** Throws `bad_request` for an expression that cannot be read, is never due, or is due more often than every 15 minutes. */
export function refuseUnusable(cron: string, now: Date): void {
  // On a clock without changes, where the distances are those that were meant.
  const due = nextOccurrences(cron, "UTC", now, 100);
  const refused = (message: string) => new AppError("bad_request", message, { field: "cron" });
  if (due.length === 0) throw refused(`"${cron.trim()}" is never due: there is no such day.`);
  const isTooOften = due.some((one, index) => index > 0 && one.getTime() - due[index - 1]!.getTime() < SHORTEST_MS);
  if (isTooOften) throw refused("A sync runs every 15 minutes at most; this would be more often.");
}

/** Due times after `from`, one by one, each once. */
function* walk(cron: string, timezone: string, from: Date): Generator<Date> {
  // The expression is read on a wall clock without any change of the hour (that of UTC); each wall time is then looked up in
  // the time zone. So the rule about skipped and doubled times is ours, whatever the library would do.
  const pattern = readCron(cron);
  const wallClock = wallClockOf(timezone);
  let wall = new Date(wallClock(from.getTime()) - MINUTE);
  let last = from.getTime();
  for (;;) {
    const next = pattern.nextRun(wall);
    if (next === null) return;
    wall = next;
    const instant = instantOf(wall.getTime(), wallClock);
    // A skipped time meets the one that is due at the change itself; a doubled one may lie behind.
    if (instant <= last) continue;
    last = instant;
    yield new Date(instant);
  }
}

/** The first instant of a day in a time zone; where the clock skips midnight, the change itself. */
export function startOfDay(day: string, timezone: string): Date {
  return new Date(instantOf(Date.parse(`${day}T00:00:00Z`), wallClockOf(timezone)));
}

function readCron(cron: string): Cron {
  try {
    return new Cron(cron, { mode: "5-part", timezone: "UTC", paused: true });
  } catch (error) {
    throw new AppError("bad_request", `"${cron}" is not a schedule; five fields such as 0 4 * * * are.`, {
      field: "cron",
      cause: error,
    });
  }
}

/** A function from an instant to what the wall clock shows then, written as if it were UTC (milliseconds both). */
export function wallClockOf(timezone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: timezone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  return (instant) => {
    const parts = new Map(format.formatToParts(instant).map((part) => [part.type, Number(part.value)]));
    const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
    return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  };
}

/** The first instant at which the wall clock shows `wall`; where it never does, the instant of the change that skips it. */
function instantOf(wall: number, wallClock: (instant: number) => number): number {
  // No zone changes its clock twice within two days, so the offsets on both sides are all there are.
  const offsets = [wall - DAY, wall + DAY].map((instant) => wallClock(instant) - instant);
  const shown = offsets.map((offset) => wall - offset).filter((instant) => wallClock(instant) === wall);
  if (shown.length > 0) return Math.min(...shown);
  return firstAtOrAfter(wall, wallClock);
}

/** Skipped: finds by halves the first minute whose wall clock is past `wall`. */
function firstAtOrAfter(wall: number, wallClock: (instant: number) => number): number {
  let before = Math.floor((wall - DAY) / MINUTE) * MINUTE;
  let after = before + 2 * DAY;
  while (after - before > MINUTE) {
    const middle = before + Math.floor((after - before) / (2 * MINUTE)) * MINUTE;
    if (wallClock(middle) < wall) before = middle;
    else after = middle;
  }
  return after;
}

const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** A schedule in plain words, in the schedule's own time zone; an expression of no common form stands as it is. */
export function cronWords(cron: string): string {
  const [minute = "", hour = "", day = "", month = "", weekday = ""] = cron.trim().split(/\s+/);
  const isEveryDay = day === "*" && month === "*" && weekday === "*";
  const every = /^\*\/(\d+)$/.exec(minute);
  if (isEveryDay && hour === "*") {
    if (minute === "*") return "every minute";
    if (every !== null) return `every ${every[1]} minutes`;
    if (minute === "0") return "every hour";
    if (isNumber(minute)) return `every hour at ${minute} minutes past`;
  }
  const hours = /^\*\/(\d+)$/.exec(hour);
  if (isEveryDay && hours !== null && isNumber(minute)) {
    return `every ${hours[1]} hours${minute === "0" ? "" : ` at ${minute} minutes past`}`;
  }
  if (!isNumber(minute) || !isNumber(hour)) return `on the schedule ${cron.trim()}`;
  const time = `${hour.padStart(2, "0")}:${minute.padStart(2, "0")}`;
  if (isEveryDay) return `${isNight(Number(hour)) ? "every night" : "every day"} at ${time}`;
  if (day === "*" && month === "*") {
    if (weekday === "1-5") return `Monday to Friday at ${time}`;
    const name = /^[0-7]$/.test(weekday) ? WEEKDAYS[Number(weekday) % 7] : undefined;
    if (name !== undefined) return `every ${name} at ${time}`;
  }
  if (isNumber(day) && month === "*" && weekday === "*") return `on day ${day} of every month at ${time}`;
  return `on the schedule ${cron.trim()}`;
}

function isNumber(field: string): boolean {
  return /^\d{1,2}$/.test(field);
}

function isNight(hour: number): boolean {
  return hour < 6 || hour >= 22;
}
