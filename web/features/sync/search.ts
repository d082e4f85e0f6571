import { z } from "zod";
import { rejectionCodes } from "../../../server/imports/schema.ts";
import { changeKinds } from "../../../server/sync/changes/schema.ts";
import { runFilters } from "../../../server/sync/schema.ts";
import { placeShape, searchOf } from "../../lib/search.ts";

/** The runs: their filter and place; `start` and `rehearse` open the dialogs that do so, so that other pages can link to them. */
export const syncSearch = searchOf({
  ...runFilters.shape,
  start: z.literal(true),
  rehearse: z.literal(true),
  ...placeShape,
});

export const runTabs = ["steps", "changes", "rejected", "log"] as const;
export type RunTab = (typeof runTabs)[number];

/** The run page: its tab, and the place and filter of the rejected rows. */
export const runSearch = searchOf({
  tab: z.enum(runTabs),
  code: z.enum(rejectionCodes),
  ...placeShape,
});

export const rehearsalTabs = ["steps", ...changeKinds] as const;
export type RehearsalTab = (typeof rehearsalTabs)[number];

/** A rehearsal: its tab, and the place in the list of names. */
export const rehearsalSearch = searchOf({ tab: z.enum(rehearsalTabs), ...placeShape });
