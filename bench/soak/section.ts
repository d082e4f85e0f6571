/** What came of a soak, as tables and a picture. */
import { soakChart } from "./chart.ts";
import { courseOf } from "./reading.ts";
import type { Soaked } from "./run.ts";
import type { Verdict } from "./verdict.ts";

const WORDS: ReadonlyMap<boolean | null, string> = new Map([
  [true, "flat"],
  [false, "NOT FLAT"],
  [null, ""],
]);
const HEAD = ["figure", "after warming up", "at the end", "most", ""];

/** Figures of the server first, then of the tables, largest table first. */
export function soakTable(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map((row) => {
    const cells = [short(row.before), short(row.after), row.most === null ? "" : `<= ${short(row.most)}`];
    return `| ${row.name} (${row.unit}) | ${cells.join(" | ")} | ${WORDS.get(row.isMet)!} |`;
  });
  return [`| ${HEAD.join(" | ")} |`, "|---|---:|---:|---:|---|", ...rows].join("\n");
}

/** The tables that hold nothing worth a line are one. */
export function shortened(verdicts: readonly Verdict[]): Verdict[] {
  return verdicts.filter((row) => row.isMet !== true || !isSmall(row));
}

const SMALL_MB = 0.5;

function isSmall({ name, before, after }: Verdict): boolean {
  if (name.startsWith("size_per_row.")) return true;
  return name.startsWith("size.") && Math.max(before, after) < SMALL_MB;
}

/** One sentence on what was done and what came of it. */
export function summaryOf({ verdicts, readings, tally }: Soaked): string {
  const minutes = Math.round(Math.max(0, ...readings.map(({ second }) => second)) / 60);
  const judged = verdicts.filter(({ isMet }) => isMet !== null);
  const flat = judged.filter(({ isMet }) => isMet === true).length;
  const count = (value: number) => value.toLocaleString("en-US");
  return `${minutes} minutes, ${count(tally.requests)} requests, ${tally.syncs} syncs, ${count(tally.errors)} errors, ${count(tally.conflicts)} refused as busy; ${flat} of ${judged.length} figures flat`;
}

export function soakPicture({ readings, nights }: Pick<Soaked, "readings" | "nights">): string {
  const line = (name: string, figure: string) => ({ name, course: courseOf(readings, figure) });
  return soakChart(
    [
      { title: "Memory of the server, MB", lines: [line("resident", "memory"), line("heap in use", "heap")] },
      { title: "Connections to the database", lines: [line("all", "connections")] },
      { title: "Requests, ms", lines: [line("p95", "request_p95")] },
    ],
    nights,
  );
}

function short(value: number): string {
  return value.toLocaleString("en-US", value < 100 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 0 });
}
