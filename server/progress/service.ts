import type { ClientId, MissionId } from "../base/ids.ts";
import type { StepContext, StepOutcome } from "../base/step.ts";
import { counted, formatCount } from "../base/text.ts";
import { inBulk } from "../db/bulk.ts";
import type { Db } from "../db/db.ts";
import { countActive, updateDormant, updateValues } from "./sql.ts";

/** Turns the dormant rows of missions that are enabled and activated (null: all missions) active; answers how many (domain reference, section 5). */
export function wakeRows(tx: Db, client: ClientId, missions: readonly MissionId[] | null): Promise<number> {
  return updateDormant(tx, client, missions);
}

/** Step 6: wakes the rows of missions that came to run by other means than activation. */
export async function wakeStep(tx: Db, step: StepContext): Promise<StepOutcome> {
  const woken = await wakeRows(tx, step.settings.id, null);
  return {
    rowsIn: woken,
    rowsOut: woken,
    skipped: {},
    counts: { woken },
    message: woken === 0 ? "No sleeping rows to wake" : `${counted(woken, "sleeping row")} woken`,
    warnings: 0,
  };
}

/** Step 7: recomputes every moving row from the videos and completes those that reach their target (domain reference, section 6). */
export async function progressStep(tx: Db, step: StepContext): Promise<StepOutcome> {
  const { moving: judged, stopped, raffle } = await countActive(tx, step.settings.id);
  const { written, changed, completed } = await inBulk(tx, () => updateValues(tx, step.settings, step.now));
  return {
    rowsIn: judged,
    rowsOut: written,
    skipped: {
      ...(stopped === 0 ? {} : { mission_not_running: stopped }),
      ...(raffle === 0 ? {} : { raffle }),
    },
    counts: { changed, completed },
    message: `${counted(judged, "row")} judged, ${counted(changed, "value")} changed, ${formatCount(completed)} completed`,
    warnings: 0,
  };
}
