import { z } from "zod";
import { pageInput } from "../base/paging.ts";
import type { RewardValue } from "../rewards/schema.ts";

export const redemptionStatuses = ["claimable", "claimed", "rejected", "fulfilled", "concluded"] as const;
export type RedemptionStatus = (typeof redemptionStatuses)[number];
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
