import { z } from "zod";
import { searchOf } from "../../lib/search.ts";

/** The finding whose list is open. */
export const healthSearch = searchOf({ finding: z.string().max(100) });
