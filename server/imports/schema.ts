import { z } from "zod";
import { pageInput } from "../base/paging.ts";

/** The ten columns of a daily file, exact (domain reference, section 9). */
export const csvColumns = [
  "Handle",
  "Video",
  "Views",
  "Likes",
  "Comments",
  "GMV",
  "CTR",
  "Units Sold",
  "Post Date",
  "Video Title",
] as const;
export type CsvColumn = (typeof csvColumns)[number];

/** What stands before the ten columns in the download of rejected rows: a file that begins with them is one that comes back. */
export const rejectedColumns = ["Line", "Column", "Code", "Reason"] as const;

/** Why one row is set aside. */
export const rejectionCodes = [
  "handle_invalid",
  "video_missing",
  "video_too_long",
  "number_invalid",
  "number_negative",
  "number_too_large",
  "date_invalid",
  "date_too_early",
  "date_future",
  "row_too_short",
  "row_too_long",
  "title_invalid",
  "video_owned",
] as const;
export type RejectionCode = (typeof rejectionCodes)[number];
/** Why a whole file is refused. */
export const refusalCodes = [
  "not_csv",
  "wrong_encoding",
  "wrong_separator",
  "column_missing",
  "column_twice",
  "line_too_long",
  "too_large",
  "no_tiers",
  "rows_rejected",
  "unreadable",
  "empty_upload",
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

export const importInput = z.object({ importId: z.guid() });
export const importFilters = z.object({
  status: z.enum(["stored", "imported", "refused", "discarded"]).optional(),
});
export const importListInput = pageInput.extend(importFilters.shape);
export type ImportListInput = z.infer<typeof importListInput>;
/** sorted by line; before the import the rows that would be set aside, after it the rows that were */
export const rejectedFilters = z.object({
  importId: z.guid(),
  code: z.enum(rejectionCodes).optional(),
  column: z.enum(csvColumns).optional(),
});
export type RejectedFilters = z.infer<typeof rejectedFilters>;
export const rejectedListInput = pageInput.extend(rejectedFilters.shape);
export type RejectedListInput = z.infer<typeof rejectedListInput>;

/** rows = created + updated + unchanged + duplicate + rejected, always */
export interface ImportCounts {
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  duplicate: number;
  rejected: number;
}

export interface ImportDto {
  id: string;
  fileName: string;
  source: "upload" | "inbox" | "https" | "cli" | "demo";
  status: "stored" | "imported" | "refused" | "discarded";
  sizeBytes: number;
  sha256: string;
  byName: string;
  createdAt: Date;
  importedAt: Date | null;
  runNumber: number | null;
  extraColumns: string[];
  refusal: { code: string; message: string } | null;
  /** null until it was imported */
  counts: ImportCounts | null;
  creatorsCreated: number;
  newestPost: string | null;
}

export interface ImportCheckDto {
  import: ImportDto;
  checkedAt: Date;
  counts: ImportCounts;
  byCode: { code: RejectionCode; column: CsvColumn; rows: number }[];
  /** handles that would become creators: exact number and the first 20 by name */
  newCreators: { count: number; sample: string[] };
  newestPost: string | null;
  /** why it could not be imported although it reads well (no_tiers), or null */
  refusal: { code: RefusalCode; message: string } | null;
  /** the same bytes were imported before */
  sameAs: { importId: string; runNumber: number | null; at: Date } | null;
  /** the newest import before this one, for "fewer rows" and "older posts" */
  previous: { rows: number; newestPost: string | null; at: Date } | null;
}

export interface RejectedRow {
  line: number;
  handle: string;
  column: CsvColumn;
  value: string;
  code: RejectionCode;
  /** one sentence: what is wrong and what to write instead */
  reason: string;
}
