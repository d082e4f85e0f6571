/** The days of a window in SQL: a creator's present window and a progress row's frozen one are read the same way. */
import type { ClientSettings } from "../base/client-settings.ts";
import { type Sql, sql } from "./db.ts";

/** The calendar day of a timestamptz expression in a timezone; null stays null. */
export function dayOfInstant(instant: Sql, timezone: string): Sql {
  return sql`(${instant} at time zone ${timezone}::text)::date`;
}

/** An instant as the day it has in a timezone, "14 Aug 2026"; null is "open". */
export function dayWords(instant: Sql, timezone: string): Sql {
  return sql`coalesce(to_char(${instant} at time zone ${timezone}::text, 'FMDD Mon YYYY'), 'open')`;
}

/** First day of a window, included; a null start leaves it open. */
export function firstDay(start: Sql, timezone: string): Sql {
  return sql`coalesce(${dayOfInstant(start, timezone)}, '-infinity'::date)`;
}

/** Day on which a window ends, excluded; a null end leaves it open. */
export function endDay(end: Sql, timezone: string): Sql {
  return sql`coalesce(${dayOfInstant(end, timezone)}, 'infinity'::date)`;
}

/** So many calendar months later in a timezone, clamped to the month's last day: January 31 + 1 is February 28. */
export function monthsLater(instant: Sql, months: number, timezone: string): Sql {
  return sql`((${instant} at time zone ${timezone}::text) + make_interval(months => ${months}::int)) at time zone ${timezone}::text`;
}

/** The instant at which the day after an instant's day begins in a timezone; comparing with it, not with days, can use an index. */
export function startOfNextDay(instant: Sql, timezone: string): Sql {
  return sql`((${dayOfInstant(instant, timezone)} + 1)::timestamp at time zone ${timezone}::text)`;
}

/** Whether the client's timezone is still the one of settings that were read earlier. */
export function isStillIn({ id, timezone }: Pick<ClientSettings, "id" | "timezone">): Sql {
  return sql`exists (select 1 from clients c where c.id = ${id}::uuid and c.timezone = ${timezone})`;
}
