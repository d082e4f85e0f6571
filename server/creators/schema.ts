import { z } from "zod";
import { pageInput } from "../base/paging.ts";

export const creatorSorts = ["handle", "rank"] as const;
export const creatorFilters = z.object({
  q: z.string().max(100).optional(),
  tier: z.string().max(100).optional(),
});
export type CreatorFilters = z.infer<typeof creatorFilters>;
/** `userIds`: of the creators that the other filters let through only these, the ticked ones of the list */
export const creatorExportFilters = creatorFilters.extend({
  sort: z.enum(creatorSorts).default("handle"),
  userIds: z.array(z.guid()).min(1).max(200).optional(),
});
export type CreatorExportFilters = z.infer<typeof creatorExportFilters>;
/** `mayBeStale`: up to 30 s old, for a list that says as of when it is; not for one that somebody picks from or has just changed */
const stale = { mayBeStale: z.boolean().default(false) };
/** by handle, or by rank (the metric's total, highest first; creators without a rank yet come last) */
export const creatorListInput = pageInput.extend({
  ...creatorFilters.shape,
  ...stale,
  sort: z.enum(creatorSorts).default("handle"),
});
export const creatorCountInput = creatorFilters.extend(stale);
export type CreatorCountInput = z.infer<typeof creatorCountInput>;
export type CreatorListInput = z.infer<typeof creatorListInput>;
export const creatorInput = z.object({ userId: z.guid() });

export interface CreatorRow {
  userId: string;
  handle: string;
  tierId: string;
  tierName: string | null;
  tierColor: string | null;
  rank: number | null;
  totalSales: string;
  totalUnits: number;
  checkpointSales: string;
  checkpointUnits: number;
  windowStart: Date | null;
  windowEnd: Date | null;
}

export interface CreatorDto extends CreatorRow {
  email: string;
  firstVideoDate: Date | null;
  checkpointVideos: number;
  checkpointViews: number;
  checkpointLikes: number;
  checkpointComments: number;
  videos: number;
  createdAt: Date;
  /** newest first, at most 50 */
  tierLog: {
    at: Date;
    kind: "checkpoint" | "promotion";
    status: "promoted" | "maintained" | "demoted";
    tierBefore: string;
    tierAfter: string;
    metricValue: string;
  }[];
}
