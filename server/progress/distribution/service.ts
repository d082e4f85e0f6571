import { clientSettings } from "../../access/settings.ts";
import { notFound } from "../../base/errors.ts";
import type { ClientId } from "../../base/ids.ts";
import type { RootDb } from "../../db/pools.ts";
import { inClient, READING } from "../../db/tx.ts";
import { distributionOf } from "./rules.ts";
import type { DistributionDto } from "./schema.ts";
import { countTenths, findTarget } from "./sql.ts";

/** How far the rows of one mission are, by the values the last run wrote; not_found for a mission of nobody here. */
export function distribution(db: RootDb, client: ClientId, missionId: string, now: Date): Promise<DistributionDto> {
  return inClient(
    db,
    client,
    async (tx) => {
      const target = await findTarget(tx, client, missionId);
      if (target === null) throw notFound("This mission");
      const { timezone } = await clientSettings(tx, client);
      return distributionOf(target, await countTenths(tx, client, missionId, { timezone, now }));
    },
    READING,
  );
}
