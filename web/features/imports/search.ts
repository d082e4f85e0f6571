import { rowVerdicts } from "../../../server/imports/check/schema.ts";
import { csvColumns, importFilters, rejectionCodes } from "../../../server/imports/schema.ts";
import { z } from "zod";
import { placeShape, searchOf } from "../../lib/search.ts";

export const importSearch = searchOf({ ...importFilters.shape, ...placeShape });

/** The check of one file: which rows are listed, the filters and the place in the list, and what a rejected row means for the rest. */
export const importCheckSearch = searchOf({
  tab: z.enum([...rowVerdicts, "rejected"]),
  code: z.enum(rejectionCodes),
  column: z.enum(csvColumns),
  /** nothing unless all rows are valid */
  all: z.boolean(),
  /** the creators who would be created, in a drawer */
  creators: z.boolean(),
  ...placeShape,
});
