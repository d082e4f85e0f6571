/** The figures whose growth is looked at, how fast each may grow, and why it grows so. */
import type { Result } from "../result.ts";

export interface GrowingFigure {
  name: string;
  /** seconds; null where this run does not have it */
  of: (results: readonly Result[]) => number | null;
  /** most k in time ~ creators^k */
  most: number;
  /** one sentence on what grows how */
  why: string;
}

/** Work on every row: in the number of rows, and no faster. */
const LINEAR = 1.1;
/** What a request asks: in the size of its answer. */
const FLAT = 0.2;

export const growingFigures: readonly GrowingFigure[] = [
  grows("first_seed.time", LINEAR, "linear in eligible pairs: each is written once"),
  grows("reconcile.time", LINEAR, "linear in creators x missions: each pair is looked for"),
  grows("nightly_seed.unchanged", FLAT, "in missions x tiers: the kept counts say that nobody is open"),
  grows("nightly_seed.one_percent", LINEAR, "linear in changed creators x missions, and 1 % of more creators are more"),
  grows("preview.counts_p95", FLAT, "in missions x tiers"),
  grows("preview.missions_list_p95", FLAT, "in missions x tiers"),
  slowest("pages", /^pages\./, FLAT, "in the size of the page: an index leads to its first row"),
  slowest("totals known", /^totals\.(?!.*(found|search))/, FLAT, "in missions x tiers: the kept counts know it"),
  slowest(
    "totals searched",
    /^totals\..*(found|search)/,
    LINEAR,
    "at most linear in the handles of the tiers asked for: an index is read through",
  ),
  slowest("questions", /^questions\./, LINEAR, "at most linear in the creators that a draft would concern"),
  grows("search.part_p95", FLAT, "in the handles that are shown: trigrams find them"),
  grows("search.prefix_p95", FLAT, "in the handles that are shown: a range of the index"),
  grows("import_new.merge", LINEAR, "linear in the rows of the file"),
  grows("progress.full", LINEAR, "linear in rows that can move, and their videos"),
];

const SECONDS: Readonly<Record<string, number>> = { s: 1, ms: 1e-3, us: 1e-6 };

function seconds(row: Result): number {
  const unit = SECONDS[row.unit];
  if (unit === undefined) throw new Error(`${row.name} is no time: ${row.unit}`);
  return row.value * unit;
}

function grows(name: string, most: number, why: string): GrowingFigure {
  const of = (results: readonly Result[]) => {
    const row = results.find((candidate) => candidate.name === name);
    return row === undefined ? null : seconds(row);
  };
  return { name, of, most, why };
}

function slowest(name: string, which: RegExp, most: number, why: string): GrowingFigure {
  const of = (results: readonly Result[]) => {
    const times = results.filter((row) => which.test(row.name)).map(seconds);
    return times.length === 0 ? null : Math.max(...times);
  };
  return { name: `${name}, the slowest`, of, most, why };
}
