import { rewardFilters } from "../../../server/rewards/schema.ts";
import { placeShape, searchOf } from "../../lib/search.ts";

export const rewardsSearch = searchOf({ ...rewardFilters.shape, ...placeShape });
