/** The proof that the shortcuts of a night lose nothing: everything is looked at once, as if there were none. */
import { clientSettings } from "../../access/settings.ts";
import { record } from "../../audit/record.ts";
import type { Actor } from "../../base/actor.ts";
import type { ClientId } from "../../base/ids.ts";
import { recomputeAllTotals, recomputeQueuedTotals } from "../../creators/totals.ts";
import type { RootDb } from "../../db/pools.ts";
import { inClient, pgDb, withOwnerOf } from "../../db/tx.ts";
import { recomputeProgress, recomputeQueuedProgress } from "../../progress/service.ts";
import { reconcileMissions } from "../../seeding/service.ts";
import { SEEDING } from "../../seeding/transaction.ts";
import type { VerifyDto } from "./schema.ts";
import { recount } from "./sql.ts";

/**
 * Counts anew, sums every creator, judges every pair of creator and mission and recomputes every moving row of a client. Whatever differs is set right,
 * told and audited; nothing does unless triggers were switched off or there is a bug. Takes minutes for a million creators.
 */
export async function verifyProgramme(db: RootDb, actor: Actor, client: ClientId, now: Date): Promise<VerifyDto> {
  const recounted = await withOwnerOf(db, client, (owner) => recount(pgDb(owner), client));
  const found = await inClient(
    db,
    client,
    async (tx) => {
      const settings = await clientSettings(tx, client);
      // What only waits for the next night is not lost.
      await recomputeQueuedTotals(tx, settings, now);
      await recomputeQueuedProgress(tx, settings, now);
      const differing = {
        summed: (await recomputeAllTotals(tx, settings, now)).written,
        seeded: await reconcileMissions(tx, actor, client),
        progressed: (await recomputeProgress(tx, settings, now)).written,
      };
      if (recounted + differing.summed + differing.seeded + differing.progressed > 0) {
        const subject = { kind: "client", id: client, name: "the programme" };
        await record(tx, actor, client, { action: "sync.verified", subject, counts: { ...differing, recounted } });
      }
      return differing;
    },
    SEEDING,
  );
  return { ...found, recounted };
}
