import { describe, expect, it } from "vitest";
import { adjustmentErrors, checkedAdjustment, NEW_ADJUSTMENT, sentValue } from "./adjustment-values.ts";

const filled = { ...NEW_ADJUSTMENT, handle: "@mara.makes", value: "120", reason: "Sold at the fair" };

describe("the form of an adjustment", () => {
  it.each([
    ["120", "manual_sale", "120"],
    ["+1,200.50", "bonus", "1200.50"],
    ["25", "refund", "-25"],
    ["−25", "refund", "-25"],
    ["-3", "correction", "-3"],
  ] as const)("sends %s as a %s as %s", (value, adjustmentType, sent) => {
    expect(sentValue({ value, adjustmentType })).toBe(sent);
  });

  it("answers every fault with a sentence at its field", () => {
    expect(Object.keys(adjustmentErrors({ ...NEW_ADJUSTMENT, value: "lots" }, "sales"))).toEqual([
      "handle",
      "value",
      "reason",
    ]);
    expect(adjustmentErrors({ ...filled, value: "0.00" }, "sales").value).toContain("changes nothing");
    expect(adjustmentErrors({ ...filled, value: "-5" }, "sales").value).toContain("above 0");
    expect(adjustmentErrors({ ...filled, value: "1.5" }, "units").value).toContain("whole number");
  });

  it("gives the checked input when nothing is at fault", () => {
    expect(adjustmentErrors(filled, "sales")).toEqual({});
    expect(checkedAdjustment(filled)).toMatchObject({ value: "120", adjustmentType: "manual_sale" });
  });
});
