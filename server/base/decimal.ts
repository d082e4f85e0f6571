import { z } from "zod";

/** An amount or target that travels as text, so that no place of it is rounded: up to twelve digits before the point, four behind. */
export const decimalText = z.string().regex(/^\d{1,12}(\.\d{1,4})?$/, "A number such as 1000 or 1000.50");

/** Tells whether two decimal texts are one number: "1000" and "1000.00" are. As text, because a number would round the last places of a large one. */
export function isSameDecimal(one: string, other: string): boolean {
  return shortest(one) === shortest(other);
}

/** Decimal text without zeros that mean nothing. */
function shortest(decimal: string): string {
  const [whole = "", places = ""] = decimal.split(".");
  return `${whole.replace(/^0+(?=\d)/, "")}.${places.replace(/0+$/, "")}`;
}
