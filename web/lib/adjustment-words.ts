import type { AdjustmentType } from "../../server/adjustments/schema.ts";
import { formatDecimal, formatMoney } from "./numbers.ts";

export const ADJUSTMENT_WORDS: Record<AdjustmentType, string> = {
  manual_sale: "manual sale",
  refund: "refund",
  bonus: "bonus",
  correction: "correction",
};

/** What the client counts. */
interface Counted {
  vipMetric: "sales" | "units";
  currency: string;
}

/** A figure in a column whose head names the metric: "$120.00", "12". */
export function metricFigure(value: string, { vipMetric, currency }: Counted): string {
  return vipMetric === "sales" ? formatMoney(value, currency) : formatDecimal(value);
}

/** The same with its sign: "+$120.00", "−12". */
export function signedMetricFigure(value: string, counted: Counted): string {
  return value.startsWith("-") ? metricFigure(value, counted) : `+${metricFigure(value, counted)}`;
}

/** An amount of the client's metric from decimal text: "$120.00", "12 units". */
export function metricText(value: string, { vipMetric, currency }: Counted): string {
  return vipMetric === "sales"
    ? formatMoney(value, currency)
    : `${formatDecimal(value)} ${value === "1" ? "unit" : "units"}`;
}

/** The same with its sign: "+$120.00", "−12 units". */
export function signedMetricText(value: string, counted: Counted): string {
  return value.startsWith("-") ? metricText(value, counted) : `+${metricText(value, counted)}`;
}
