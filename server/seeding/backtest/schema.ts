import { z } from "zod";
import { whatIf } from "../../eligibility/schema.ts";
import { missionTarget } from "../../missions/schema.ts";

export const backtestWindows = ["present", "previous"] as const;

export const backtestInput = z.object({
  missionId: z.guid(),
  window: z.enum(backtestWindows).default("present"),
  /** another tier or target than the ones saved; the mission counts as enabled anyway */
  whatIf: whatIf
    .pick({ tierEligibility: true })
    .extend({
      targetValue: missionTarget.refine((target) => Number(target) > 0, "The target must be above 0.").optional(),
    })
    .optional(),
});
export type BacktestInput = z.infer<typeof backtestInput>;

/** How many of the eligible creators have which window. */
export interface BacktestWindows {
  /** present ones, or previous ones that the tier log names */
  known: number;
  /** previous ones that no log names: the programme's checkpoint months before the present window */
  assumed: number;
  /** creators without a previous window, because the present one has no start: they are not considered */
  none: number;
}

/**
 * What would have come of a mission in windows that were; an approximation, because a video's figures are known as they stand
 * today and not as they grew: each is counted on the day it was posted.
 */
export interface BacktestDto {
  kind: "computed";
  window: (typeof backtestWindows)[number];
  computedAt: Date;
  /** the last day that counts: today in the client's timezone */
  today: string;
  targetValue: string;
  tierEligibility: string;
  /** true when the target or the tier is a supposed one */
  isWhatIf: boolean;
  windows: BacktestWindows;
  /** eligible creators with such a window, seeded or not */
  considered: number;
  /** those of them with a video in it */
  withVideos: number;
  completed: number;
  /** completed of considered, 0 to 1 */
  share: number;
  /** by the day on which the target was reached, in order; days without anybody are left out */
  perDay: { day: string; completed: number }[];
  /** half of them were done within so many days, the window's first being 1; null without any */
  medianDays: number | null;
  /** completed ones whose window has no start: the median leaves them out */
  withoutStart: number;
  /** completed x the reward's amount; null when the reward has no value in money or there is none */
  cost: { amount: string; each: string; currency: string } | null;
}

/** A raffle has no target, so there is no day on which somebody would have reached it. */
export type BacktestResult = BacktestDto | { kind: "raffle" };
