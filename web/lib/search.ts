import { z } from "zod";

type Shape = Record<string, z.ZodType>;
type Lenient<S extends Shape> = { [K in keyof S]: z.ZodCatch<z.ZodOptional<S[K]>> };

/**
 * Search params of a page: every one optional, and a value that does not parse is dropped instead of breaking the
 * page, because addresses are typed, cut and mailed around by people.
 */
export function searchOf<S extends Shape>(shape: S): z.ZodObject<Lenient<S>> {
  const lenient = Object.fromEntries(
    Object.entries(shape).map(([key, type]) => [key, type.optional().catch(undefined)]),
  ) as Lenient<S>;
  return z.object(lenient);
}

/** Where a list stands: the keyset cursor, and the number of the page for its words. See `Pager`. */
export const placeShape = {
  after: z.string().max(400),
  before: z.string().max(400),
  page: z.number().int().min(1),
};

/** Back to the first page: spread into a new search whenever a filter changes. */
export const firstPage = { after: undefined, before: undefined, page: undefined };
