import { describe, expect, it } from "vitest";
import { resultsOf, verdictsOf } from "./figures.ts";
import type { Reading, TableReading } from "./reading.ts";
import { shortened, soakPicture, soakTable } from "./section.ts";
import { tableVerdicts } from "./tables.ts";
import { flatness, levelIn } from "./verdict.ts";

const MB = 1024 * 1024;

/** An hour of readings, each a quarter of a minute after the other, of a value that follows from the minute. */
function hour<T>(of: (minute: number) => T): { second: number; value: T }[] {
  return Array.from({ length: 240 }, (_, index) => {
    const second = (index + 1) * 15;
    return { second, value: of(second / 60) };
  });
}

describe("a figure is flat", () => {
  const rule = { name: "memory", unit: "MB", allowance: 10 };
  const cases: [string, (minute: number) => number, boolean][] = [
    ["when it stays", () => 200, true],
    ["when it falls", (minute) => 300 - minute, true],
    ["when it grows while it warms up, and no more", (minute) => Math.min(200, minute * 20), true],
    ["when it grows by a tenth and the allowance", (minute) => (minute < 30 ? 200 : 230), true],
    ["when it peaks in between", (minute) => (Math.abs(minute - 30) < 5 ? 900 : 200), true],
    ["when few readings are high", (minute) => (minute % 10 < 1 ? 900 : 200), true],
    ["but not when it grows by more", (minute) => (minute < 30 ? 200 : 231), false],
    ["but not when it grows without end", (minute) => 200 + minute, false],
    ["but not when it grows from nothing", (minute) => minute, false],
  ];
  it.each(cases)("%s", (_name, of, isFlat) => {
    expect(flatness(hour(of), rule)?.isMet).toBe(isFlat);
  });

  it("by its floor where it goes up and down by itself", () => {
    const saw = (minute: number, floor: number) => floor + ((minute * 60) % 100);
    const heap = { ...rule, allowance: 0, by: "lowest" as const };
    expect(
      flatness(
        hour((minute) => saw(minute, 50)),
        heap,
      )?.isMet,
    ).toBe(true);
    expect(
      flatness(
        hour((minute) => saw(minute, minute < 30 ? 50 : 70)),
        heap,
      )?.isMet,
    ).toBe(false);
  });

  it("or shown and not judged, where the machine decides it", () => {
    const shown = flatness(
      hour((minute) => minute),
      { ...rule, allowance: null },
    );
    expect(shown).toMatchObject({ most: null, isMet: null });
    expect(soakTable([shown!])).toMatch(/\| memory \(MB\) \| 14.8 \| 55 \| {2}\| {2}\|/);
  });

  it("or not known, where one of the two times has no reading", () => {
    expect(flatness([], rule)).toBeNull();
    expect(flatness([{ second: 60, value: 1 }], rule)).toBeNull();
  });

  it("compared between the second sixth and the last", () => {
    const course = hour((minute) => minute);
    expect(levelIn(course, 1)).toBeCloseTo(15, 0);
    expect(levelIn(course, 5)).toBeCloseTo(55, 0);
  });
});

describe("a table", () => {
  const readings = (tables: (minute: number) => Record<string, TableReading>): Reading[] =>
    hour(tables).map(({ second, value }) => ({ second, figures: {}, tables: value }));
  const table = (of: Partial<TableReading>): TableReading => {
    return { rows: 10_000, dead: 0, deadAllowed: 2_050, bytes: 10 * MB, indexBytes: 4 * MB, ...of };
  };
  const notMet = (of: Reading[]) =>
    tableVerdicts(of)
      .filter(({ isMet }) => !isMet)
      .map(({ name }) => name);

  it("of the programme may not grow, whatever its rows", () => {
    expect(notMet(readings(() => ({ videos: table({}) })))).toEqual([]);
    const grown = (minute: number) => ({ videos: table({ bytes: (10 + minute / 10) * MB, rows: 10_000 + minute }) });
    expect(notMet(readings(grown))).toEqual(["size.videos"]);
  });

  it("that keeps what happened may grow with its rows, and not beyond", () => {
    const log = (minute: number, perRow: number) => {
      const rows = 10_000 * (1 + minute);
      return { audit_log: table({ rows, bytes: rows * perRow, indexBytes: rows * 60 }) };
    };
    expect(notMet(readings((minute) => log(minute, 300)))).toEqual([]);
    expect(notMet(readings((minute) => log(minute, minute < 30 ? 300 : 400)))).toEqual(["size_per_row.audit_log"]);
  });

  it("may hold as many dead rows as autovacuum leaves, at the end", () => {
    const dead = (after: number) => readings((minute) => ({ users: table({ dead: minute < 30 ? 0 : after }) }));
    expect(notMet(dead(2_000))).toEqual([]);
    expect(notMet(dead(5_000))).toEqual(["dead_rows.users"]);
  });

  it("may not grow in its indexes alone", () => {
    const bloated = (minute: number) => ({ users: table({ indexBytes: (minute < 30 ? 4 : 6) * MB }) });
    expect(notMet(readings(bloated))).toEqual(["index_per_row.users"]);
    const emptied = (minute: number) => ({ users: table({ rows: minute < 30 ? 10_000 : 2_000 }) });
    expect(notMet(readings(emptied))).toEqual([]);
  });
});

describe("what comes of a soak", () => {
  const readings: Reading[] = hour((minute) => ({
    memory: 200 + minute / 10,
    connections: 9,
    "connections.muster": 4,
  })).map(({ second, value }) => ({ second, figures: value, tables: {} }));
  const verdicts = verdictsOf(readings);

  it("is a result for each figure, and none without errors only where there were none", () => {
    const results = resultsOf(readings, verdicts, { requests: 10, errors: 1, conflicts: 0, syncs: 2 });
    const of = (name: string) => results.find((row) => row.name === name)?.met;
    expect(of("soak.memory")).toBe(true);
    expect(of("soak.connections.muster")).toBe(true);
    expect(of("soak.errors")).toBe(false);
    expect(of("soak.minutes")).toBeNull();
  });

  it("is shown as a table, the small ones left out unless they grew", () => {
    const row = { unit: "MB", before: 0.1, after: 0.2, most: 1.1 };
    const all = [
      { name: "size.tiers", ...row, isMet: true },
      { name: "size.rewards", ...row, isMet: false },
    ];
    expect(shortened(all).map(({ name }) => name)).toEqual(["size.rewards"]);
    expect(soakTable(shortened(all))).toContain("| size.rewards (MB) | 0.1 | 0.2 | <= 1.1 | NOT FLAT |");
  });

  it("is drawn within the picture", () => {
    const svg = soakPicture({ readings, nights: [1_200, 2_400] });
    expect(svg.match(/<polyline/g)).toHaveLength(4);
    expect(svg.match(/a night/g)).toHaveLength(2);
    expect(svg).not.toMatch(/NaN|Infinity/);
  });
});
