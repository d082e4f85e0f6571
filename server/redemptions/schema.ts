import { z } from "zod";
import { pageInput } from "../base/paging.ts";
import type { RewardValue } from "../rewards/schema.ts";

export const redemptionStatuses = ["claimable", "claimed", "rejected", "fulfilled", "concluded"] as const;
export type RedemptionStatus = (typeof redemptionStatuses)[number];

/**
 * How many redemptions, and worth how much in the client's money, are made without an owner who looks, where a client has set nothing
 * else. Of guards that hold a sync, and of a fix on the page of data health.
 */
export const UNLOOKED_AT = { redemptions: "1000", redemptions_value: "25000" } as const;

export const redemptionFilters = z.object({
  status: z.enum(redemptionStatuses).optional(),
  missionId: z.guid().optional(),
  userId: z.guid().optional(),
});
/** newest first */
export const redemptionListInput = pageInput.extend(redemptionFilters.shape);
export type RedemptionListInput = z.infer<typeof redemptionListInput>;

export interface RedemptionDto {
  id: string;
  userId: string;
  handle: string;
  missionId: string;
  missionName: string;
  rewardName: string;
  rewardValue: RewardValue;
  status: RedemptionStatus;
  redemptionType: "instant" | "scheduled";
  tierAtClaim: string;
  tierAtClaimName: string | null;
  runNumber: number | null;
  completedAt: Date;
  createdAt: Date;
}
