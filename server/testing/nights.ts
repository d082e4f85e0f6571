/** Nights of a programme up to the tier step, and what they leave in the tier log. */
import { applyAdjustments } from "../adjustments/service.ts";
import type { ClientId, UserId } from "../base/ids.ts";
import { recomputeTotals } from "../creators/totals.ts";
import { sql } from "../db/db.ts";
import type { RootDb } from "../db/pools.ts";
import { moveTiers } from "../tiers/moves.ts";
import { aClient, aCreator, asOwner } from "./builders.ts";
import type { ClientOptions } from "./builders.ts";
import { creatorOf, runSteps } from "./steps.ts";

export function nightsOf(db: RootDb) {
  /** What a night does up to the tier step. */
  const night = (client: ClientId, now: string) =>
    runSteps(db, client, now, async (tx, step) => {
      await applyAdjustments(tx, step);
      await recomputeTotals(tx, step);
      return moveTiers(tx, step);
    });

  /** The creator's log as "kind before>after value [start, end]", oldest first, days in UTC. */
  function logOf(client: ClientId, user: UserId): Promise<string[]> {
    return asOwner(db, async (owner) => {
      const rows = await owner.query<{ line: string }>(sql`
      select kind || ' ' || status || ' ' || tier_before || '>' || tier_after || ' ' || metric_value::text || ' '
        || coalesce(to_char(window_start at time zone 'UTC', 'YYYY-MM-DD'), 'open') || '..' || to_char(window_end at time zone 'UTC', 'YYYY-MM-DD') as line
      from tier_checkpoints where client_id = ${client}::uuid and user_id = ${user}::uuid order by window_end`);
      return rows.map((row) => row.line);
    });
  }

  /** A client and one creator in `tier` whose window runs from August 1 to December 1, New York. */
  async function aSilver(options: ClientOptions & { tier?: string; next?: string | null } = {}) {
    const client = await aClient(db, options);
    const user = await aCreator(db, client, {
      tier: options.tier ?? "tier_2",
      tierAchievedAt: new Date("2026-08-01T04:00:00Z"),
      nextCheckpointAt: options.next === null ? null : new Date(options.next ?? "2026-12-01T05:00:00Z"),
    });
    return { client, user, stands: () => creatorOf(db, client, user), log: () => logOf(client, user) };
  }

  return { night, logOf, aSilver };
}
