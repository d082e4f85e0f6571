/** Step 4: promotions, then due checkpoints (domain reference, section 10). */
import type { StepContext, StepOutcome } from "../base/step.ts";
import { formatCount } from "../base/text.ts";
import { setTiers } from "../creators/tier-columns.ts";
import { recomputeWindows } from "../creators/totals.ts";
import { inBulk } from "../db/bulk.ts";
import type { Db } from "../db/db.ts";
import {
  countJudgeable,
  countMoves,
  insertDueCheckpoints,
  insertPromotions,
  judgedLast,
  movedCreators,
  promotedNow,
} from "./moves-sql.ts";

/**
 * Moves creators between tiers. Expects totals that are up to date; leaves the checkpoint figures of moved creators fitting their
 * new window. Creators of an unknown tier are neither promoted nor judged; a lifetime client has no checkpoints.
 */
export async function moveTiers(tx: Db, step: StepContext): Promise<StepOutcome> {
  const { known, unknown, tiersWithoutThreshold } = await countJudgeable(tx, step);
  await inBulk(tx, async () => {
    await insertPromotions(tx, step);
    await setTiers(tx, step.settings, promotedNow(step), step.now);
    if (step.settings.tierCalculationMode === "fixed_checkpoint") await judgeDueWindows(tx, step);
  });
  const moves = await countMoves(tx, step);
  await recomputeWindows(tx, step.settings, movedCreators(step), step.now);
  return {
    rowsIn: known,
    rowsOut: moves.promoted + moves.maintained + moves.demoted,
    skipped: {
      ...(unknown === 0 ? {} : { creator_tier_unknown: unknown }),
      ...(tiersWithoutThreshold === 0 ? {} : { tier_threshold_missing: tiersWithoutThreshold }),
    },
    counts: { ...moves },
    message: `${formatCount(moves.promoted)} promoted, ${formatCount(moves.maintained)} maintained, ${formatCount(moves.demoted)} demoted`,
    warnings: 0,
  };
}

/** One round judges one window of every creator that is due; a creator who missed three is judged in three rounds. */
async function judgeDueWindows(tx: Db, step: StepContext): Promise<void> {
  for (;;) {
    const judged = await insertDueCheckpoints(tx, step);
    if (judged === 0) return;
    const moved = await setTiers(tx, step.settings, judgedLast(step), step.now);
    // Every verdict opens the next window; if one did not, the same window would be judged for ever.
    if (moved !== judged) throw new Error(`${judged} windows were judged but ${moved} creators moved on`);
  }
}
