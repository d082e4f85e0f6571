import { z } from "zod";

const code = z.string().max(100);

/** Not to be told of a check until a time, a year from now at most. */
export const muteInput = z.object({ code, reason: z.string().trim().min(1).max(500), until: z.date() });
export type MuteInput = z.infer<typeof muteInput>;
export const unmuteInput = z.object({ code });

export interface MuteDto {
  reason: string;
  until: Date;
  byName: string;
  at: Date;
}
