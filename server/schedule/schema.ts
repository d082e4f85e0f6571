import { z } from "zod";
import type { SyncStarted } from "../sync/schema.ts";

/** The due time that the scheduler saw; a run starts only if it is still the client's. */
export const dueInput = z.object({ dueAt: z.date() });
/** `taken`: another process started this due time's run. */
export type DueStarted = SyncStarted | { kind: "taken" };

export interface ScheduleDto {
  cron: string;
  /** plain words: "every night at 04:00" */
  words: string;
  timezone: string;
  enabled: boolean;
  nextDueAt: Date;
  /** the next five due times */
  next: Date[];
  isMissed: boolean;
  /** folder below which files are looked for, relative to the data directory; never an absolute path of the machine */
  inbox: {
    folder: string;
    newestFile: { name: string; modifiedAt: Date; isTaken: boolean } | null;
  };
}
