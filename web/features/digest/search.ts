import { z } from "zod";
import { searchOf } from "../../lib/search.ts";

/** The day that the digest is of; without it today. What is no day is kept: the page then is not found, instead of another day's. */
export const digestSearch = searchOf({ day: z.coerce.string().max(100) });

const day = z.iso.date();

/** Tells whether a text of the address is a day of the calendar. */
export function isDay(text: string): boolean {
  return day.safeParse(text).success;
}
