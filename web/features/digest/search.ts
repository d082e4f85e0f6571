import { z } from "zod";
import { searchOf } from "../../lib/search.ts";

/** The day that the digest is of; without it today. */
export const digestSearch = searchOf({ day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/) });
