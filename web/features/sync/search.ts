import { z } from "zod";
import { rejectionCodes } from "../../../server/imports/schema.ts";
import { runFilters } from "../../../server/sync/schema.ts";
import { placeShape, searchOf } from "../../lib/search.ts";

export const syncSearch = searchOf({ ...runFilters.shape, ...placeShape });

/** The run page: its tab, and the place and filter of the rejected rows. */
export const runSearch = searchOf({
  tab: z.enum(["steps", "changes", "rejected", "log"]),
  code: z.enum(rejectionCodes),
  ...placeShape,
});
