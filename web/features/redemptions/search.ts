import { redemptionFilters } from "../../../server/redemptions/schema.ts";
import { placeShape, searchOf } from "../../lib/search.ts";

export const redemptionsSearch = searchOf({ ...redemptionFilters.shape, ...placeShape });
