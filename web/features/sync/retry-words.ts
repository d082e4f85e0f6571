import type { RunDto } from "../../../server/sync/schema.ts";
import type { StartChoice } from "../../lib/start-sync.ts";
import { STEP_NAMES } from "./run-words.ts";

/** The words of the button that has a failed run go on: "Retry from step 4". */
export function retryLabel(run: Pick<RunDto, "steps" | "failure">): string {
  if (run.failure?.offersWithoutFile === true) {
    return "Retry without a file";
  }
  const step = run.steps.find((one) => one.status === "failed");
  return step === undefined ? "Retry" : `Retry from step ${step.position}, ${STEP_NAMES[step.name].toLowerCase()}`;
}

export interface Again {
  /** The button's words. */
  label: string;
  /** Why this is what to do. */
  why: string;
  choice: StartChoice;
}

/** How a new run takes up what a cancelled one left. A file that was imported is not imported twice. */
export function againOf(run: Pick<RunDto, "importId" | "steps">): Again {
  if (run.steps.some((step) => step.name === "import" && step.status === "succeeded")) {
    return { label: "Run again", why: "The file is in; a new run repeats the steps on what is there.", choice: {} };
  }
  if (run.importId !== null) {
    const choice = { importId: run.importId };
    return { label: "Run again with this file", why: "The file was not imported and is still here.", choice };
  }
  return { label: "Run again", why: "A new run starts from step 1.", choice: { inbox: true } };
}
