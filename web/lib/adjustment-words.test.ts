import { describe, expect, it } from "vitest";
import { metricText, signedMetricText } from "./adjustment-words.ts";

const bySales = { vipMetric: "sales", currency: "USD" } as const;
const byUnits = { vipMetric: "units", currency: "BRL" } as const;

describe("an amount of the client's metric", () => {
  it.each([
    ["120.0000", bySales, "+$120.00"],
    ["-25.50", bySales, "−$25.50"],
    ["12", byUnits, "+12 units"],
    ["-1200", byUnits, "−1,200 units"],
  ] as const)("%s reads as a change", (value, counted, text) => {
    expect(signedMetricText(value, counted)).toBe(text);
  });

  it("stands without a sign where it is a sum", () => {
    expect(metricText("5118.4", bySales)).toBe("$5,118.40");
  });
});
