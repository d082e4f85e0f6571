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

/** Tells whether one decimal text (not negative) is more than another, to the last place. */
export function isMoreThan(one: string, other: string): boolean {
  const [whole = "", places = ""] = shortest(one).split(".");
  const [otherWhole = "", otherPlaces = ""] = shortest(other).split(".");
  if (whole.length !== otherWhole.length) return whole.length > otherWhole.length;
  if (whole !== otherWhole) return whole > otherWhole;
  // "5" against "49": as text, a shorter one that begins alike comes first, as it should.
  return places > otherPlaces;
}
