import { z } from "zod";
import { creatorFilters, creatorSorts } from "../../../server/creators/schema.ts";
import { placeShape, searchOf } from "../../lib/search.ts";

export const creatorsSearch = searchOf({ ...creatorFilters.shape, sort: z.enum(creatorSorts), ...placeShape });

/** The creator page: the mission whose gates are open. */
export const creatorSearch = searchOf({ mission: z.string().max(100) });
