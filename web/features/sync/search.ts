import { z } from "zod";
import { rejectionCodes } from "../../../server/imports/schema.ts";
import { runFilters } from "../../../server/sync/schema.ts";
import { placeShape, searchOf } from "../../lib/search.ts";

/** The runs: their filter and place; `start` opens the dialog that starts one, so that other pages can link to it. */
export const syncSearch = searchOf({ ...runFilters.shape, start: z.literal(true), ...placeShape });

export const runTabs = ["steps", "changes", "rejected", "log"] as const;
export type RunTab = (typeof runTabs)[number];

/** The run page: its tab, and the place and filter of the rejected rows. */
export const runSearch = searchOf({
  tab: z.enum(runTabs),
  code: z.enum(rejectionCodes),
  ...placeShape,
});
