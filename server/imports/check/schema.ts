import { z } from "zod";
import { pageInput } from "../../base/paging.ts";

/** What a row would become; rejected rows have a list of their own, with their reasons. */
export const rowVerdicts = ["created", "updated", "unchanged", "duplicate"] as const;
export type RowVerdict = (typeof rowVerdicts)[number];

/** sorted by line; while the file waits */
export const checkedFilters = z.object({ importId: z.guid(), verdict: z.enum(rowVerdicts) });
export type CheckedFilters = z.infer<typeof checkedFilters>;
export const checkedListInput = pageInput.extend(checkedFilters.shape);
export type CheckedListInput = z.infer<typeof checkedListInput>;

/** sorted by handle */
export const newCreatorFilters = z.object({ importId: z.guid() });
export const newCreatorListInput = pageInput.extend(newCreatorFilters.shape);
export type NewCreatorListInput = z.infer<typeof newCreatorListInput>;

/** The eight values of a video that a file can change. */
export type ChangedColumn = "Views" | "Likes" | "Comments" | "GMV" | "CTR" | "Units Sold" | "Post Date" | "Video Title";

export interface FieldChange {
  column: ChangedColumn;
  /** as text; numbers as plain decimals */
  old: string;
  new: string;
}

export interface CheckedRow {
  line: number;
  /** the creator's handle: of an alias the one it stands for */
  handle: string;
  /** the handle as the file has it, where an accepted alias means another creator */
  sentHandle: string | null;
  videoKey: string;
  videoUrl: string;
  title: string;
  postDate: string;
  views: string;
  /** decimal text in the client's currency */
  gmv: string;
  unitsSold: string;
  /** of an updated row; empty for all others */
  changes: FieldChange[];
  /** of a duplicate: the later line that counts in its place */
  countedLine: number | null;
}

export interface NewCreator {
  handle: string;
  rows: number;
  videos: number;
  /** the earliest post date: where the creator's window would begin */
  firstPost: string;
  /** a known creator whose handle looks like this one, or null */
  resembles: { userId: string; handle: string } | null;
}

/**
 * How far the check of a large file is: `reading` with the share of its rows, then `judging`, whose end nobody knows; null when
 * nobody is checking it.
 */
export type CheckProgress = { phase: "reading"; share: number } | { phase: "judging" } | null;

/** `nothing`: no check of this file was under way. */
export type CheckCancelled = { kind: "cancelled" } | { kind: "nothing" };
