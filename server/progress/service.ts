import type { ClientSettings } from "../base/client-settings.ts";
import type { ClientId, MissionId } from "../base/ids.ts";
import type { StepContext, StepOutcome } from "../base/step.ts";
import { counted, formatCount } from "../base/text.ts";
import { inBulk } from "../db/bulk.ts";
import type { Db } from "../db/db.ts";
import type { Repair } from "../db/repair.ts";
import {
  countActive,
  findQueued,
  listSleeping,
  type Moved,
  listWakeable,
  updateAllValues,
  updateDormant,
  updateQueuedValues,
  wakeableRows,
} from "./sql.ts";

/** Turns the dormant rows of missions that are enabled and activated (null: all missions) active; answers how many (domain reference, section 5). */
export async function wakeRows(
  tx: Db,
  client: ClientId,
  missions: readonly MissionId[] | null,
  now: Date,
): Promise<number> {
  const sleeping = await listSleeping(tx, client, missions);
  return sleeping.length === 0 ? 0 : updateDormant(tx, client, sleeping, now);
}

/** The sleeping rows of missions that run, as a set that can be woken; found in the rows themselves, not in the kept counts. */
export function wakeRepair(client: ClientId, now: Date): Repair {
  return {
    concerned: wakeableRows(client),
    apply: async (tx) => updateDormant(tx, client, await listWakeable(tx, client), now),
  };
}

/** Step 6: wakes the rows of missions that came to run by other means than activation. */
export async function wakeStep(tx: Db, step: StepContext): Promise<StepOutcome> {
  const woken = await wakeRows(tx, step.settings.id, null, step.now);
  return {
    rowsIn: woken,
    rowsOut: woken,
    skipped: {},
    counts: { woken },
    message: woken === 0 ? "No sleeping rows to wake" : `${counted(woken, "sleeping row")} woken`,
    warnings: 0,
  };
}

/**
 * Step 7: recomputes from the videos every moving row to which something happened since it was last computed, and completes those
 * that reach their target (domain reference, section 6). The others would come out as they are.
 */
export async function progressStep(tx: Db, step: StepContext): Promise<StepOutcome> {
  const { moving, stopped, raffle } = await countActive(tx, step.settings.id);
  const { judged, written, changed, completed } = await recomputeQueuedProgress(tx, step.settings, step.now);
  return {
    rowsIn: judged,
    rowsOut: written,
    skipped: {
      ...(stopped === 0 ? {} : { mission_not_running: stopped }),
      ...(raffle === 0 ? {} : { raffle }),
    },
    counts: { changed, completed },
    message: `${judged === moving ? counted(judged, "row") : `${formatCount(judged)} of ${counted(moving, "row")}`} judged, ${counted(changed, "value")} changed, ${formatCount(completed)} completed`,
    warnings: 0,
  };
}

/** The step without its words: what waits is brought up to date. */
export async function recomputeQueuedProgress(tx: Db, settings: ClientSettings, now: Date): Promise<Moved> {
  const { isEverything, isFew } = await findQueued(tx, settings.id);
  if (isEverything) return inBulk(tx, () => updateAllValues(tx, settings, now));
  const update = () => updateQueuedValues(tx, settings, now, { isFew });
  return isFew ? update() : inBulk(tx, update);
}

/** Recomputes every moving row, whatever the queue says: writes nothing where the queue was right. For the proof that it is. */
export async function recomputeProgress(tx: Db, settings: ClientSettings, now: Date): Promise<{ written: number }> {
  return inBulk(tx, () => updateAllValues(tx, settings, now));
}
