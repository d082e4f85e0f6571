import { z } from "zod";
import { auditFilters } from "../../../server/audit/schema.ts";
import { placeShape, searchOf } from "../../lib/search.ts";

/** The filters, the place in the list, and the entry whose drawer is open. */
export const auditSearch = searchOf({ ...auditFilters.shape, entry: z.string().max(100), ...placeShape });
