import { describe, expect, it } from "vitest";
import { curvePath, curvePlaces } from "./curve.tsx";

const steps = [
  { day: "2026-11-03", total: 1, words: "" },
  { day: "2026-11-08", total: 3, words: "" },
  { day: "2026-11-11", total: 4, words: "" },
];

describe("a cumulative curve", () => {
  it("stands from the ground to the top, by day", () => {
    expect(curvePlaces(steps, "2026-11-01", "2026-11-11")).toEqual([
      { x: 20, y: 75 },
      { x: 70, y: 25 },
      { x: 100, y: 0 },
    ]);
  });

  it("rises in steps and stays level to the edge", () => {
    expect(curvePath(curvePlaces(steps.slice(0, 2), "2026-11-01", "2026-11-11"))).toBe(
      "M 0 100 H 20 V 66.67 H 70 V 0 H 100",
    );
  });

  it("is a picture of one day too", () => {
    expect(curvePlaces(steps.slice(0, 1), "2026-11-03", "2026-11-03")).toEqual([{ x: 0, y: 0 }]);
  });
});
