import { clientSettings } from "../../access/settings.ts";
import { dayOf } from "../../base/days.ts";
import type { ClientId } from "../../base/ids.ts";
import type { RootDb } from "../../db/pools.ts";
import { inClient, READING } from "../../db/tx.ts";
import { allMissions } from "../../missions/service.ts";
import { coverageRows } from "./rules.ts";
import type { CoverageDto, CoverageInput } from "./schema.ts";
import { countCells, listCoverageTiers } from "./sql.ts";

/** All missions by all tiers: who qualifies, who has a row, whose is missing; from one snapshot, so that the cells add up. */
export function coverage(db: RootDb, client: ClientId, input: CoverageInput, now: Date): Promise<CoverageDto> {
  return inClient(
    db,
    client,
    async (tx) => {
      const { timezone } = await clientSettings(tx, client);
      const missions = await allMissions(tx, client, dayOf(now, timezone));
      const tiers = await listCoverageTiers(tx, client);
      const cells = await countCells(tx, client, input.asIfEnabled);
      return { computedAt: now, tiers, missions: coverageRows(missions, tiers, cells) };
    },
    READING,
  );
}
