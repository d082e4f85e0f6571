import { auditFilters } from "../../../server/audit/schema.ts";
import { placeShape, searchOf } from "../../lib/search.ts";

export const auditSearch = searchOf({ ...auditFilters.shape, ...placeShape });
