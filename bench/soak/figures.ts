/** The figures of a soak, how far each may move, and what came of them. */
import { type Result, result } from "../result.ts";
import { median } from "../measure.ts";
import { courseOf, type Reading } from "./reading.ts";
import { tableVerdicts } from "./tables.ts";
import { type Flatness, flatness, type Verdict } from "./verdict.ts";

/** Beside these, each application's connections are judged (`connections.<application>`). */
const FLAT: readonly Flatness[] = [
  { name: "memory", unit: "MB", allowance: 10 },
  { name: "heap", unit: "MB", allowance: 10, by: "lowest" },
  { name: "external_memory", unit: "MB", allowance: 10, by: "lowest" },
  { name: "connections", unit: "connections", allowance: 3 },
  { name: "waiting_locks", unit: "locks", allowance: 1 },
  { name: "open_files", unit: "files", allowance: 5 },
  { name: "resources", unit: "timers and sockets", allowance: 10 },
  { name: "queue", unit: "syncs", allowance: 1 },
  { name: "folders", unit: "MB", allowance: 1 },
  { name: "database_temp", unit: "MB", allowance: 1 },
  { name: "cpu_per_request", unit: "ms", allowance: 5 },
  // How long somebody waits says what else the machine does; what a request costs the server is said above.
  { name: "request_p95", unit: "ms", allowance: null },
  { name: "event_loop_lag", unit: "ms", allowance: null },
];

/** What happened beside the readings. */
export interface Tally {
  requests: number;
  errors: number;
  /** refusals that an admin is told to try again after */
  conflicts: number;
  syncs: number;
}

/** Everything that is asked to be flat. */
export function verdictsOf(readings: readonly Reading[]): Verdict[] {
  const applications = [...new Set(readings.flatMap(({ figures }) => Object.keys(figures)))]
    .filter((name) => name.startsWith("connections."))
    .toSorted()
    .map((name) => ({ name, unit: "connections", allowance: 3 }));
  const flat = [...FLAT, ...applications].map((rule) => flatness(courseOf(readings, rule.name), rule));
  return [...flat.filter((row) => row !== null), ...tableVerdicts(readings)];
}

/** The same and the totals, as results of a bench. */
export function resultsOf(readings: readonly Reading[], verdicts: readonly Verdict[], tally: Tally): Result[] {
  const minutes = Math.max(0, ...readings.map(({ second }) => second)) / 60;
  const [cpu, memory] = ["cpu", "memory"].map((name) => courseOf(readings, name).map(({ value }) => value)) as [
    number[],
    number[],
  ];
  return [
    result("soak.minutes", minutes, "min"),
    result("soak.requests", tally.requests, "requests"),
    result("soak.errors", tally.errors, "requests", 0),
    result("soak.conflicts", tally.conflicts, "requests"),
    result("soak.syncs", tally.syncs, "syncs"),
    ...(cpu.length === 0 ? [] : [result("soak.server_cpu", median(cpu), "% of a core")]),
    ...(memory.length === 0 ? [] : [result("soak.memory_peak", Math.max(...memory), "MB")]),
    ...verdicts.map(({ name, unit, after, most }) => result(`soak.${name}`, after, unit, most)),
  ];
}
