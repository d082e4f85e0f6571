/** How one cell is read (domain reference, section 9). A number or a date is taken whole or refused with a code, never guessed. */
import { addDays, dayOf, parseDay } from "../base/days.ts";
import type { Day } from "../base/days.ts";
import type { RejectionCode } from "./schema.ts";

/** What a cell says, or why it says nothing. Numbers stay decimal text, as the database takes them. */
export type Reading<T = string> =
  | { readonly value: T; readonly code?: undefined }
  | { readonly code: RejectionCode; readonly value?: undefined };

/** What reading depends on beside the cell: the client's timezone and currency, and the clock. */
export interface ReadingContext {
  timezone: string;
  /** ISO 4217 */
  currency: string;
  now: Date;
}

/** Currencies whose own sign is a plain `$` (CLDR's narrow symbols; R$, C$ and T$ are other signs). */
const DOLLAR_CURRENCIES = new Set(
  "ARS AUD BBD BMD BND BSD BZD CAD CLP COP CUC CUP DOP FJD GYD HKD JMD KYD LRD MXN NAD NZD SBD SGD SRD TTD TWD USD UYU XCD".split(
    " ",
  ),
);

const WHOLE = /^(?:\d+|\d{1,3}(?:,\d{3})+)$/;
const DECIMAL = /^(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?$/;
const HANDLE = /^[A-Za-z0-9_.]{2,100}$/;
const VIDEO_NUMBER = /\/video\/(\d+)/;
const TIMESTAMP =
  /^(\d{4}-\d{2}-\d{2})[T ]([01]\d|2[0-3]):([0-5]\d)(?::(?:[0-5]\d|60)(?:[.,]\d{1,9})?)?(?:Z|([+-])([01]\d|2[0-3])(?::?([0-5]\d))?)?$/;

/** Sums of a creator's counters are bigint too: fifteen digits leave room for thousands of the largest. */
const WHOLE_DIGITS = 15;
/** What a double prints is kept exactly; numeric would take more, but not without end. */
const DECIMAL_PLACES = 20;
const KEY_LENGTH = 500;
const URL_LENGTH = 2_000;
const TITLE_LENGTH = 10_000;
const EARLIEST = "2014-01-01";

/** Reads a handle into its canonical form: without the leading `@`, lower case. */
export function readHandle(cell: string): Reading {
  const bare = cell.trim().replace(/^@/, "");
  // Judged before it is folded: a Kelvin sign would become a plain k.
  return HANDLE.test(bare) ? { value: bare.toLowerCase() } : { code: "handle_invalid" };
}

/** Reads a video: its key is the number after /video/ where there is one, else the text; the text is its address. */
export function readVideo(cell: string): Reading<{ key: string; url: string }> {
  const url = cell.trim();
  const key = VIDEO_NUMBER.exec(url)?.[1] ?? url;
  if (key === "" || url.includes("\0")) return { code: "video_missing" };
  if (key.length > KEY_LENGTH || url.length > URL_LENGTH) return { code: "video_too_long" };
  return { value: { key, url } };
}

/** Reads a counter: digits, with or without commas between groups of three; an empty cell is 0. */
export function readCounter(cell: string): Reading {
  const text = cell.trim();
  if (text === "") return { value: "0" };
  if (!WHOLE.test(text)) return { code: isNegative(text, WHOLE, false) ? "number_negative" : "number_invalid" };
  const digits = plain(text);
  return digits.length > WHOLE_DIGITS ? { code: "number_too_large" } : { value: digits };
}

/** Reads money: a decimal, with a leading `$` where the client's currency uses it; an empty cell is 0. */
export function readMoney(cell: string, currency: string): Reading {
  const hasDollar = DOLLAR_CURRENCIES.has(currency);
  const text = cell.trim();
  return readDecimal(hasDollar ? text.replace(/^\$\s?(?=\d)/, "") : text, hasDollar);
}

/** Reads a rate: a decimal with or without a percent sign, which changes nothing: 2.27 and 2.27% are the same rate. */
export function readRate(cell: string): Reading {
  return readDecimal(cell.trim().replace(/(?<=\d)\s?%$/, ""), false);
}

function readDecimal(text: string, hasDollar: boolean): Reading {
  if (text === "") return { value: "0" };
  if (!DECIMAL.test(text)) return { code: isNegative(text, DECIMAL, hasDollar) ? "number_negative" : "number_invalid" };
  const number = plain(text);
  const point = number.indexOf(".");
  const whole = point < 0 ? number.length : point;
  const places = point < 0 ? 0 : number.length - point - 1;
  return whole > WHOLE_DIGITS || places > DECIMAL_PLACES ? { code: "number_too_large" } : { value: number };
}

/** Most numbers are plain already, and a file has millions. */
function plain(number: string): string {
  const together = number.includes(",") ? number.replaceAll(",", "") : number;
  return together.startsWith("0") ? together.replace(/^0+(?=\d)/, "") : together;
}

/** A minus sign or an accountant's brackets round a number that would read well without them. */
function isNegative(text: string, pattern: RegExp, hasDollar: boolean): boolean {
  const bare = text.startsWith("(") && text.endsWith(")") ? text.slice(1, -1) : text.replace(/^(\$?)[-\u2212]/, "$1");
  if (bare === text) return false;
  return pattern.test(hasDollar ? bare.replace(/^\$\s?/, "") : bare);
}

/**
 * Reads a post date: a day, or an ISO timestamp, which is its day in the client's timezone when it has an offset and the day
 * as written when it has none. Not before 2014, not more than one day ahead of now.
 */
export function readPostDate(cell: string, context: Pick<ReadingContext, "timezone" | "now">): Reading<Day> {
  const text = cell.trim();
  const day = knownDay(text) ?? dayOfTimestamp(text, context.timezone);
  if (day === null) return { code: "date_invalid" };
  if (day < EARLIEST) return { code: "date_too_early" };
  return day > latestDay(context) ? { code: "date_future" } : { value: day };
}

/** Days that were read before: a file says the same few hundred a million times, and whether a day exists takes a `Date` to tell. */
const days = new Map<string, Day>();
const MOST_DAYS = 10_000;

function knownDay(text: string): Day | null {
  const known = days.get(text);
  if (known !== undefined) return known;
  const day = parseDay(text);
  if (day === null) return null;
  if (days.size >= MOST_DAYS) days.clear();
  days.set(text, day);
  return day;
}

function dayOfTimestamp(text: string, timezone: string): Day | null {
  const match = TIMESTAMP.exec(text);
  const day = match === null ? null : knownDay(match[1]!);
  if (match === null || day === null) return null;
  const [, , hours, minutes, sign, offsetHours, offsetMinutes] = match;
  if (sign === undefined && !text.endsWith("Z")) return day;
  const offset = (Number(offsetHours ?? 0) * 60 + Number(offsetMinutes ?? 0)) * (sign === "-" ? -1 : 1);
  const instant = new Date(`${day}T${hours}:${minutes}:00Z`);
  // No timezone is a whole day off, so what is surely too early need not be formatted (years of three digits are not ISO).
  if (instant.getUTCFullYear() < 2013) return day;
  return dayOf(new Date(instant.getTime() - offset * 60_000), timezone);
}

/** The last day a post may carry. One answer per clock and timezone: a file asks a million times. */
let latest: { now: number; timezone: string; day: Day } | null = null;
function latestDay({ timezone, now }: Pick<ReadingContext, "timezone" | "now">): Day {
  if (latest === null || latest.now !== now.getTime() || latest.timezone !== timezone) {
    latest = { now: now.getTime(), timezone, day: addDays(dayOf(now, timezone), 1) };
  }
  return latest.day;
}

/** Reads a title: any text that the database can hold, as it is. */
export function readTitle(cell: string): Reading {
  return cell.length > TITLE_LENGTH || cell.includes("\0") ? { code: "title_invalid" } : { value: cell };
}
