import { z } from "zod";
import { pageInput } from "../base/paging.ts";

export const rewardTypes = [
  "gift_card",
  "spark_ads",
  "commission_boost",
  "discount",
  "physical_gift",
  "experience",
] as const;
export type RewardType = (typeof rewardTypes)[number];
export const redemptionFrequencies = ["one_time", "monthly", "unlimited"] as const;

const positive = z.number().positive().max(1e9);
const wholePositive = z.number().int().positive().max(1e9);
const percent = z.number().positive().max(100);

/** What a reward is worth, by type. Amounts are in the client's currency. */
const rewardValue = z.discriminatedUnion("type", [
  z.object({ type: z.literal("gift_card"), amount: positive }),
  z.object({ type: z.literal("spark_ads"), amount: positive }),
  z.object({ type: z.literal("commission_boost"), percent, durationDays: wholePositive }),
  z.object({
    type: z.literal("discount"),
    percent,
    durationMinutes: wholePositive,
    couponCode: z.string().trim().max(100).optional(),
    maxUses: wholePositive.optional(),
  }),
  z.object({ type: z.literal("physical_gift") }),
  z.object({ type: z.literal("experience") }),
]);
export type RewardValue = z.infer<typeof rewardValue>;

const rewardFields = {
  name: z.string().trim().min(1).max(200),
  description: z.string().trim().max(2000).default(""),
  value: rewardValue,
  tierEligibility: z.string().max(20).default("all"),
  redemptionFrequency: z.enum(redemptionFrequencies).default("one_time"),
  redemptionQuantity: z.number().int().positive().max(1_000_000).default(1),
  enabled: z.boolean().default(true),
};
export const rewardCreateInput = z.object(rewardFields);
export type RewardCreateInput = z.infer<typeof rewardCreateInput>;
export const rewardUpdateInput = z.object({ rewardId: z.guid(), ...rewardFields });
export type RewardUpdateInput = z.infer<typeof rewardUpdateInput>;
export const rewardFilters = z.object({
  q: z.string().max(100).optional(),
  enabled: z.boolean().optional(),
});
export type RewardFilters = z.infer<typeof rewardFilters>;
export const rewardListInput = pageInput.extend(rewardFilters.shape);
export type RewardListInput = z.infer<typeof rewardListInput>;

export interface RewardDto {
  id: string;
  name: string;
  description: string;
  value: RewardValue;
  tierEligibility: string;
  redemptionFrequency: (typeof redemptionFrequencies)[number];
  redemptionQuantity: number;
  redemptionType: "instant" | "scheduled";
  enabled: boolean;
  /** missions that give it */
  missions: number;
  createdAt: Date;
}
