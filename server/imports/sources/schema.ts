import { z } from "zod";
import { csvColumns } from "../schema.ts";

export const sourceKinds = ["inbox", "https"] as const;
export const authKinds = ["none", "bearer", "basic"] as const;

/** Visible ASCII: what a header can carry. */
const headerText = z.string().regex(/^[\x21-\x7e]+$/, "Letters, digits and signs without spaces");

/** `secret`: the token or the password; left out, the stored one stays. It is never answered. */
export const sourceUpdateInput = z.object({
  kind: z.enum(sourceKinds),
  url: z.string().trim().max(2_000).nullable(),
  authKind: z.enum(authKinds),
  authUser: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .regex(/^[^:\p{Cc}]+$/u, "A name without a colon")
    .nullable(),
  secret: headerText.max(4_000).optional(),
  sizeLimitMb: z.number().int().min(1).max(100_000),
  timeLimitSeconds: z.number().int().min(5).max(3_600),
});
export type SourceUpdateInput = z.infer<typeof sourceUpdateInput>;

/** Our column -> what the export calls it; a column that is left out keeps our name. */
export const columnsInput = z.object({
  columns: z.partialRecord(z.enum(csvColumns), z.string().min(1).max(200)),
});
export type ColumnsInput = z.infer<typeof columnsInput>;

export interface SourceDto {
  kind: (typeof sourceKinds)[number];
  url: string | null;
  authKind: (typeof authKinds)[number];
  authUser: string | null;
  hasSecret: boolean;
  sizeLimitMb: number;
  timeLimitSeconds: number;
  columns: ColumnsInput["columns"];
  /** relative to the data directory */
  inboxFolder: string;
  lastFetchedAt: Date | null;
  lastOutcome: "new" | "same" | "unchanged" | "refused" | "failed" | null;
  lastMessage: string | null;
  lastImportId: string | null;
  /** null: never changed */
  updatedAt: Date | null;
  updatedByName: string;
}

/** A try of the address: nothing was kept. `failed` has the sentence. */
export type SourceTested =
  | { kind: "file"; fileName: string; sizeBytes: number; rows: number; extraColumns: string[] }
  | { kind: "failed"; message: string };

/** A column of a file that is looked at before its names are matched. */
export interface ColumnSeen {
  name: string;
  /** the first five values that are not empty */
  samples: string[];
  /** rows in which it is not empty */
  filled: number;
}

export interface ColumnsSeen {
  rows: number;
  columns: ColumnSeen[];
  /** our columns with the name that is most likely theirs; those without a likely one are left out */
  proposed: ColumnsInput["columns"];
}
