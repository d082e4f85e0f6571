import { z } from "zod";

/** An amount or target that travels as text, so that no place of it is rounded: up to twelve digits before the point, four behind. */
export const decimalText = z.string().regex(/^\d{1,12}(\.\d{1,4})?$/, "A number such as 1000 or 1000.50");
