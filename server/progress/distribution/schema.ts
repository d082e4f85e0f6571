import { z } from "zod";

export const distributionInput = z.object({ missionId: z.guid() });

/** Rows between two tenths of the target; rows that are over stand apart, as everywhere. */
export interface DistributionStep {
  /** tenths of the target: from 0 (included) … to 10 (excluded) */
  from: number;
  to: number;
  running: number;
  over: number;
}

/** How far the rows of a mission are. Everything adds up to `total`. */
export interface DistributionDto {
  target: string;
  /** ten of them for the rows below the target; none for a raffle, which has no target */
  steps: DistributionStep[];
  /** rows that have the target and are not completed: asleep, or of a mission that does not run, or the target was lowered */
  reached: { running: number; over: number };
  completed: number;
  total: number;
}
