import { describe, expect, it } from "vitest";
import { isPositive, minusAmount, timesAmount, withoutZeros } from "./amounts.ts";

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

describe("an amount less another", () => {
  it.each([
    ["20000", "7342.18", "12657.82"],
    ["20000.0000", "7342.18", "12657.8200"],
    ["100", "41", "59"],
    ["0.10", "0.30", "-0.20"],
    ["999999999999.9999", "0.0001", "999999999999.9998"],
  ])("%s less %s is exactly %s", (amount, less, rest) => {
    expect(minusAmount(amount, less)).toBe(rest);
  });

  it("drops only places that say nothing", () => {
    expect(["1000.0000", "12.50", "7"].map(withoutZeros)).toEqual(["1000", "12.50", "7"]);
  });
});
