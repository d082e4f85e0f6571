import type { RunDto } from "../../../server/sync/schema.ts";
import type { StartChoice } from "../../lib/start-sync.ts";
import { stepAt } from "./run-words.ts";

export interface Retry {
  /** The button's words. */
  label: string;
  /** Why this is what to do. */
  why: string;
  choice: StartChoice;
  /** True when another file may be the better way. */
  offersFile: boolean;
}

const REFUSED = new Set(["file_refused", "too_large"]);

/** True when the run failed because its file was not taken. */
export function isRefused(run: Pick<RunDto, "error">): boolean {
  return run.error !== null && REFUSED.has(run.error.code);
}

/**
 * How a run that did not go through is taken up again. A file that was imported is not imported twice: the new run goes on
 * with what is there. A refused file stays refused, so the new run does without.
 */
export function retryOf(run: Pick<RunDto, "status" | "importId" | "error" | "steps">): Retry {
  const isImported = run.steps.some((step) => step.name === "import" && step.status === "succeeded");
  if (isImported) {
    return {
      label: "Run again",
      why: "The file is in; a new run repeats the steps on what is there.",
      choice: {},
      offersFile: false,
    };
  }
  if (isRefused(run)) {
    return {
      label: "Run without a file",
      why: "The other seven steps can run on what is there.",
      choice: {},
      offersFile: true,
    };
  }
  if (run.importId !== null) {
    return {
      label: "Run again with this file",
      why: "The file was not imported and is still here.",
      choice: { importId: run.importId },
      offersFile: stepAt(run.steps)?.name === "import",
    };
  }
  return { label: "Run again", why: "A new run starts from step 1.", choice: { inbox: true }, offersFile: false };
}
