import { clientSettings } from "../../access/settings.ts";
import { notFound } from "../../base/errors.ts";
import type { ClientId } from "../../base/ids.ts";
import type { RootDb } from "../../db/pools.ts";
import { inClient } from "../../db/tx.ts";
import type { CauseDto } from "./schema.ts";
import { findCause, listCausing } from "./sql.ts";

/**
 * From a redemption back to its cause: the completed row, the run, the videos that counted, and the file and line that last
 * changed each. not_found for another client's.
 */
export function causeOf(db: RootDb, client: ClientId, redemptionId: string): Promise<CauseDto> {
  return inClient(
    db,
    client,
    async (tx) => {
      const settings = await clientSettings(tx, client);
      const row = await findCause(tx, settings, redemptionId);
      if (row === null) throw notFound("This redemption");
      const { videos, count, worth } = await listCausing(tx, settings, redemptionId);
      return { ...row, videos, videoCount: count, worthNow: worth };
    },
    { isolation: "repeatable read" },
  );
}
