import { stepNames } from "../../../server/sync/schema.ts";
import type { AttemptDto } from "../../../server/sync/schema.ts";
import type { StatusName } from "../../ui/status.tsx";
import { STEP_NAMES } from "./run-words.ts";

const OUTCOMES = {
  succeeded: { status: "done", text: "Went through" },
  succeeded_with_warnings: { status: "warnings", text: "Went through, with warnings" },
  failed: { status: "failed", text: "Failed" },
  cancelled: { status: "cancelled", text: "Cancelled" },
  held: { status: "held", text: "Held" },
  process_died: { status: "failed", text: "Process died" },
  released: { status: "cancelled", text: "Released" },
  given_back: { status: "waiting", text: "Given back" },
} as const satisfies Record<NonNullable<AttemptDto["outcome"]>, { status: StatusName; text: string }>;

/** How an attempt ended, or that it works. */
export function attemptStatus({ outcome }: Pick<AttemptDto, "outcome">): { status: StatusName; text: string } {
  return outcome === null ? { status: "running", text: "Working" } : OUTCOMES[outcome];
}

/** "step 4, Tiers"; "the end" where all steps were done. */
export function stepAtPosition(position: number | null): string {
  const name = position === null ? undefined : stepNames[position - 1];
  return name === undefined ? "the end" : `step ${position}, ${STEP_NAMES[name]}`;
}

/** "from step 1, Import to step 4, Tiers"; only from where, while it works or when it ended between two steps. */
export function attemptSpan({ fromStep, atStep }: Pick<AttemptDto, "fromStep" | "atStep">): string {
  const from = `from ${stepAtPosition(fromStep)}`;
  return atStep === null || atStep === fromStep ? from : `${from} to ${stepAtPosition(atStep)}`;
}
