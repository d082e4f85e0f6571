/** What a rehearsal that did not come to its end says of itself. */
import type { Log } from "../../base/log.ts";
import { sqlStateOf } from "../../db/sql-errors.ts";
import { failureOf } from "../rules.ts";
import type { StepName } from "../schema.ts";
import { LineCut } from "./line.ts";
import { ended, type Ending, endingOfState } from "./rules.ts";

/** A step that failed as it would tonight. */
export class StepFailed extends Error {
  readonly step: StepName;

  constructor(step: StepName, cause: unknown) {
    super(`step ${step} failed`, { cause });
    this.step = step;
  }
}

/** The ending that an error makes; what nobody expects is logged. */
export function endingOf(error: unknown, log: Log, where: { client: string; rehearsal: string }): Ending {
  if (error instanceof LineCut) return error.ending;
  if (!(error instanceof StepFailed)) {
    const cut = endingOfState(sqlStateOf(error));
    if (cut === null) log.error({ err: error, ...where }, "a rehearsal failed unexpectedly");
    return cut ?? ended("unexpected");
  }
  const failure = failureOf(error.step, error.cause, sqlStateOf(error.cause));
  if (failure.code === "unexpected") {
    log.error({ err: error.cause, step: error.step, ...where }, "a rehearsed step failed unexpectedly");
  }
  return { status: "failed", failure };
}
