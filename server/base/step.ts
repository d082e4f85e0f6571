import type { Actor } from "./actor.ts";
import type { ClientSettings } from "./client-settings.ts";
import type { RunId } from "./ids.ts";

/** What every step of a sync is given beside its open transaction (domain reference, section 8). One `now` for the whole run. */
export interface StepContext {
  settings: ClientSettings;
  runId: RunId;
  /** who started the run: stands in the audit entries and seeds of the steps */
  actor: Actor;
  now: Date;
}

/** What a step says of itself: rows it looked at, rows it wrote, what it skipped by reason, named counts, one plain sentence. */
export interface StepOutcome {
  rowsIn: number;
  rowsOut: number;
  /** reason code -> number of things skipped for it; every skipped thing is counted here */
  skipped: Record<string, number>;
  /** named figures for the run page and the command line, e.g. { promoted: 9, demoted: 2 } */
  counts: Record<string, number>;
  message: string;
  /** how many findings make the run `succeeded_with_warnings` (rejected rows, no_reward, unknown tiers do not) */
  warnings: number;
}
