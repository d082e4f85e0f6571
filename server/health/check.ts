import type { ClientSettings } from "../base/client-settings.ts";
import { dayOfInstant, dayWords as wordsOf } from "../db/day-sql.ts";
import { type Sql, sql } from "../db/db.ts";
import type { HealthFinding } from "./schema.ts";

/** What a check may depend on beside the client's rows. */
export interface HealthContext {
  settings: ClientSettings;
  now: Date;
}

/**
 * One named check. `found` selects one line per record: `detail` (text: what is the matter with it) beside `id` and `label` (text),
 * or, of progress rows and pairs (subject `row`), `user_id` and `mission_id`. The count is the number of lines.
 */
export interface Check extends Pick<HealthFinding, "code" | "severity" | "title" | "explanation"> {
  subject: "creator" | "mission" | "tier" | "run" | "row";
  /** what it finds comes with time alone, also while no run makes it: it is cheap and made again when it is read */
  isClockBound?: true;
  found: (health: HealthContext) => Sql;
}

export const creatorColumns = sql`u.id::text as id, u.tiktok_handle as label`;
export const missionName = sql`coalesce(nullif(m.display_name, ''), m.title)`;

/** The threshold of the client's metric, of tiers under the alias `t`. */
export function thresholdOf({ settings }: HealthContext): Sql {
  return settings.vipMetric === "sales" ? sql`t.sales_threshold` : sql`t.units_threshold`;
}

/** Today in the client's timezone. */
export function today({ settings, now }: HealthContext): Sql {
  return dayOfInstant(sql`${now}::timestamptz`, settings.timezone);
}

/** An instant as the day it has in the client's timezone, "14 Aug 2026"; null is "open". */
export function dayWords({ settings }: HealthContext, instant: Sql): Sql {
  return wordsOf(instant, settings.timezone);
}
