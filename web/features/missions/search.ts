import { z } from "zod";
import { buckets, reasons } from "../../../server/eligibility/schema.ts";
import { missionFilters } from "../../../server/missions/schema.ts";
import { progressStatuses } from "../../../server/progress/schema.ts";
import { placeShape, searchOf } from "../../lib/search.ts";

/** The missions list: filters, the second view, and the place in the list. */
export const missionsSearch = searchOf({
  ...missionFilters.shape,
  notSeeded: z.boolean(),
  view: z.enum(["table", "coverage"]),
  ...placeShape,
});

/** The mission page: its tab, the list below the sum, and the creator whose drawer is open. */
export const missionSearch = searchOf({
  tab: z.enum(["preview", "progress", "settings", "history"]),
  bucket: z.enum(buckets),
  reason: z.enum(reasons),
  tier: z.string().max(100),
  q: z.string().max(100),
  status: z.enum([...progressStatuses, "over"]),
  whatIf: z.boolean(),
  creator: z.string().max(100),
  ...placeShape,
});
