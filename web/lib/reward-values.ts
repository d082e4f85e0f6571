import { rewardCreateInput } from "../../server/rewards/schema.ts";
import type { RewardCreateInput, RewardDto, RewardType } from "../../server/rewards/schema.ts";

/** What the fields of a reward's form hold: texts as typed. */
export interface RewardValues {
  name: string;
  description: string;
  type: RewardType;
  amount: string;
  percent: string;
  durationDays: string;
  durationMinutes: string;
  couponCode: string;
  maxUses: string;
  tierEligibility: string;
  redemptionFrequency: RewardDto["redemptionFrequency"];
  redemptionQuantity: string;
  enabled: boolean;
}

/** The fields that are text, which are those of a value. */
type ValueField = "amount" | "percent" | "durationDays" | "durationMinutes" | "couponCode" | "maxUses";

export const NEW_REWARD: RewardValues = {
  name: "",
  description: "",
  type: "gift_card",
  amount: "",
  percent: "",
  durationDays: "",
  durationMinutes: "",
  couponCode: "",
  maxUses: "",
  tierEligibility: "all",
  redemptionFrequency: "one_time",
  redemptionQuantity: "1",
  enabled: true,
};

/** The form of a reward that exists. */
export function rewardValuesOf(reward: RewardDto): RewardValues {
  const { name, description, value, tierEligibility, redemptionFrequency, redemptionQuantity, enabled } = reward;
  const texts = Object.fromEntries(Object.entries(value).map(([field, of]) => [field, String(of)]));
  return {
    ...NEW_REWARD,
    ...texts,
    type: value.type,
    name,
    description,
    tierEligibility,
    redemptionFrequency,
    redemptionQuantity: String(redemptionQuantity),
    enabled,
  };
}

/** The fields that say what a reward of a type is worth. */
export const VALUE_FIELDS: Record<RewardType, readonly ValueField[]> = {
  gift_card: ["amount"],
  spark_ads: ["amount"],
  commission_boost: ["percent", "durationDays"],
  discount: ["percent", "durationMinutes", "couponCode", "maxUses"],
  physical_gift: [],
  experience: [],
};

const SENTENCES: Partial<Record<keyof RewardValues, string>> = {
  name: "Give it a name of 1 to 200 characters.",
  description: "Keep the description within 2,000 characters.",
  amount: "Give an amount above 0.",
  percent: "Give a percentage above 0, at most 100.",
  durationDays: "Give a whole number of days above 0.",
  durationMinutes: "Give a whole number of minutes above 0.",
  couponCode: "Keep the code within 100 characters.",
  maxUses: "Give a whole number above 0, or leave it empty.",
  redemptionQuantity: "Give a whole number from 1 to 1,000,000.",
};

function numberOf(text: string): number | undefined {
  const trimmed = text.trim();
  return trimmed === "" ? undefined : Number(trimmed.replaceAll(",", ""));
}

/** What is sent, before it is checked: of the value's fields only those of its type. */
export function rewardInputOf(values: RewardValues): unknown {
  const fields = VALUE_FIELDS[values.type];
  const value = Object.fromEntries(
    fields.map((field) => [
      field,
      field === "couponCode" ? values.couponCode.trim() || undefined : numberOf(values[field]),
    ]),
  );
  const { name, description, tierEligibility, redemptionFrequency, enabled } = values;
  return {
    name,
    description,
    value: { type: values.type, ...value },
    tierEligibility,
    redemptionFrequency,
    redemptionQuantity: numberOf(values.redemptionQuantity),
    enabled,
  };
}

/** What stands in the way of saving a reward, one sentence a field. */
export function rewardErrors(values: RewardValues): Partial<Record<keyof RewardValues, string>> {
  const errors: Partial<Record<keyof RewardValues, string>> = {};
  for (const issue of rewardCreateInput.safeParse(rewardInputOf(values)).error?.issues ?? []) {
    const field = issue.path.at(-1) as keyof RewardValues;
    errors[field] ??= SENTENCES[field] ?? issue.message;
  }
  return errors;
}

/** The checked input of a form without errors. */
export function checkedReward(values: RewardValues): RewardCreateInput {
  return rewardCreateInput.parse(rewardInputOf(values));
}
