/**
 * How the console writes time. Instants are `Date`s shown in the client's timezone; days are 'YYYY-MM-DD' texts that
 * belong to no timezone. The two never mix: `dayOf` is the one bridge.
 */

const SPACE = "\u00a0";
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const formats = new Map<string, Intl.DateTimeFormat>();

function format(timezone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${timezone} ${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known !== undefined) {
    return known;
  }
  const made = new Intl.DateTimeFormat("en-GB", { timeZone: timezone, hourCycle: "h23", ...options });
  formats.set(key, made);
  return made;
}

function part(parts: readonly Intl.DateTimeFormatPart[], type: Intl.DateTimeFormatPartTypes): string {
  return parts.find((one) => one.type === type)?.value ?? "";
}

/** The calendar day of an instant in a timezone, as 'YYYY-MM-DD'. */
export function dayOf(instant: Date, timezone: string): string {
  const parts = format(timezone, { year: "numeric", month: "2-digit", day: "2-digit" }).formatToParts(instant);
  return `${part(parts, "year").padStart(4, "0")}-${part(parts, "month")}-${part(parts, "day")}`;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

/** A day as "22 Nov", with its year where that is not the year of `today`. */
export function formatDay(day: string, today: string): string {
  return day.slice(0, 4) === today.slice(0, 4) ? shortDay(day) : fullDay(day);
}

function shortDay(day: string): string {
  return `${Number(day.slice(8, 10))} ${MONTHS[Number(day.slice(5, 7)) - 1]}`;
}

/** A day with its year, always: "22 Nov 2026". */
export function fullDay(day: string): string {
  return `${shortDay(day)} ${day.slice(0, 4)}`;
}

/**
 * The two ends of a window as texts, the year of each said: "12 Nov 2026" and "12 Mar 2027", once where it is the same: "14 Aug" and
 * "14 Dec 2026". An open end is null.
 */
export function windowEnds(window: { start: string | null; end: string | null }): {
  start: string | null;
  end: string | null;
} {
  const { start, end } = window;
  const isOneYear = start !== null && end !== null && start.slice(0, 4) === end.slice(0, 4);
  return {
    start: start === null ? null : isOneYear ? shortDay(start) : fullDay(start),
    end: end === null ? null : fullDay(end),
  };
}

/** A window as words, for titles and plain text: "14 Aug to 14 Dec 2026", "from 14 Aug 2026", "any time". */
export function formatWindow(window: { start: string | null; end: string | null }): string {
  const { start, end } = windowEnds(window);
  if (start !== null && end !== null) {
    return `${start} to ${end}`;
  }
  if (start !== null) {
    return `from ${start}`;
  }
  return end === null ? "any time" : `until ${end}`;
}

/** The time of day, "04:04"; with `seconds`, "10:32:05". */
export function formatTime(instant: Date, timezone: string, precision: "minutes" | "seconds" = "minutes"): string {
  return format(timezone, {
    hour: "2-digit",
    minute: "2-digit",
    ...(precision === "seconds" ? { second: "2-digit" as const } : {}),
  }).format(instant);
}

/** Day and time, the day left out when it is today: "04:04", "21 Nov 04:04", "21 Nov 2025 04:04". */
export function formatWhen(instant: Date, timezone: string, now: Date): string {
  const day = dayOf(instant, timezone);
  const today = dayOf(now, timezone);
  const time = formatTime(instant, timezone);
  return day === today ? time : `${formatDay(day, today)} ${time}`;
}

/** "Sunday, 22 November": the long name of a day, for a page title. */
export function formatWeekday(instant: Date, timezone: string): string {
  const parts = format(timezone, { weekday: "long", day: "numeric", month: "long" }).formatToParts(instant);
  return `${part(parts, "weekday")}, ${part(parts, "day")} ${part(parts, "month")}`;
}

/** "Mon": the short weekday of an instant. */
export function shortWeekday(instant: Date, timezone: string): string {
  return format(timezone, { weekday: "short" }).format(instant);
}

/** The instant in UTC, for tooltips: "22 Nov 2026, 09:04:12 UTC". */
export function formatUtc(instant: Date): string {
  return `${fullDay(dayOf(instant, "UTC"))}, ${formatTime(instant, "UTC", "seconds")} UTC`;
}

/** The place a timezone is named after: "America/New_York" becomes "New York". */
export function timezoneName(timezone: string): string {
  return (timezone.split("/").at(-1) ?? timezone).replaceAll("_", " ");
}

/** A length of time in its largest sensible unit, without direction: "40 s", "6 h", "3 days". */
export function formatAge(milliseconds: number): string {
  const length = Math.abs(milliseconds);
  if (length < MINUTE) {
    return `${Math.floor(length / SECOND)}${SPACE}s`;
  }
  if (length < HOUR) {
    return `${Math.floor(length / MINUTE)}${SPACE}min`;
  }
  if (length < 2 * DAY) {
    return `${Math.floor(length / HOUR)}${SPACE}h`;
  }
  return `${Math.floor(length / DAY)}${SPACE}days`;
}

/** "6 h ago", "in 20 h", "now" within the same second. */
export function formatRelative(instant: Date, now: Date): string {
  const difference = instant.getTime() - now.getTime();
  if (Math.abs(difference) < SECOND) {
    return "now";
  }
  return difference > 0 ? `in ${formatAge(difference)}` : `${formatAge(difference)} ago`;
}

/** How long something took: "0.1 s", "4.2 s", "4 min 12 s", "1 h 3 min". */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < MINUTE) {
    return `${(Math.floor(milliseconds / 100) / 10).toFixed(1)}${SPACE}s`;
  }
  if (milliseconds < HOUR) {
    return `${Math.floor(milliseconds / MINUTE)}${SPACE}min ${Math.floor((milliseconds % MINUTE) / SECOND)}${SPACE}s`;
  }
  return `${Math.floor(milliseconds / HOUR)}${SPACE}h ${Math.floor((milliseconds % HOUR) / MINUTE)}${SPACE}min`;
}

/** A running clock: "0:10.4", "12:05.0". */
export function formatClock(milliseconds: number): string {
  const length = Math.max(0, milliseconds);
  const minutes = Math.floor(length / MINUTE);
  const tenths = Math.floor((length % MINUTE) / 100);
  return `${minutes}:${String(Math.floor(tenths / 10)).padStart(2, "0")}.${tenths % 10}`;
}

/** Whole days from one day to another; negative when the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY);
}
