import { z } from "zod";
import { redemptionFilters } from "../../../server/redemptions/schema.ts";
import { placeShape, searchOf } from "../../lib/search.ts";

/** The list, and the redemption whose cause is open beside it. */
export const redemptionsSearch = searchOf({ ...redemptionFilters.shape, why: z.guid(), ...placeShape });
