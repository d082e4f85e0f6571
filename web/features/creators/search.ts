import { z } from "zod";
import { creatorFilters, creatorSorts } from "../../../server/creators/schema.ts";
import { timelineKinds } from "../../../server/creators/timeline/schema.ts";
import { placeShape, searchOf } from "../../lib/search.ts";

export const creatorsSearch = searchOf({ ...creatorFilters.shape, sort: z.enum(creatorSorts), ...placeShape });

/** The creator page: the mission whose gates are open, and the kind that the timeline is narrowed to. */
export const creatorSearch = searchOf({ mission: z.string().max(100), kind: z.enum(timelineKinds) });
