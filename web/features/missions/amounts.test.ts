import { describe, expect, it } from "vitest";
import { isPositive, timesAmount } from "./amounts.ts";

describe("an amount times a count", () => {
  it.each([
    ["25", 212, "5300"],
    ["25.00", 212, "5300.00"],
    ["24.50", 3, "73.50"],
    ["0.05", 1, "0.05"],
    ["0.05", 0, "0.00"],
    ["-4.50", 3, "-13.50"],
    ["999999999.99", 100_000, "99999999999000.00"],
  ])("%s x %d is exactly %s", (amount, count, product) => {
    expect(timesAmount(amount, count)).toBe(product);
  });

  it("knows what is above zero", () => {
    expect(["1", "0.01", "10"].every(isPositive)).toBe(true);
    expect(["0", "0.00", "-1", ""].some(isPositive)).toBe(false);
  });
});
