import { z } from "zod";
import { pageInput } from "../../base/paging.ts";

export const timelineKinds = ["joined", "adjustment", "tier", "seeded", "completed", "redemption"] as const;
export type TimelineKind = (typeof timelineKinds)[number];
/** newest first */
export const timelineInput = pageInput.extend({ userId: z.guid(), kind: z.enum(timelineKinds).optional() });
export type TimelineInput = z.infer<typeof timelineInput>;

/** What happened. Tiers are ids, amounts are of the client's metric, days are the client's. */
export type TimelineEvent =
  | { event: "joined" }
  | { event: "adjusted"; amount: string; adjustmentType: string; isPending: boolean }
  /** a judged window, or a promotion */
  | { event: "promoted" | "maintained" | "demoted"; tierBefore: string; tierAfter: string; metricValue: string }
  /** found in the log of changes alone: somebody changed it in SQL, or a changed ladder moved the checkpoint */
  | { event: "tier_changed"; tierBefore: string; tierAfter: string }
  | { event: "window_changed"; start: string | null; end: string | null }
  /** all rows of one seeding; the name is the first mission's */
  | { event: "seeded"; missionName: string; missions: number }
  /** the mission may be gone by now */
  | { event: "row_removed"; missionName: string | null }
  | { event: "completed"; missionId: string; missionName: string }
  | { event: "redeemed"; rewardName: string; missionName: string };

export type TimelineEntry = TimelineEvent & {
  key: string;
  at: Date;
  kind: TimelineKind;
  /** the run that did it; null where none did, or none is recorded */
  runNumber: number | null;
  /** who did it by hand; null for a run, and where it is not recorded */
  byName: string | null;
};
