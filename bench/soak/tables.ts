/** What is asked of every table: its size, its dead rows, and its indexes against its rows. */
import type { Course, Reading, TableReading } from "./reading.ts";
import { levelIn, MOST_GROWTH, type Verdict, verdict } from "./verdict.ts";

const MB = 1024 * 1024;
/** Pages that a small table takes at once, and room that a vacuum leaves for the next rows. */
const ALLOWED_BYTES = MB;
/** Below this, bytes per row are those of a few pages. */
const FEW_ROWS = 1_000;
/** Autovacuum looks once a minute, and rows die meanwhile. */
const DEAD_SLACK = 1.25;
const DEAD_ALLOWANCE = 1_000;

/**
 * Tables that rightly grow with what is done, and are judged by bytes per row: the logs of what happened, what nights and previews
 * keep for their time, and what completes.
 */
const GROWING: ReadonlySet<string> = new Set([
  "admin_rate_limits",
  "admin_sessions",
  "audit_log",
  "eligibility_changes",
  "eligibility_counts",
  "import_files",
  "import_rejects",
  "imports",
  "missions",
  "notification_attempts",
  "notification_deliveries",
  "notification_digests",
  "notification_events",
  "progress_counts",
  "redemptions",
  "seed_missions",
  "seed_plans",
  "seeds",
  "sync_attempts",
  "sync_changes",
  "sync_events",
  "sync_runs",
  "sync_steps",
  "tier_checkpoints",
]);

/** Three verdicts for each table that has anything to be judged, largest table first. */
export function tableVerdicts(readings: readonly Reading[]): Verdict[] {
  const names = [...new Set(readings.flatMap(({ tables }) => Object.keys(tables)))];
  const level = (name: string, figure: keyof TableReading, sixth: number) =>
    levelIn(courseOf(readings, name, figure), sixth);
  return names
    .map((name) => ({ name, bytes: level(name, "bytes", 5) ?? 0 }))
    .toSorted((a, b) => b.bytes - a.bytes || a.name.localeCompare(b.name))
    .flatMap(({ name }) => [
      sizeOf(name, (figure, sixth) => level(name, figure, sixth)),
      indexOf(name, (figure, sixth) => level(name, figure, sixth)),
      deadOf(name, (figure, sixth) => level(name, figure, sixth)),
    ])
    .filter((row) => row !== null);
}

type Level = (figure: keyof TableReading, sixth: number) => number | null;

function courseOf(readings: readonly Reading[], table: string, figure: keyof TableReading): Course[] {
  return readings.flatMap(({ second, tables }) => {
    const found = tables[table];
    return found === undefined ? [] : [{ second, value: found[figure] }];
  });
}

/** A table that rightly grows: bytes per row. Every other: the whole of it. */
function sizeOf(table: string, level: Level): Verdict | null {
  const [before, after] = [level("bytes", 1), level("bytes", 5)];
  if (before === null || after === null) return null;
  if (!GROWING.has(table)) {
    const most = before * (1 + MOST_GROWTH) + ALLOWED_BYTES;
    return verdict({ name: `size.${table}`, unit: "MB" }, before / MB, after / MB, most / MB);
  }
  const [rowsBefore, rowsAfter] = [rows(level, 1), rows(level, 5)];
  const most = (before / rowsBefore) * (1 + MOST_GROWTH) + ALLOWED_BYTES / rowsAfter;
  return verdict({ name: `size_per_row.${table}`, unit: "bytes" }, before / rowsBefore, after / rowsAfter, most);
}

/** Bytes of all indexes per live row, where there are rows enough to say so. */
function indexOf(table: string, level: Level): Verdict | null {
  const [before, after] = [level("indexBytes", 1), level("indexBytes", 5)];
  const [rowsBefore, rowsAfter] = [rows(level, 1), rows(level, 5)];
  if (before === null || after === null || Math.min(rowsBefore, rowsAfter) < FEW_ROWS) return null;
  // A queue has fewer rows some time after a night than before it: an index that keeps its size meanwhile has not grown.
  const most = (before * (1 + MOST_GROWTH)) / Math.min(rowsBefore, rowsAfter) + ALLOWED_BYTES / rowsAfter;
  return verdict({ name: `index_per_row.${table}`, unit: "bytes" }, before / rowsBefore, after / rowsAfter, most);
}

/** Dead rows are vacuumed away as fast as they come: at the end no more lie there than autovacuum leaves lying. */
function deadOf(table: string, level: Level): Verdict | null {
  const [before, after, allowed] = [level("dead", 1), level("dead", 5), level("deadAllowed", 5)];
  if (before === null || after === null || allowed === null || Math.max(before, after) < FEW_ROWS) return null;
  return verdict({ name: `dead_rows.${table}`, unit: "rows" }, before, after, allowed * DEAD_SLACK + DEAD_ALLOWANCE);
}

function rows(level: Level, sixth: number): number {
  return Math.max(1, level("rows", sixth) ?? 0);
}
