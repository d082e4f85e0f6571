import type { RunDto, RunEvent } from "../../../server/sync/schema.ts";

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
  return {
    ...run,
    lastEvent: event.number,
    steps: step === null ? run.steps : run.steps.map((known) => (known.position === step.position ? step : known)),
    status: state?.status ?? run.status,
    error: state === null ? run.error : state.error,
    startedAt: event.type === "run_started" ? (run.startedAt ?? event.at) : run.startedAt,
    endedAt: event.type === "run_ended" ? event.at : run.endedAt,
  };
}
