import { z } from "zod";
import { pageInput } from "../../base/paging.ts";
import { whatIf } from "../../eligibility/schema.ts";

/** What a creator can just miss: the mission's tier, or its target. */
export const nearMissKinds = ["tier", "target"] as const;
export type NearMissKind = (typeof nearMissKinds)[number];
export const nearMissFilters = z.object({
  missionId: z.guid(),
  whatIf: whatIf.optional(),
  kind: z.enum(nearMissKinds),
});
export type NearMissFilters = z.infer<typeof nearMissFilters>;
/** 'near': who has most first */
const sort = z.enum(["near", "handle"]).default("near");
export const nearMissListInput = pageInput.extend({ ...nearMissFilters.shape, sort });
export const nearMissExportFilters = nearMissFilters.extend({ sort });
export type NearMissExportFilters = z.infer<typeof nearMissExportFilters>;
export type NearMissListInput = z.infer<typeof nearMissListInput>;

/**
 * A creator who has reached at least 90 % of what is required. For a tier: of the mission's threshold, by what promotions count.
 * For a target: by the value over the row's window, or over the window that would be frozen.
 */
export interface NearMissRow {
  userId: string;
  handle: string;
  tierId: string;
  tierName: string | null;
  /** decimal texts, money or counts */
  value: string;
  required: string;
  /** "0" when it is reached already and the next sync will say so */
  missing: string;
  /** a row exists; else the creator would get one (target) or does not qualify yet (tier) */
  isSeeded: boolean;
  /** the window has passed: only late figures can still move it */
  isOver: boolean;
  windowStart: Date | null;
  windowEnd: Date | null;
}

export interface NearMissCounts {
  total: number;
  /** of them, those who have reached it already */
  reached: number;
  /** of them, those whose window has passed */
  over: number;
}
