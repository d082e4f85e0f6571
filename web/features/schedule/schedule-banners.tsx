import type { ScheduleDto } from "../../../server/schedule/schema.ts";
import { Banner } from "../../ui/banner.tsx";
import { RunSyncLink } from "../../ui/run-sync-link.tsx";
import { When } from "../../ui/text.tsx";
import { ResumeButton } from "./schedule-actions.tsx";

/** What is wrong with the schedule, or what somebody has done to it: missed, paused, off. */
export function ScheduleBanners({ schedule }: { schedule: ScheduleDto }) {
  const { isMissed, pause, enabled } = schedule;
  return (
    <>
      {isMissed ? <Missed schedule={schedule} /> : null}
      {pause === null ? null : (
        <Banner tone="stopped" title="The schedule is paused." actions={<ResumeButton />}>
          “{pause.reason}”, {pause.byName} since <When at={pause.since} />
          {pause.until === null ? (
            ", until somebody resumes."
          ) : (
            <>
              ; it runs again from <When at={pause.until} as="day" /> on.
            </>
          )}
        </Banner>
      )}
      {enabled ? null : (
        <Banner tone="held" title="The schedule is switched off." actions={<ResumeButton />}>
          Nothing runs by itself; runs by hand go on working.
        </Banner>
      )}
    </>
  );
}

function Missed({ schedule: { missed, nextDueAt, missedPolicy } }: { schedule: ScheduleDto }) {
  const count = missed.length;
  return (
    <Banner
      tone="failed"
      title={count > 1 ? `${count} runs were missed.` : "A run was missed."}
      actions={<RunSyncLink label="Run now…" />}
    >
      {count > 1 ? "The first" : "It"} was due <When at={missed[0] ?? nextDueAt} />, and nothing ran: no scheduler is at
      work.{" "}
      {missedPolicy === "run"
        ? "Muster makes up for it once, as soon as one is up again."
        : "It stays left out, as this schedule says; the next due time runs once a scheduler is up again."}
    </Banner>
  );
}
