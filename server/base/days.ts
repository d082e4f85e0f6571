/** Calendar days in a client's timezone. Instants are `Date`, days are 'YYYY-MM-DD' text; the two meet only here and in SQL. */
declare const dayBrand: unique symbol;
export type Day = string & { readonly [dayBrand]: true };

const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(timezone: string): Intl.DateTimeFormat {
  let format = formats.get(timezone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-CA", {
      timeZone: timezone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
    });
    formats.set(timezone, format);
  }
  return format;
}

/** The calendar day of an instant in a timezone (IANA name). */
export function dayOf(instant: Date, timezone: string): Day {
  return formatFor(timezone).format(instant) as Day;
}

/** Reads 'YYYY-MM-DD' as a day that exists in the calendar; null for anything else (2026-02-30 too). */
export function parseDay(text: string): Day | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const parsed = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== text ? null : (text as Day);
}

/** The day `count` days later (earlier when negative). */
export function addDays(day: Day, count: number): Day {
  const instant = new Date(`${day}T00:00:00Z`);
  instant.setUTCDate(instant.getUTCDate() + count);
  return instant.toISOString().slice(0, 10) as Day;
}
