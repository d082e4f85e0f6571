import { z } from "zod";
import { pageInput } from "../base/paging.ts";

export const progressStatuses = ["active", "dormant", "completed"] as const;
export type ProgressStatus = (typeof progressStatuses)[number];
export const progressFilters = z.object({
  missionId: z.guid(),
  /** 'over': not completed and the window's last day has passed; 'active' and 'dormant' then mean rows still running */
  status: z.enum([...progressStatuses, "over"]).optional(),
  q: z.string().max(100).optional(),
});
export type ProgressFilters = z.infer<typeof progressFilters>;
/** sorted by handle */
export const progressListInput = pageInput.extend(progressFilters.shape);
export type ProgressListInput = z.infer<typeof progressListInput>;

export interface ProgressRow {
  userId: string;
  handle: string;
  tierId: string;
  tierName: string | null;
  value: string;
  target: string;
  status: ProgressStatus;
  isOver: boolean;
  windowStart: Date | null;
  windowEnd: Date | null;
  completedAt: Date | null;
  updatedAt: Date;
}
