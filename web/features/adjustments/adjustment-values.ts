import { adjustmentCreateInput } from "../../../server/adjustments/schema.ts";
import type { AdjustmentCreateInput, AdjustmentType } from "../../../server/adjustments/schema.ts";

/** What the fields of the form hold: texts as typed. */
export interface AdjustmentValues {
  handle: string;
  adjustmentType: AdjustmentType;
  value: string;
  reason: string;
}

export const NEW_ADJUSTMENT: AdjustmentValues = { handle: "", adjustmentType: "manual_sale", value: "", reason: "" };

type Metric = "sales" | "units";

/**
 * The amount as it is sent: commas between groups of three may be typed, a true minus is a minus, a plus is none. A refund is
 * written below 0 also where it was typed without its sign, for nobody refunds upwards.
 */
export function sentValue({ value, adjustmentType }: Pick<AdjustmentValues, "value" | "adjustmentType">): string {
  const plain = value
    .trim()
    .replace(/^\u2212/, "-")
    .replace(/^\+/, "");
  const number = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain) ? plain.replaceAll(",", "") : plain;
  return adjustmentType === "refund" && /^\d/.test(number) ? `-${number}` : number;
}

/** What stands in the way of entering it, one sentence a field. Empty when nothing does. */
export function adjustmentErrors(
  values: AdjustmentValues,
  metric: Metric,
): Partial<Record<keyof AdjustmentValues, string>> {
  const errors: Partial<Record<keyof AdjustmentValues, string>> = {};
  const { handle, value, reason } = adjustmentCreateInput.shape;
  if (!handle.safeParse(values.handle).success) {
    errors.handle = "Give the handle of a creator.";
  }
  const amount = valueError(values, metric, value.safeParse(sentValue(values)).success);
  if (amount !== null) {
    errors.value = amount;
  }
  if (!reason.safeParse(values.reason).success) {
    errors.reason = "Say why, in 1 to 1,000 characters. It stays in the log.";
  }
  return errors;
}

function valueError(values: AdjustmentValues, metric: Metric, isNumber: boolean): string | null {
  const sent = sentValue(values);
  if (!isNumber) {
    return metric === "sales" ? "Give an amount such as 25 or 25.50." : "Give a number of units, such as 12.";
  }
  if (metric === "units" && sent.includes(".")) {
    return "This client counts units: give a whole number.";
  }
  if (!/[1-9]/.test(sent)) {
    return "An adjustment of 0 changes nothing.";
  }
  return (values.adjustmentType === "manual_sale" || values.adjustmentType === "bonus") && sent.startsWith("-")
    ? "This is above 0. To take something away, choose a refund or a correction."
    : null;
}

/** The checked input of a form without errors. */
export function checkedAdjustment(values: AdjustmentValues): AdjustmentCreateInput {
  return adjustmentCreateInput.parse({ ...values, value: sentValue(values) });
}
