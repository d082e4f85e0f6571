import { z } from "zod";
import { csvColumns, importFilters, rejectionCodes } from "../../../server/imports/schema.ts";
import { placeShape, searchOf } from "../../lib/search.ts";

export const importSearch = searchOf({ ...importFilters.shape, ...placeShape });

/** The check of one file: the bucket shown, and the filters of its rejected rows. */
export const importCheckSearch = searchOf({
  bucket: z.enum(["created", "updated", "unchanged", "duplicate", "rejected"]),
  code: z.enum(rejectionCodes),
  column: z.enum(csvColumns),
  ...placeShape,
});
