import { describe, expect, it } from "vitest";
import {
  countOf,
  formatBytes,
  formatChange,
  formatCount,
  formatDecimal,
  formatMoney,
  formatMoneyShort,
  formatPercent,
  shareOf,
} from "./numbers.ts";

describe("counts", () => {
  it("have thousands separators and a true minus", () => {
    expect(formatCount(1284)).toBe("1,284");
    expect(formatCount(0)).toBe("0");
    expect(formatCount(-995)).toBe("−995");
  });
  it("show their sign when they are a change", () => {
    expect(formatChange(12)).toBe("+12");
    expect(formatChange(-63)).toBe("−63");
    expect(formatChange(0)).toBe("0");
  });
  it("agree with their noun", () => {
    expect(countOf(1, "row")).toBe("1 row");
    expect(countOf(1241, "row")).toBe("1,241 rows");
    expect(countOf(2, "person", "people")).toBe("2 people");
  });
});

describe("money", () => {
  it("has its currency and two digits in columns", () => {
    expect(formatMoney("1000", "USD")).toBe("$1,000.00");
    expect(formatMoney("-4.5", "USD")).toBe("−$4.50");
    expect(formatMoney("1234.5", "BRL")).toBe("R$1,234.50");
    expect(formatMoney("1234", "JPY")).toBe("¥1,234");
  });
  it("drops empty cents where a reward is named", () => {
    expect(formatMoneyShort("25", "USD")).toBe("$25");
    expect(formatMoneyShort("12.50", "USD")).toBe("$12.50");
    expect(formatMoneyShort("1000000", "USD")).toBe("$1,000,000");
  });
  it("keeps every digit of a sum too large for a float", () => {
    expect(formatMoney("12345678901234567.89", "USD")).toBe("$12,345,678,901,234,567.89");
  });
});

describe("other numbers", () => {
  it("keep their decimals without trailing zeros", () => {
    expect(formatDecimal("941208")).toBe("941,208");
    expect(formatDecimal("999.50")).toBe("999.5");
  });
  it("are shares in percent with at most one decimal", () => {
    expect(formatPercent(0.068)).toBe("6.8\u00a0%");
    expect(formatPercent(0.6)).toBe("60\u00a0%");
    expect(formatPercent(1)).toBe("100\u00a0%");
  });
  it("are sizes as people say them", () => {
    expect(formatBytes(812)).toBe("812\u00a0B");
    expect(formatBytes(214_000)).toBe("214\u00a0KB");
    expect(formatBytes(1_240_000)).toBe("1.2\u00a0MB");
    expect(formatBytes(3_000_000_000_000)).toBe("3,000\u00a0GB");
  });
  it("relate to a target between 0 and 1", () => {
    expect(shareOf("72", "100")).toBe(0.72);
    expect(shareOf("150", "100")).toBe(1);
    expect(shareOf("-5", "100")).toBe(0);
    expect(shareOf("5", "0")).toBe(0);
  });
});
