import type { RewardDto, RewardType, RewardValue } from "./schema.ts";

/** How a reward of a type is redeemed: what needs a date is scheduled, the rest is handed over at once. */
export function redemptionTypeOf(type: RewardType): RewardDto["redemptionType"] {
  return type === "commission_boost" || type === "discount" ? "scheduled" : "instant";
}

/** The value as the column `value_data` holds it: snake_case, without the type, without what was left out. */
export function toValueData(value: RewardValue): Record<string, string | number> {
  if ("amount" in value) return { amount: value.amount };
  if (value.type === "commission_boost") return { percent: value.percent, duration_days: value.durationDays };
  if (value.type !== "discount") return {};
  return {
    percent: value.percent,
    duration_minutes: value.durationMinutes,
    ...(value.couponCode === undefined || value.couponCode === "" ? {} : { coupon_code: value.couponCode }),
    ...(value.maxUses === undefined ? {} : { max_uses: value.maxUses }),
  };
}

/** The columns `type` and `value_data` as they stand in the database, whose checks hold their shape. */
export interface StoredValue {
  type: RewardType;
  valueData: {
    amount?: number;
    percent?: number;
    duration_days?: number;
    duration_minutes?: number;
    coupon_code?: string | null;
    max_uses?: number | null;
  };
}

/** The types whose value is an amount of the client's money; the others have no price. */
export const MONEY_TYPES = ["gift_card", "spark_ads"] as const satisfies readonly RewardType[];
type MoneyType = (typeof MONEY_TYPES)[number];

function isMoney(type: RewardType): type is MoneyType {
  return MONEY_TYPES.some((money) => money === type);
}

/** Reads a stored value back; the inverse of `toValueData`. */
export function fromValueData({ type, valueData: data }: StoredValue): RewardValue {
  if (isMoney(type)) return { type, amount: data.amount! };
  if (type === "commission_boost") return { type, percent: data.percent!, durationDays: data.duration_days! };
  if (type !== "discount") return { type };
  return {
    type,
    percent: data.percent!,
    durationMinutes: data.duration_minutes!,
    ...(data.coupon_code == null ? {} : { couponCode: data.coupon_code }),
    ...(data.max_uses == null ? {} : { maxUses: data.max_uses }),
  };
}

/** Why a reward's tier cannot be set; null when it can. A tier that stands already may stay, whatever the ladder says. */
export function tierRefusal(tier: string, ladder: readonly string[], standing: string | null): string | null {
  if (tier === "all" || tier === standing || ladder.includes(tier)) return null;
  return `The ladder has no tier ${tier}.`;
}

type Fields = Pick<
  RewardDto,
  "name" | "description" | "value" | "tierEligibility" | "redemptionFrequency" | "redemptionQuantity" | "enabled"
>;
const fieldNames = [
  "name",
  "description",
  "value",
  "tierEligibility",
  "redemptionFrequency",
  "redemptionQuantity",
  "enabled",
] as const satisfies readonly (keyof Fields)[];

/** What differs between a reward as it was and as it becomes, for the audit; null when nothing does. */
export function rewardChange(
  before: Fields,
  after: Fields,
): { before: Record<string, unknown>; after: Record<string, unknown> } | null {
  const changed = fieldNames.filter((name) => asText(before[name]) !== asText(after[name]));
  if (changed.length === 0) return null;
  const pick = (fields: Fields) => Object.fromEntries(changed.map((name) => [name, fields[name]]));
  return { before: pick(before), after: pick(after) };
}

/** Two values that are stored the same read the same; `toValueData` always puts its keys in one order. */
function asText(value: Fields[keyof Fields]): string {
  return typeof value === "object" ? JSON.stringify([value.type, toValueData(value)]) : String(value);
}
