import { csvColumns, importFilters, rejectionCodes } from "../../../server/imports/schema.ts";
import { z } from "zod";
import { placeShape, searchOf } from "../../lib/search.ts";

export const importSearch = searchOf({ ...importFilters.shape, ...placeShape });

/** The check of one file: the filters and the place of its rejected rows. */
export const importCheckSearch = searchOf({
  code: z.enum(rejectionCodes),
  column: z.enum(csvColumns),
  ...placeShape,
});
