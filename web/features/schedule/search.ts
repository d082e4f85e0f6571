import { z } from "zod";
import { searchOf } from "../../lib/search.ts";

/** The day of the calendar that is explained below it. */
export const scheduleSearch = searchOf({ day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/) });
