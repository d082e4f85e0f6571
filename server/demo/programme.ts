/** What a demo programme is made of; dates are relative to the day it is made. */
import type { MissionCreateInput } from "../missions/schema.ts";
import type { RewardCreateInput } from "../rewards/schema.ts";
import type { PopulationOptions } from "./population.ts";

export interface DemoMission {
  input: Omit<MissionCreateInput, "rewardId">;
  /** index into `rewards`, or null */
  reward: number | null;
  /** on which run of the history it is activated (0: before the first), or null: stays asleep */
  activatedBeforeRun: number | null;
}

export interface DemoProgramme {
  client: {
    subdomain: string;
    name: string;
    metric: "sales" | "units";
    timezone: string;
    currency: string;
    primaryColor: string;
    checkpointMonths: number;
  };
  /** names and thresholds of the metric, lowest first */
  ladder: { name: string; threshold: number }[];
  rewards: RewardCreateInput[];
  missions: DemoMission[];
  population: Omit<PopulationOptions, "lastDay">;
  /** handles' positions whose tier comes from an older system and is not in the ladder */
  unknownTiers: number;
  /** title of a mission whose tier comes from an older system too, or null */
  unknownTierMission: string | null;
  /** decimal text per adjustment, in the metric */
  adjustments: { type: "manual_sale" | "refund" | "bonus" | "correction"; value: string; reason: string }[];
}

/** A reward of which there is one, for all tiers. */
export function reward(
  name: string,
  value: RewardCreateInput["value"],
  description: string,
  enabled = true,
): RewardCreateInput {
  return {
    name,
    value,
    description,
    tierEligibility: "all",
    redemptionFrequency: "one_time",
    redemptionQuantity: 1,
    enabled,
  };
}

/** A mission for all tiers, enabled, unless `fields` say otherwise. */
export function mission(
  fields: Pick<MissionCreateInput, "title" | "displayName" | "missionType" | "targetValue"> &
    Partial<MissionCreateInput>,
): DemoMission["input"] {
  return {
    description: "",
    tierEligibility: "all",
    previewFromTier: null,
    displayOrder: 0,
    raffleEndDate: null,
    enabled: true,
    ...fields,
  };
}
