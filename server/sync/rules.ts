/** What a run's figures and failures mean; no database, no clock. */
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/errors.ts";
import { databaseTrouble, type Failure } from "../base/failures.ts";
import type { AdminId } from "../base/ids.ts";
import type { RunFailureDto, RunRow, RunTotals, StepDto, StepName } from "./schema.ts";
import { keptWords, stepNames } from "./schema.ts";

export type { Failure };

/** The run's figures from the counts of its steps; 0 where a step has not run. */
export function totalsOf(steps: readonly { name: StepName; counts: Record<string, number> }[]): RunTotals {
  const counts = new Map(steps.map((step) => [step.name, step.counts]));
  const figure = (name: StepName, key: string) => counts.get(name)?.[key] ?? 0;
  return {
    rows: figure("import", "rows"),
    rejected: figure("import", "rejected"),
    creatorsCreated: figure("import", "creatorsCreated"),
    promoted: figure("tiers", "promoted"),
    demoted: figure("tiers", "demoted"),
    seeded: figure("seed", "created"),
    woken: figure("wake", "woken"),
    completed: figure("progress", "completed"),
    redemptions: figure("redemptions", "redemptions"),
  };
}

/** The sentence for a step that failed: an expected refusal speaks for itself, anything else is told by what the database says. */
export function failureOf(step: StepName, error: unknown, sqlState: string | null): Failure {
  if (error instanceof AppError) return { code: error.code, message: error.message };
  const position = stepNames.indexOf(step) + 1;
  const { code, what } = databaseTrouble(sqlState);
  const log = code === "unexpected" ? "; the log has the cause" : "";
  return { code, message: `Step ${position} (${step}) failed: ${what}. Nothing of this step was saved${log}.` };
}

/** Where a run comes from, by who started it. */
export function sourceOf(actor: Actor): RunRow["source"] {
  if (actor.kind === "admin") return "manual";
  return actor.kind === "job" ? "schedule" : "cli";
}

/** Who started a run, as its row remembers it: the steps write this name into audit and seeds. */
export function starterOf(
  run: { source: RunRow["source"]; byName: string; byId: string | null },
  clientId: string,
): Actor {
  // The run keeps no address: entries name an admin by id and name.
  if (run.byId !== null) return { kind: "admin", id: run.byId as AdminId, name: run.byName, email: "" };
  return run.source === "schedule" ? { kind: "job", name: run.byName, clientId } : { kind: "cli", name: run.byName };
}

const REFUSED = new Set(["file_refused", "too_large"]);

/** What to do about a run that failed with this code, as a sentence. */
function adviceOf(code: string): string {
  const advice: Record<string, string> = {
    file_refused: "Retry without the file, or start a new run with a corrected one.",
    too_large: "Retry without the file, or start a new run with a smaller one.",
    timeout: "Retry; should it take too long again, the database needs looking after.",
    disk_full: "Make room on the database's disk, then retry.",
    connection_lost: "See that the database is up, then retry.",
    busy: "Retry in a few minutes.",
    process_died: "See why the process ends there (often it lacks memory), then retry.",
    unexpected: "Retry once; should it fail again, the log's entry is what helps.",
  };
  return advice[code] ?? "Put right what the sentence names, then retry.";
}

/** What is to be known of a failed run, and whether it may be retried; null for one that did not fail. */
export function failureDto(
  run: Pick<RunRow, "number" | "status" | "error">,
  steps: readonly StepDto[],
  latest: number,
): RunFailureDto | null {
  if (run.status !== "failed" || run.error === null) return null;
  const isLatest = run.number === latest;
  return {
    ...run.error,
    step: steps.find((step) => step.status === "failed")?.name ?? null,
    kept: keptWords(steps),
    advice: isLatest ? adviceOf(run.error.code) : "Start a new run; it does the rest.",
    noRetry: isLatest ? null : `Run ${latest} came after it, so the programme has moved on.`,
    offersWithoutFile: REFUSED.has(run.error.code) && steps[0]?.status !== "succeeded",
  };
}
