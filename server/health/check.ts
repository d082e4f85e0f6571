import type { ClientSettings } from "../base/client-settings.ts";
import { type Sql, sql } from "../db/db.ts";
import type { HealthFinding } from "./schema.ts";

/** What a check may depend on beside the client's rows. */
export interface HealthContext {
  settings: ClientSettings;
  now: Date;
}

/**
 * One named check. `found` selects `id` (text), `label` (text) and `weight` (integer): the count is the sum of the weights,
 * the sample the first five by label.
 */
export interface Check extends Pick<HealthFinding, "code" | "severity" | "title" | "explanation"> {
  subject: HealthFinding["sample"][number]["kind"];
  found: (health: HealthContext) => Sql;
}

export const creatorColumns = sql`u.id::text as id, u.tiktok_handle as label, 1 as weight`;
export const missionName = sql`coalesce(nullif(m.display_name, ''), m.title)`;

/** The threshold of the client's metric, of tiers under the alias `t`. */
export function thresholdOf({ settings }: HealthContext): Sql {
  return settings.vipMetric === "sales" ? sql`t.sales_threshold` : sql`t.units_threshold`;
}

/** Today in the client's timezone. */
export function today({ settings, now }: HealthContext): Sql {
  return sql`(${now}::timestamptz at time zone ${settings.timezone}::text)::date`;
}
