import { z } from "zod";
import { rejectionCodes } from "../../../server/imports/schema.ts";
import { changeKinds, keptKinds } from "../../../server/sync/changes/schema.ts";
import { runFilters } from "../../../server/sync/schema.ts";
import { placeShape, searchOf } from "../../lib/search.ts";

/** The runs: their filter and place; `start` and `rehearse` open the dialogs that do so, so that other pages can link to them. */
export const syncSearch = searchOf({
  ...runFilters.shape,
  start: z.literal(true),
  rehearse: z.literal(true),
  ...placeShape,
});

export const runTabs = ["steps", "changes", "compare", "rejected", "log"] as const;
export type RunTab = (typeof runTabs)[number];

/** The lists of the Changes tab: one kind each, and what is only counted. */
export const changeTabs = [...keptKinds, "seeded", "counts"] as const;
export type ChangeTab = (typeof changeTabs)[number];

/** The run page: its tab, the kind of changes, the run to compare with, and the place and filter of the list shown. */
export const runSearch = searchOf({
  tab: z.enum(runTabs),
  kind: z.enum(changeTabs),
  with: z.number().int().positive(),
  code: z.enum(rejectionCodes),
  ...placeShape,
});

export const rehearsalTabs = ["steps", ...changeKinds] as const;
export type RehearsalTab = (typeof rehearsalTabs)[number];

/** A rehearsal: its tab, and the place in the list of names. */
export const rehearsalSearch = searchOf({ tab: z.enum(rehearsalTabs), ...placeShape });
