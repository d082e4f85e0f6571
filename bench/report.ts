/** Results as people and programs read them. */
import { readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";
import type { Result } from "./result.ts";

const report = z.object({
  results: z.array(
    z.object({
      name: z.string(),
      value: z.number(),
      unit: z.string(),
      target: z.number().nullable(),
      met: z.boolean().nullable(),
    }),
  ),
});

export function writeReport(path: string, results: readonly Result[]): void {
  writeFileSync(path, `${JSON.stringify({ results }, null, 2)}\n`);
}

/** Throws what is wrong with a file that is no report. */
export function readReport(path: string): Result[] {
  return report.parse(JSON.parse(readFileSync(path, "utf8"))).results;
}

/** A table for a terminal. */
export function asText(results: readonly Result[]): string {
  return columns([
    ["figure", "value", "target", ""],
    ...results.map((row) => [row.name, withUnit(row.value, row.unit), targetOf(row), verdictOf(row)]),
  ]);
}

/** The same for the README. */
export function asMarkdown(results: readonly Result[]): string {
  const lines = results.map(
    (row) => `| ${row.name} | ${withUnit(row.value, row.unit)} | ${targetOf(row)} | ${verdictOf(row)} |`,
  );
  return ["| figure | value | target | |", "|---|---:|---:|---|", ...lines].join("\n");
}

/** Two runs side by side; figures that only one of them has are left out. */
export function asComparison(before: readonly Result[], after: readonly Result[]): string {
  const rows = after.flatMap((row) => {
    const old = before.find(({ name }) => name === row.name);
    if (old === undefined) return [];
    const ratio = old.value === 0 ? "" : `${(row.value / old.value).toFixed(2)} x`;
    return [[row.name, withUnit(old.value, old.unit), withUnit(row.value, row.unit), ratio, changeOf(old, row)]];
  });
  return columns([["figure", "A", "B", "B / A", ""], ...rows]);
}

function changeOf(old: Result, row: Result): string {
  if (old.met === row.met) return verdictOf(row);
  return row.met === true ? "met now" : "missed now";
}

function withUnit(value: number, unit: string): string {
  return `${value.toLocaleString("en-US", { maximumFractionDigits: 3 })} ${unit}`;
}

function targetOf({ target, unit }: Result): string {
  return target === null ? "" : `<= ${withUnit(Number(target.toPrecision(4)), unit)}`;
}

function verdictOf({ met }: Result): string {
  return met === null ? "" : met ? "met" : "MISSED";
}

function columns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
