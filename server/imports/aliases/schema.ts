import { z } from "zod";

export const aliasInput = z.object({
  /** the other name, as files have it */
  handle: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^@?[a-z0-9_.]{2,100}$/, "2 to 100 letters, digits, underscores or dots")
    .transform((handle) => handle.replace(/^@/, "")),
  userId: z.guid(),
});
export type AliasInput = z.infer<typeof aliasInput>;

export const aliasStatuses = ["accepted", "dismissed"] as const;
export type AliasStatus = (typeof aliasStatuses)[number];

/** `status`: the decision that is taken back, as it was seen; another one stays */
export const aliasUndoInput = aliasInput.extend({ status: z.enum(aliasStatuses) });
export type AliasUndoInput = z.infer<typeof aliasUndoInput>;

export const aliasListInput = z.object({ status: z.enum(aliasStatuses).default("accepted") });

/** More decisions than these are not listed: the newest are. */
export const MOST_ALIASES = 500;

/** Why two names may be one person: `video`: rows of the new name were rejected, because the other holds the videos; `name`: they look alike. */
export type AliasEvidence = "video" | "name";

export interface AliasSuggestion {
  handle: string;
  /** the known creator whose name it may be */
  creator: { userId: string; handle: string };
  evidence: AliasEvidence;
  /** rejected rows under the new name; 0 for names that only look alike */
  rejectedRows: number;
  /** videos that a creator of the new name holds by now; they stay there */
  heldVideos: number;
}

/** A pair that somebody decided on: one creator (accepted), or two people (dismissed). */
export interface Alias {
  handle: string;
  creator: { userId: string; handle: string };
  byName: string;
  at: Date;
  heldVideos: number;
}
