import { z } from "zod";
import { deliveryFilters } from "../../../server/notifications/schema.ts";
import { placeShape, searchOf } from "../../lib/search.ts";

/** `delivery`: the one whose attempts are open. */
export const notificationsSearch = searchOf({ ...deliveryFilters.shape, ...placeShape, delivery: z.string().max(40) });
