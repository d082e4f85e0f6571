import { dayOf, formatDay, formatTime, shortWeekday, timezoneName } from "../../lib/dates.ts";

/** "Every night at 04:00, New York time": the schedule's words as the start of a sentence. */
export function scheduleWords(words: string, timezone: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}, ${timezoneName(timezone)} time`;
}

/** A due time with its weekday: "Mon 23 Nov 04:00", the year where it is another one. */
export function dueText(at: Date, timezone: string, now: Date): string {
  const day = formatDay(dayOf(at, timezone), dayOf(now, timezone));
  return `${shortWeekday(at, timezone)} ${day} ${formatTime(at, timezone)}`;
}
