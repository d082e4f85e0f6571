import type { FreshnessDto } from "../../server/access/schema.ts";
import { dayOf, daysBetween, formatAge, formatDay, formatTime, shortWeekday, timezoneName } from "../lib/dates.ts";

const STALE_AFTER = 26 * 60 * 60 * 1000;

export interface Freshness {
  /** plain while fresh, amber when stale or failed, red when a run was missed; running is told by the words alone */
  tone: "fresh" | "stale" | "missed";
  /** "Data as of 04:04 (6 h) · next sync 04:00 New York" */
  text: string;
  /** "04:04 (6 h)", for the phone */
  short: string;
  /** the run the chip leads to, if one is running or failed */
  runNumber: number | null;
}

/** What the header says of the age of the data. */
export function freshnessOf(data: FreshnessDto, timezone: string, now: Date): Freshness {
  const { lastSuccessAt } = data;
  const age = lastSuccessAt === null ? null : now.getTime() - lastSuccessAt.getTime();
  const asOf = lastSuccessAt === null ? null : `${clockOf(lastSuccessAt, timezone, now)} (${formatAge(age ?? 0)})`;
  const isStale = age === null || age > STALE_AFTER;
  const follow = nextWords(data, timezone, now);
  return {
    tone: data.isMissed ? "missed" : follow.isTrouble || (isStale && data.runningNumber === null) ? "stale" : "fresh",
    text: `${asOf === null ? "No sync yet" : `Data as of ${asOf}`} · ${follow.words}`,
    short: asOf ?? "No sync yet",
    runNumber: follow.runNumber,
  };
}

interface Follow {
  words: string;
  isTrouble: boolean;
  runNumber: number | null;
}

function nextWords(data: FreshnessDto, timezone: string, now: Date): Follow {
  if (data.runningNumber !== null) {
    return { words: `run ${data.runningNumber} is running`, isTrouble: false, runNumber: data.runningNumber };
  }
  if (data.isMissed) {
    const due = data.nextDueAt === null ? "a" : `the ${clockOf(data.nextDueAt, timezone, now)}`;
    return { words: `${due} sync was missed`, isTrouble: true, runNumber: null };
  }
  const last = data.lastRun;
  if (last !== null && (last.status === "failed" || last.status === "held")) {
    return { words: `run ${last.number} ${last.status}`, isTrouble: true, runNumber: last.number };
  }
  if (data.lastFileAt !== null && now.getTime() - data.lastFileAt.getTime() > STALE_AFTER) {
    const since = clockOf(data.lastFileAt, timezone, now);
    return { words: `no new file since ${since}`, isTrouble: true, runNumber: null };
  }
  if (data.nextDueAt === null) {
    return { words: "no sync is planned", isTrouble: false, runNumber: null };
  }
  const place = timezoneName(data.scheduleTimezone ?? timezone);
  return {
    words: `next sync ${formatTime(data.nextDueAt, data.scheduleTimezone ?? timezone)} ${place}`,
    isTrouble: false,
    runNumber: null,
  };
}

/** The time alone today and in the last hours, with the weekday in the last week, with the day before that. */
function clockOf(instant: Date, timezone: string, now: Date): string {
  const day = dayOf(instant, timezone);
  const today = dayOf(now, timezone);
  const distance = Math.abs(daysBetween(day, today));
  const time = formatTime(instant, timezone);
  if (distance === 0) {
    return time;
  }
  return distance < 7 ? `${shortWeekday(instant, timezone)} ${time}` : `${formatDay(day, today)} ${time}`;
}
