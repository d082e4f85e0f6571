import { isSameDecimal } from "../base/decimal.ts";
import type { MissionCreateInput, MissionDto, MissionType } from "./schema.ts";

/** One tier of the client's ladder. */
export interface Rung {
  tierId: string;
  tierOrder: number;
}

/** Why a mission cannot be saved: the input at fault and a sentence for the admin. */
export interface Refusal {
  field: keyof MissionCreateInput;
  message: string;
}

/** A mission that stands already and is being changed. */
export type Standing = Pick<MissionDto, "tierEligibility" | "previewFromTier" | "activated">;

const wholeTargets: readonly MissionType[] = ["sales_units", "videos", "views", "likes"];

/**
 * The first rule that a mission breaks, or null (domain reference, section 2). `standing` is null for a new mission.
 * A tier that the ladder does not know is refused when it is chosen; one that stands from an older system may stay.
 */
export function missionRefusal(
  mission: MissionCreateInput,
  ladder: readonly Rung[],
  standing: Standing | null,
): Refusal | null {
  return (
    goalRefusal(mission) ??
    tierRefusal(mission.tierEligibility, ladder, standing) ??
    previewRefusal(mission, ladder, standing) ??
    rewardRefusal(mission, standing)
  );
}

/** What a mission asks for. */
export type Goal = Pick<MissionCreateInput, "missionType" | "targetValue" | "raffleEndDate">;

/** Why a mission cannot ask for this: a raffle has an end date and no target, everything else the reverse. */
export function goalRefusal(goal: Goal): Refusal | null {
  return goal.missionType === "raffle" ? raffleRefusal(goal) : targetRefusal(goal);
}

function raffleRefusal(mission: Goal): Refusal | null {
  if (mission.raffleEndDate === null) {
    return { field: "raffleEndDate", message: "A raffle needs the date on which it ends." };
  }
  return Number(mission.targetValue) === 0
    ? null
    : { field: "targetValue", message: "A raffle has no target: taking part is enough." };
}

function targetRefusal(mission: Goal): Refusal | null {
  if (mission.raffleEndDate !== null) {
    return { field: "raffleEndDate", message: "Only a raffle has an end date." };
  }
  if (Number(mission.targetValue) === 0) {
    return { field: "targetValue", message: "The target must be above 0." };
  }
  const isWhole = /^\d+(\.0+)?$/.test(mission.targetValue);
  return isWhole || !wholeTargets.includes(mission.missionType)
    ? null
    : { field: "targetValue", message: "This target counts things, so it must be a whole number." };
}

/** Why a mission cannot be for this tier. */
export function tierRefusal(
  tier: string,
  ladder: readonly Rung[],
  standing: Pick<Standing, "tierEligibility"> | null,
): Refusal | null {
  if (tier === "all" || tier === standing?.tierEligibility || ladder.some(({ tierId }) => tierId === tier)) return null;
  return { field: "tierEligibility", message: `The ladder has no tier ${tier}.` };
}

function previewRefusal(
  { previewFromTier, tierEligibility }: MissionCreateInput,
  ladder: readonly Rung[],
  standing: Standing | null,
): Refusal | null {
  const isAsItStands =
    standing !== null && standing.previewFromTier === previewFromTier && standing.tierEligibility === tierEligibility;
  if (previewFromTier === null || isAsItStands) return null;
  const field = "previewFromTier";
  const from = ladder.find(({ tierId }) => tierId === previewFromTier);
  if (from === undefined) return { field, message: `The ladder has no tier ${previewFromTier}.` };
  if (tierEligibility === "all") {
    return { field, message: "A mission for all tiers is locked for nobody, so there is nothing to preview." };
  }
  const wanted = ladder.find(({ tierId }) => tierId === tierEligibility);
  return wanted !== undefined && from.tierOrder >= wanted.tierOrder
    ? { field, message: "The preview must begin below the tier that the mission asks for." }
    : null;
}

function rewardRefusal(mission: MissionCreateInput, standing: Standing | null): Refusal | null {
  return standing?.activated === true && mission.rewardId === null
    ? { field: "rewardId", message: "An activated mission keeps a reward: choose another one, or deactivate it first." }
    : null;
}

type Editable = Omit<MissionCreateInput, "missionType">;
const editable = [
  "title",
  "displayName",
  "description",
  "targetValue",
  "rewardId",
  "tierEligibility",
  "previewFromTier",
  "displayOrder",
  "raffleEndDate",
  "enabled",
] as const satisfies readonly (keyof Editable)[];

/** What differs between a mission as it stands and as it becomes, for the audit; null when nothing does. */
export function missionChange(
  standing: MissionDto,
  next: Editable,
): { before: Record<string, unknown>; after: Record<string, unknown> } | null {
  const before: Editable = { ...standing, rewardId: standing.reward?.id ?? null };
  const changed = editable.filter((name) => !isSame(name, before[name], next[name]));
  if (changed.length === 0) return null;
  const pick = (fields: Editable) => Object.fromEntries(changed.map((name) => [name, fields[name]]));
  return { before: pick(before), after: pick(next) };
}

/** "1000" and "1000.00" are one target; a uuid is one in either case. */
function isSame(name: keyof Editable, before: Editable[keyof Editable], next: Editable[keyof Editable]): boolean {
  if (name === "targetValue") return isSameDecimal(String(before), String(next));
  if (name === "rewardId") return before === (typeof next === "string" ? next.toLowerCase() : next);
  return before === next;
}

const TITLE_LENGTH = 200;

/** The title of a copy, shortened where the mark would not fit. */
export function titleOfCopy(title: string): string {
  const mark = " (copy)";
  return `${title.slice(0, TITLE_LENGTH - mark.length)}${mark}`;
}
