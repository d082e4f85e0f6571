import type { MissionDto } from "../../../server/missions/schema.ts";
import type { Plan, Refused } from "./plans/use-plan.ts";

export const NOTHING_TO_CREATE = "Nothing to create: everybody who qualifies already has a row.";

/** Why a mission cannot be seeded now, or undefined when it can; `open` is how many rows are missing, if known. */
export function reasonNotToSeed(mission: Pick<MissionDto, "enabled">, open: number | undefined): string | undefined {
  if (!mission.enabled) {
    return "This mission is a draft. Activate it, or enable it under Settings; then it can be seeded.";
  }
  return open === 0 ? NOTHING_TO_CREATE : undefined;
}

interface Counted {
  plan: Plan | undefined;
  isCounting: boolean;
  refused: Refused<Plan> | null;
}

/**
 * Why the plan of a dialog cannot be run now, or undefined when it can. The plan made in place of a refused one can always be
 * run, so that the answer to the click that was refused is never a closed door.
 */
export function reasonNotToRun({ plan, isCounting, refused }: Counted, isTypingLeft: boolean): string | undefined {
  if (isCounting) {
    return "Counting, so that the number is exact.";
  }
  if (plan === undefined) {
    return "The rows could not be counted.";
  }
  if (plan.planId === null) {
    return "No mission is enabled, so there is nothing to seed.";
  }
  if (plan.counts.willCreate === 0 && refused === null) {
    return NOTHING_TO_CREATE;
  }
  return isTypingLeft ? "Type the number of rows first." : undefined;
}
