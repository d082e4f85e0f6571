import type { StepDto } from "../../../server/sync/schema.ts";
import { STEP_NAMES } from "./run-words.ts";

/** What a step left as it was, and why. A reason that came later reads from its own name. */
const REASONS: Record<string, string> = {
  "import unchanged": "Rows of the file that say what is there already",
  "import duplicate": "Rows of the file for a video that stands further down again",
  "tiers creator_tier_unknown": "Creators whose tier the ladder does not have",
  "tiers tier_threshold_missing": "Tiers without a threshold",
  "seed already_seeded": "Pairs that have their row",
  "seed tier_too_low": "Pairs below the mission's tier",
  "seed mission_disabled": "Pairs of a mission that is not enabled",
  "seed mission_tier_unknown": "Pairs of a mission whose tier the ladder does not have",
  "seed creator_tier_unknown": "Pairs of a creator whose tier the ladder does not have",
  "progress mission_not_running": "Rows of a mission that is switched off",
  "progress raffle": "Rows of a raffle",
  "redemptions no_reward": "Completed rows of a mission without a reward",
};

export interface Skip {
  key: string;
  step: string;
  reason: string;
  count: number;
}

/** What the steps left out, by step and reason, in their order; nothing where nothing was left out. */
export function skipsOf(steps: readonly StepDto[]): Skip[] {
  return steps.flatMap(({ name, position, skipped }) =>
    Object.entries(skipped)
      .filter(([, count]) => count > 0)
      .map(([code, count]) => ({
        key: `${name} ${code}`,
        step: `step ${position}, ${STEP_NAMES[name].toLowerCase()}`,
        reason: skipReason(name, code),
        count,
      })),
  );
}

/** Why a step left something as it was, by the reason's code. */
export function skipReason(name: StepDto["name"], code: string): string {
  return REASONS[`${name} ${code}`] ?? fromCode(name, code);
}

/** What is not listed is mostly a code of a rejected row. */
function fromCode(name: StepDto["name"], code: string): string {
  const words = code.replaceAll("_", " ");
  return name === "import" ? `Rejected rows: ${words}` : `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
