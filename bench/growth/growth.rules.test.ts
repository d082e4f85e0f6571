import { describe, expect, it } from "vitest";
import { result } from "../result.ts";
import { replaceSection } from "../readme.ts";
import { chart } from "./chart.ts";
import { exponentOf } from "./fit.ts";
import { clientsTable, exponents, growthTable } from "./sections.ts";

describe("the exponent", () => {
  const grown = (k: number) =>
    [1_000, 10_000, 100_000, 1_000_000].map((creators) => ({ creators, seconds: 0.001 * creators ** k }));

  it("is the k that the times were made with", () => {
    for (const k of [0, 0.2, 1, 2]) expect(exponentOf(grown(k))).toBeCloseTo(k);
  });

  it("looks at sizes where more than the cost of any call can be seen", () => {
    const points = [{ creators: 1_000, seconds: 100 }, ...grown(1).slice(1)];
    expect(exponentOf(points)).toBeCloseTo(1);
  });

  it("is unknown for a single size", () => {
    expect(exponentOf(grown(1).slice(0, 1))).toBeNull();
  });
});

describe("the sections", () => {
  const at = (creators: number, clients: number, ms: number) => ({
    creators,
    clients,
    results: [result("preview.counts_p95", ms, "ms")],
  });
  const measured = [at(10_000, 1, 5), at(100_000, 1, 50), at(100_000, 10, 6)];

  it("hold each figure against how fast it may grow", () => {
    expect(exponents(measured)).toEqual([
      { name: "growth.preview.counts_p95", value: 1, unit: "k", target: 0.2, met: false },
    ]);
    expect(growthTable(measured)).toContain("| preview.counts_p95 | 5.00 ms | 50.0 ms | 1.00 | 0.2 |");
  });

  it("hold a client among others against one of its size that is alone", () => {
    expect(clientsTable(measured)).toContain("| preview.counts_p95 | 6.00 ms, 1.20 x |");
  });

  it("stand between their marks", () => {
    const page = "a\n<!-- x -->\nold\n<!-- end of x -->\nb";
    expect(replaceSection(page, "x", "new")).toBe("a\n<!-- x -->\nnew\n<!-- end of x -->\nb");
    expect(() => replaceSection(page, "y", "new")).toThrow(/no section/);
  });
});

describe("the chart", () => {
  it("has a line, its points and its name for every figure, all within the picture", () => {
    const points = [
      { creators: 1_000, seconds: 0.002 },
      { creators: 100_000, seconds: 0.3 },
    ];
    const svg = chart("Time", [
      { name: "one", points },
      { name: "two", points },
    ]);
    expect(svg.match(/<polyline/g)).toHaveLength(2);
    expect(svg.match(/<circle/g)).toHaveLength(4);
    expect(svg).toMatch(/>one<[\s\S]*>two</);
    expect(svg).not.toMatch(/NaN|Infinity/);
    const heights = [...svg.matchAll(/ y="([\d.]+)"/g)].map(([, y]) => Number(y));
    expect(Math.min(...heights)).toBeGreaterThan(0);
    expect(Math.max(...heights)).toBeLessThan(560);
  });
});
