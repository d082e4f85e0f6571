import { waitsFor } from "../../../server/sync/schema.ts";
import type { RunDto, RunEvent } from "../../../server/sync/schema.ts";
import { isLive } from "../../lib/runs.ts";

/** The events with one more, in order; one that is known already changes nothing. */
export function withEvent(events: readonly RunEvent[], event: RunEvent): readonly RunEvent[] {
  if (events.some((known) => known.number === event.number)) {
    return events;
  }
  return [...events, event].toSorted((one, other) => one.number - other.number);
}

/** The run as it stands after the events that came since it was read; older ones are in it already. */
export function afterEvents(run: RunDto, events: readonly RunEvent[]): RunDto {
  return events.filter((event) => event.number > run.lastEvent).reduce(afterEvent, run);
}

function afterEvent(run: RunDto, event: RunEvent): RunDto {
  const { step, run: state } = event;
  const steps = run.steps.map((known) => (known.position === step?.position ? { ...known, ...step } : known));
  const status = state?.status ?? run.status;
  return {
    ...run,
    lastEvent: event.number,
    steps: steps.map((known) => ({ ...known, waitsFor: waitsFor(steps, known.position) })),
    status,
    error: state === null ? run.error : state.error,
    startedAt: event.type === "run_started" ? (run.startedAt ?? event.at) : run.startedAt,
    // A run that is retried has no end again.
    endedAt: event.type === "run_ended" ? event.at : isLive(status) ? null : run.endedAt,
  };
}
