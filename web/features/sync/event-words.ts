import type { RunEvent } from "../../../server/sync/schema.ts";
import type { StatusName } from "../../ui/status.tsx";
import { STEP_NAMES } from "./run-words.ts";

const ENDS = {
  queued: { status: "queued", text: "The run went back into the queue" },
  running: { status: "running", text: "The run goes on" },
  held: { status: "held", text: "The run is held" },
  succeeded: { status: "done", text: "The run went through" },
  succeeded_with_warnings: { status: "warnings", text: "The run went through, with warnings" },
  failed: { status: "failed", text: "The run failed" },
  cancelled: { status: "cancelled", text: "The run was cancelled" },
  discarded: { status: "discarded", text: "The run was discarded" },
} as const satisfies Record<NonNullable<RunEvent["run"]>["status"], { status: StatusName; text: string }>;

export interface EventWords {
  status: StatusName;
  text: string;
  /** what the step or the run says of itself */
  message: string;
}

/** One event of a run as a line of its log. */
export function eventWords(event: RunEvent): EventWords {
  const { step, run } = event;
  if (event.type === "run_requeued") {
    return { status: "queued", text: "The run waits for its next process", message: event.note };
  }
  if (step !== null) {
    const name = `Step ${step.position}, ${STEP_NAMES[step.name]}`;
    const states = {
      step_started: { status: "waiting", text: `${name}: begun`, message: "" },
      step_progress: { status: "waiting", text: `${name}: going on`, message: step.message },
      step_retried: { status: "waiting", text: `${name}: tried again`, message: event.note },
      step_succeeded: { status: "done", text: `${name}: done and saved`, message: step.message },
      step_failed: { status: "failed", text: `${name}: failed, rolled back`, message: step.message },
      run_held: { status: "held", text: `${name}: held, rolled back`, message: step.message },
    } as const;
    if (event.type !== "run_started" && event.type !== "run_released" && event.type !== "run_ended") {
      return states[event.type];
    }
  }
  if (event.type === "run_released") {
    return { status: "queued", text: "The run was released and goes on", message: "" };
  }
  if (event.type === "run_ended" && run !== null) {
    return { ...ENDS[run.status], message: run.error?.message ?? event.note };
  }
  return { status: "waiting", text: event.number === 1 ? "The run began" : "A process took the run", message: "" };
}
