import { expect, it } from "vitest";
import { refuseValue } from "./rules.ts";

it.each([
  ["manual_sale", "25", "sales", true],
  ["manual_sale", "-25", "sales", false],
  ["bonus", "0.5", "sales", true],
  ["bonus", "-0.5", "sales", false],
  ["refund", "-25.50", "sales", true],
  ["refund", "25.50", "sales", false],
  ["correction", "1", "sales", true],
  ["correction", "-1", "sales", true],
  ["correction", "0", "sales", false],
  ["correction", "-0.00", "sales", false],
  ["manual_sale", "0.00", "sales", false],
  ["manual_sale", "3", "units", true],
  ["manual_sale", "3.5", "units", false],
  ["refund", "-3", "units", true],
  ["refund", "-3.0", "units", false],
] as const)("a %s of %s %s is fine: %s", (type, value, metric, isFine) => {
  expect(refuseValue(type, value, metric) === null).toBe(isFine);
});
