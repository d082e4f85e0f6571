import { useState } from "react";
import type { ScheduleDto } from "../../../server/schedule/schema.ts";
import { isNotFound } from "../../lib/errors.ts";
import { ErrorBanner } from "../../ui/banner.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Columns, Page, Stack } from "../../ui/page.tsx";
import { SkeletonBlock, SkeletonText } from "../../ui/skeleton.tsx";
import { When } from "../../ui/text.tsx";
import { ScheduleCalendar } from "./calendar.tsx";
import { NextRuns } from "./next-runs.tsx";
import { PauseDialog } from "./pause-dialog.tsx";
import { ScheduleActions } from "./schedule-actions.tsx";
import type { ScheduleAct } from "./schedule-actions.tsx";
import { ScheduleBanners } from "./schedule-banners.tsx";
import { ScheduleDialog } from "./schedule-dialog.tsx";
import { ScheduleFacts } from "./schedule-facts.tsx";
import { scheduleWords } from "./schedule-words.ts";
import { useSchedule } from "./use-schedule.ts";

/** When the sync runs by itself, what it will find, how the last nights went, and what happens to a run that was missed. */
export function SchedulePage() {
  const schedule = useSchedule();
  const [dialog, setDialog] = useState<ScheduleAct | null>(null);
  const close = () => setDialog(null);
  return (
    <Page
      title="Schedule"
      sentence={<Sentence schedule={schedule.data} hasFailed={schedule.isError} />}
      actions={<ScheduleActions schedule={schedule.data} onAct={setDialog} />}
    >
      {schedule.data !== undefined ? (
        <Loaded schedule={schedule.data} />
      ) : schedule.isError ? (
        <Failed error={schedule.error} onRetry={() => void schedule.refetch()} />
      ) : (
        <Columns side={480}>
          <SkeletonBlock height={540} />
          <SkeletonBlock height={540} />
        </Columns>
      )}
      {dialog === "edit" && schedule.data !== undefined ? (
        <ScheduleDialog schedule={schedule.data} onClose={close} />
      ) : null}
      {dialog === "pause" && schedule.data !== undefined ? (
        <PauseDialog schedule={schedule.data} onClose={close} />
      ) : null}
    </Page>
  );
}

function Sentence({ schedule, hasFailed }: { schedule: ScheduleDto | undefined; hasFailed: boolean }) {
  if (schedule === undefined) {
    return hasFailed ? <>When the sync runs by itself.</> : <SkeletonText width="min(360px, 100%)" />;
  }
  const { enabled, pause, words, timezone, nextDueAt } = schedule;
  return (
    <>
      <b>{scheduleWords(words, timezone)}.</b>{" "}
      {!enabled ? (
        "It is switched off."
      ) : pause !== null ? (
        "It is paused."
      ) : (
        <>
          The next run comes <When at={nextDueAt} as="relative" />.
        </>
      )}
    </>
  );
}

function Loaded({ schedule }: { schedule: ScheduleDto }) {
  const note = schedule.enabled ? (schedule.pause === null ? undefined : "while it is not paused") : "once it is on";
  return (
    <>
      <ScheduleBanners schedule={schedule} />
      <Columns side={480}>
        <ScheduleCalendar />
        <Stack>
          <NextRuns schedule={schedule} note={note} />
          <ScheduleFacts schedule={schedule} />
        </Stack>
      </Columns>
    </>
  );
}

function Failed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return isNotFound(error) ? (
    <EmptyState title="This programme has no schedule">
      Nothing runs by itself. Runs by hand work as they always do.
    </EmptyState>
  ) : (
    <ErrorBanner error={error} onRetry={onRetry} />
  );
}
