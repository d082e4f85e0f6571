import { z } from "zod";
import type { MissionType } from "../../missions/schema.ts";

export const causeInput = z.object({ redemptionId: z.guid() });

/** A video that counted towards a completed row, and where its figures come from. */
export interface CausingVideo {
  key: string;
  url: string;
  title: string;
  /** YYYY-MM-DD */
  postDate: string;
  /** decimal text: what it counts for the mission as it stands now */
  worth: string;
  /** the file that last changed a figure of it; null for a video of before files were noted */
  importId: string | null;
  fileName: string | null;
  /** the line of that file, the header being line 1 */
  line: number | null;
  /** true when that file came after the row was completed: then it counted for what it was before */
  hasChangedSince: boolean;
}

/** Why a redemption is there: the row that was completed, by which run, and the videos that did it. */
export interface CauseDto {
  redemptionId: string;
  userId: string;
  handle: string;
  missionId: string;
  missionName: string;
  missionType: MissionType;
  rewardName: string;
  /** decimal text: the row as it was completed */
  value: string;
  target: string;
  windowStart: Date | null;
  windowEnd: Date | null;
  seededAt: Date;
  completedAt: Date;
  /** the run that completed the row; null when none is known */
  completedBy: number | null;
  /** the run that made the redemption: another one where the mission had no reward at first */
  madeBy: number | null;
  /** those that count most, at most 50 */
  videos: CausingVideo[];
  videoCount: number;
  /** decimal text: what all of them count now, which may differ from `value`, since figures go on */
  worthNow: string;
}
