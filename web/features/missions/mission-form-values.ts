import { missionCreateInput, missionTarget } from "../../../server/missions/schema.ts";
import type { MissionCreateInput, MissionDto, MissionType } from "../../../server/missions/schema.ts";
import { amountFault, withoutZeros } from "../../lib/amounts.ts";

/** What the fields of the form hold: texts as typed. */
export interface MissionValues {
  missionType: MissionType;
  title: string;
  displayName: string;
  description: string;
  targetValue: string;
  rewardId: string | null;
  tierEligibility: string;
  previewFromTier: string | null;
  displayOrder: string;
  raffleEndDate: string;
  enabled: boolean;
}

export type MissionField = keyof MissionValues;

/** An empty form. */
export const NEW_MISSION: MissionValues = {
  missionType: "sales_dollars",
  title: "",
  displayName: "",
  description: "",
  targetValue: "",
  rewardId: null,
  tierEligibility: "all",
  previewFromTier: null,
  displayOrder: "0",
  raffleEndDate: "",
  enabled: false,
};

/** The form of a mission that exists. */
export function valuesOf(mission: MissionDto): MissionValues {
  return {
    missionType: mission.missionType,
    title: mission.title,
    displayName: mission.displayName,
    description: mission.description,
    targetValue: mission.missionType === "raffle" ? "" : withoutZeros(mission.targetValue),
    rewardId: mission.reward?.id ?? null,
    tierEligibility: mission.tierEligibility,
    previewFromTier: mission.previewFromTier,
    displayOrder: String(mission.displayOrder),
    raffleEndDate: mission.raffleEndDate ?? "",
    enabled: mission.enabled,
  };
}

/** What is sent, before it is checked: a raffle has no target, everything else no end date. */
export function inputOf(values: MissionValues): Record<MissionField, unknown> {
  const isRaffle = values.missionType === "raffle";
  return {
    ...values,
    targetValue: isRaffle ? "0" : plainNumber(values.targetValue),
    previewFromTier: values.tierEligibility === "all" ? null : values.previewFromTier,
    displayOrder: values.displayOrder.trim() === "" ? 0 : Number(values.displayOrder),
    raffleEndDate: isRaffle ? values.raffleEndDate || null : null,
  };
}

/** Commas between groups of three digits may be typed: "1,000.50" is 1000.50. */
export function plainNumber(text: string): string {
  const trimmed = text.trim();
  return /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(trimmed) ? trimmed.replaceAll(",", "") : trimmed;
}

const SENTENCES: Partial<Record<MissionField, string>> = {
  title: "Give it a title of 1 to 200 characters.",
  displayName: "Keep the name within 200 characters.",
  description: "Keep the description within 4,000 characters.",
  displayOrder: "Give a whole number from 0 to 1,000,000.",
  raffleEndDate: "Give the day on which it ends.",
};

const UNIT_WORDS: Record<Exclude<MissionType, "raffle">, string> = {
  sales_dollars: "a sum of money",
  sales_units: "a number of units",
  videos: "a number of videos",
  views: "a number of views",
  likes: "a number of likes",
};

/** What stands in the way of saving, one sentence a field. Empty when nothing does. */
export function missionErrors(values: MissionValues): Partial<Record<MissionField, string>> {
  const errors: Partial<Record<MissionField, string>> = {};
  const parsed = missionCreateInput.safeParse(inputOf(values));
  for (const issue of parsed.error?.issues ?? []) {
    const field = issue.path[0] as MissionField;
    errors[field] ??= SENTENCES[field] ?? issue.message;
  }
  return { ...errors, ...goalErrors(values) };
}

function goalErrors(values: MissionValues): Partial<Record<MissionField, string>> {
  if (values.missionType === "raffle") {
    return values.raffleEndDate === "" ? { raffleEndDate: "A raffle needs the day on which it ends." } : {};
  }
  const error = targetError(values.missionType, values.targetValue);
  return error === null ? {} : { targetValue: error };
}

/** Why a text is no target of that type, or null when it is one. */
export function targetError(missionType: MissionType, text: string): string | null {
  const target = plainNumber(text);
  if (missionType === "raffle") {
    return "A raffle has no target.";
  }
  if (!missionTarget.safeParse(target).success) {
    const fault = amountFault(target, "The target", { digits: 12, places: missionType === "sales_dollars" ? 2 : 0 });
    return (
      fault ??
      `Give ${UNIT_WORDS[missionType]}, such as ${missionType === "sales_dollars" ? "1000 or 1000.50" : "100"}.`
    );
  }
  if (Number(target) === 0) {
    return "The target must be above 0.";
  }
  return missionType !== "sales_dollars" && !/^\d+(\.0+)?$/.test(target)
    ? "This target counts things, so it must be a whole number."
    : null;
}

/** The checked input of a form without errors. */
export function checkedInput(values: MissionValues): MissionCreateInput {
  return missionCreateInput.parse(inputOf(values));
}

/** A form's errors as one sentence over it: "Two fields keep it from being saved: title and target." */
export function errorsSentence(labels: readonly string[]): string {
  const named = labels.map((label) => label.charAt(0).toLowerCase() + label.slice(1));
  if (named.length === 1) {
    return `One field keeps it from being saved: ${named[0]}.`;
  }
  return `${named.length} fields keep it from being saved: ${named.slice(0, -1).join(", ")} and ${named.at(-1)}.`;
}
