import type { AdjustmentType } from "./schema.ts";

/** The sentence that refuses a value, or null when it fits the type and the client's metric. `value` is signed decimal text. */
export function refuseValue(type: AdjustmentType, value: string, metric: "sales" | "units"): string | null {
  if (metric === "units" && value.includes(".")) return "This client counts units: give a whole number.";
  if (!/[1-9]/.test(value)) return "An adjustment of 0 changes nothing.";
  const isNegative = value.startsWith("-");
  if (type === "refund" && !isNegative) return "A refund is below 0: write it with a minus.";
  if ((type === "manual_sale" || type === "bonus") && isNegative) {
    return `A ${type === "bonus" ? "bonus" : "manual sale"} is above 0: to take something away, enter a refund or a correction.`;
  }
  return null;
}
