import { expect, it } from "vitest";
import { isDay } from "./search.ts";

it.each([
  ["2026-11-26", true],
  ["2028-02-29", true],
  ["2026-02-29", false],
  ["2026-99-99", false],
  ["yesterday", false],
])("a digest of %s: %s", (text, expected) => {
  expect(isDay(text)).toBe(expected);
});
