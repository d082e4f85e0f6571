/** Reads everything that must stay flat: from the server's own metrics, from the database and from the folders it writes to. */
import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type pg from "pg";
import { p95 } from "../measure.ts";
import type { Reading, TableReading } from "./reading.ts";

const MB = 1024 * 1024;

/** What the sampling's own connection is called; it and the benches' own are not the server's. */
export const SAMPLER = "muster soak";

export interface Sampled {
  address: string;
  /** of the superuser, who sees everybody's statements and files */
  database: pg.ClientBase;
  folders: readonly string[];
  /** milliseconds of the requests that ended since the last reading */
  takeRequests: () => number[];
}

/** Seconds of a core that the server used since the last reading, from those that it used in all, and of the clock. */
export type CpuMeter = (usedInAll: number) => { used: number; passed: number } | null;

/** Takes one reading. The clock is the caller's. */
export async function takeReading(of: Sampled, second: number, cpu: CpuMeter): Promise<Reading> {
  const process = await readMetrics(of.address);
  const requests = of.takeRequests();
  return {
    second,
    figures: {
      ...processFigures(process),
      ...cpuFigures(cpu(process.get("process_cpu_seconds_total") ?? 0), requests.length),
      ...(await connections(of.database)),
      ...(await loose(of.database)),
      folders: of.folders.reduce((sum, folder) => sum + bytesIn(folder), 0) / MB,
      ...(requests.length === 0 ? {} : { request_p95: p95(requests) }),
    },
    tables: await tables(of.database),
  };
}

/** Sums the samples of each series over their labels. */
async function readMetrics(address: string): Promise<ReadonlyMap<string, number>> {
  const answer = await fetch(`${address}/metrics`);
  if (!answer.ok) throw new Error(`The server's metrics answered ${answer.status}.`);
  const sums = new Map<string, number>();
  for (const line of (await answer.text()).split("\n")) {
    const [, name, value] = /^([a-z_0-9]+)(?:\{.*\})? (\S+)$/i.exec(line) ?? [];
    if (name !== undefined) sums.set(name, (sums.get(name) ?? 0) + Number(value));
  }
  return sums;
}

/** Our name, the metric's, and by what it is multiplied. Systems without /proc lack some. */
const METRICS = [
  ["memory", "process_resident_memory_bytes", 1 / MB],
  ["heap", "nodejs_heap_size_used_bytes", 1 / MB],
  ["external_memory", "nodejs_external_memory_bytes", 1 / MB],
  ["open_files", "process_open_fds", 1],
  ["resources", "nodejs_active_resources_total", 1],
  ["queue", "muster_sync_queue_depth", 1],
  ["event_loop_lag", "nodejs_eventloop_lag_p99_seconds", 1_000],
] as const;

function processFigures(metrics: ReadonlyMap<string, number>): Record<string, number> {
  const found = METRICS.flatMap(([name, metric, factor]) => {
    const value = metrics.get(metric);
    return value === undefined || !Number.isFinite(value) ? [] : [[name, value * factor] as const];
  });
  return Object.fromEntries(found);
}

/** What a request costs the server does not depend on what else the machine does, unlike what it waits. */
function cpuFigures(since: ReturnType<CpuMeter>, requests: number): Record<string, number> {
  if (since === null) return {};
  const share = { cpu: (100 * since.used) / Math.max(0.001, since.passed) };
  return requests === 0 ? share : { ...share, cpu_per_request: (1_000 * since.used) / requests };
}

/** A pool's connections have a name with a number of their process, which is left out. */
async function connections(database: pg.ClientBase): Promise<Record<string, number>> {
  const { rows } = await database.query<{ name: string; count: number }>(
    `select regexp_replace(application_name, ' [0-9a-f]{8}( owner)?$', '\\1') as name, count(*)::int as count
     from pg_stat_activity
     where backend_type = 'client backend' and datname = current_database() and application_name like 'muster%'
       and application_name not like 'muster bench%' and application_name not in ($1, 'muster keeper')
     group by 1`,
    [SAMPLER],
  );
  const all = rows.reduce((sum, { count }) => sum + count, 0);
  return {
    connections: all,
    ...Object.fromEntries(rows.map(({ name, count }) => [`connections.${name.replaceAll(" ", "_")}`, count])),
  };
}

async function loose(database: pg.ClientBase): Promise<Record<string, number>> {
  const { rows } = await database.query<{ locks: number; sorted: number }>(
    `select (select count(*)::int from pg_locks where not granted) as locks,
       (select coalesce(sum(size), 0)::float8 from pg_ls_tmpdir()) as sorted`,
  );
  return { waiting_locks: rows[0]!.locks, database_temp: rows[0]!.sorted / MB };
}

/** Sizes do not wait for a table that is locked: the next reading has it. */
async function tables(database: pg.ClientBase): Promise<Record<string, TableReading>> {
  const { rows } = await database.query<TableReading & { name: string }>(
    `select case s.schemaname when 'public' then '' else s.schemaname || '.' end || s.relname as name,
       s.n_live_tup::float8 as rows, s.n_dead_tup::float8 as dead,
       coalesce(o.base, current_setting('autovacuum_vacuum_threshold')::float8)
         + coalesce(o.share, current_setting('autovacuum_vacuum_scale_factor')::float8) * s.n_live_tup as "deadAllowed",
       pg_total_relation_size(s.relid)::float8 as bytes, pg_indexes_size(s.relid)::float8 as "indexBytes"
     from pg_stat_user_tables s
     join pg_class c on c.oid = s.relid
     cross join lateral (
       select max(option_value) filter (where option_name = 'autovacuum_vacuum_threshold')::float8 as base,
         max(option_value) filter (where option_name = 'autovacuum_vacuum_scale_factor')::float8 as share
       from pg_options_to_table(c.reloptions)
     ) o
     where not exists (select from pg_locks l where l.relation = s.relid and l.mode = 'AccessExclusiveLock')`,
  );
  return Object.fromEntries(rows.map(({ name, ...table }) => [name, table]));
}

/** Files come and go while they are counted. */
function bytesIn(folder: string): number {
  try {
    return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
      const path = join(folder, entry.name);
      return sum + (entry.isDirectory() ? bytesIn(path) : lstatSync(path).size);
    }, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return 0;
    throw error;
  }
}
