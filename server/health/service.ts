import { clientSettings } from "../access/settings.ts";
import type { ClientId } from "../base/ids.ts";
import { inBulk } from "../db/bulk.ts";
import type { RootDb } from "../db/pools.ts";
import { inClient } from "../db/tx.ts";
import type { Check } from "./check.ts";
import { programmeChecks } from "./programme-checks.ts";
import { progressChecks } from "./progress-checks.ts";
import type { HealthDto, HealthFinding } from "./schema.ts";
import { findFinding } from "./sql.ts";

export const allChecks: readonly Check[] = [...programmeChecks, ...progressChecks];

/** Makes every check of data health, the worst kind first; a check that finds nothing is listed with count 0. */
export function checkHealth(db: RootDb, client: ClientId, now: Date): Promise<HealthDto> {
  return inClient(
    db,
    client,
    async (tx) => {
      const health = { settings: await clientSettings(tx, client), now };
      const found: HealthFinding[] = [];
      await inBulk(tx, async () => {
        // One after the other: a transaction has one connection.
        for (const check of allChecks) found.push(await findFinding(tx, health, check));
      });
      return { computedAt: now, checks: found.toSorted((a, b) => order[a.severity] - order[b.severity]) };
    },
    { isolation: "repeatable read", timeoutMs: 60_000 },
  );
}

const order = { red: 0, amber: 1, grey: 2 } as const;
