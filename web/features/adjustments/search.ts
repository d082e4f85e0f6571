import { adjustmentFilters } from "../../../server/adjustments/schema.ts";
import { placeShape, searchOf } from "../../lib/search.ts";

export const adjustmentsSearch = searchOf({ ...adjustmentFilters.shape, ...placeShape });
