import { goalRefusal, type Rung, tierRefusal } from "../../missions/rules.ts";
import { type MissionCreateInput, missionCreateInput, missionTarget } from "../../missions/schema.ts";
import type { DraftFault, DraftInput } from "./schema.ts";

const endDate = missionCreateInput.shape.raffleEndDate;
/** Stands where the form names no tier: the ladder has none of this name. */
const NO_TIER = "?";

/** The fields of a draft that decide, as they would be saved. */
export type Draft = Pick<DraftInput, "missionType" | "targetValue" | "tierEligibility" | "raffleEndDate">;

/** A raffle has no target to be typed, and an empty field is no tier. */
export function draftOf(input: DraftInput): Draft {
  const { missionType, targetValue, tierEligibility, raffleEndDate } = input;
  return {
    missionType,
    targetValue: missionType === "raffle" && targetValue === "" ? "0" : targetValue,
    tierEligibility: tierEligibility === "" ? NO_TIER : tierEligibility,
    raffleEndDate: raffleEndDate === "" ? null : raffleEndDate,
  };
}

/** What keeps a half-written form from being saved, of the fields that decide, in the sentences that saving would answer. */
export function draftFaults(
  draft: Draft,
  ladder: readonly Rung[],
  standing: { tierEligibility: string } | null,
): DraftFault[] {
  const goal = goalFault(draft);
  const tier =
    draft.tierEligibility === NO_TIER
      ? ({ field: "tierEligibility", message: "Choose a tier, or all tiers." } as const)
      : tierRefusal(draft.tierEligibility, ladder, standing);
  return [goal, tier].filter((fault) => fault !== null);
}

function goalFault(draft: Draft): DraftFault | null {
  if (!missionTarget.safeParse(draft.targetValue).success) {
    return { field: "targetValue", message: "Give the target as a number such as 1000 or 1000.50." };
  }
  if (!endDate.safeParse(draft.raffleEndDate).success) {
    return { field: "raffleEndDate", message: "Give the day on which it ends, such as 2026-11-20." };
  }
  return goalRefusal(draft);
}

/** Tells whether what the draft asks for could be saved. */
export function isGoalGood(faults: readonly DraftFault[]): boolean {
  return faults.every(({ field }) => field !== "targetValue" && field !== "raffleEndDate");
}

/**
 * The draft as a mission that the database takes, whatever is missing: who would get it depends on none of what is filled in here.
 * Enabled, because a draft is judged as if it were.
 */
export function draftMission(draft: Draft, faults: readonly DraftFault[]): MissionCreateInput {
  const isRaffle = draft.missionType === "raffle";
  const goal = isGoalGood(faults)
    ? { targetValue: draft.targetValue, raffleEndDate: draft.raffleEndDate }
    : { targetValue: isRaffle ? "0" : "1", raffleEndDate: isRaffle ? "2999-12-31" : null };
  const { missionType, tierEligibility } = draft;
  return missionCreateInput.parse({ ...goal, missionType, tierEligibility, title: "Draft", enabled: true });
}
