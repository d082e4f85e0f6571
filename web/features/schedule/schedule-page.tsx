import { useQuery } from "@tanstack/react-query";
import type { ScheduleDto } from "../../../server/schedule/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { isNotFound } from "../../lib/errors.ts";
import { trpc } from "../../lib/trpc.ts";
import { Banner, ErrorBanner } from "../../ui/banner.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Columns, Page } from "../../ui/page.tsx";
import { RunSyncLink } from "../../ui/run-sync-link.tsx";
import { SkeletonBlock, SkeletonText } from "../../ui/skeleton.tsx";
import { When } from "../../ui/text.tsx";
import { NextRuns } from "./next-runs.tsx";
import { ScheduleFacts } from "./schedule-facts.tsx";
import { scheduleWords } from "./schedule-words.ts";

/** When the sync runs by itself, what it will find, and what happens to a run that was missed. */
export function SchedulePage() {
  const client = useClient();
  const schedule = useQuery(trpc.schedule.get.queryOptions({ clientId: client.id }, { refetchInterval: 60_000 }));
  return (
    <Page
      title="Schedule"
      sentence={<Sentence schedule={schedule.data} hasFailed={schedule.isError} />}
      actions={<RunSyncLink label="Run now…" filled />}
    >
      {schedule.data !== undefined ? (
        <Loaded schedule={schedule.data} />
      ) : schedule.isError ? (
        <Failed error={schedule.error} onRetry={() => void schedule.refetch()} />
      ) : (
        <Columns side={480}>
          <SkeletonBlock height={252} />
          <SkeletonBlock height={252} />
        </Columns>
      )}
    </Page>
  );
}

function Sentence({ schedule, hasFailed }: { schedule: ScheduleDto | undefined; hasFailed: boolean }) {
  if (schedule === undefined) {
    return hasFailed ? <>When the sync runs by itself.</> : <SkeletonText width="min(360px, 100%)" />;
  }
  return (
    <>
      <b>{scheduleWords(schedule.words, schedule.timezone)}.</b>{" "}
      {schedule.enabled ? (
        <>
          The next run comes <When at={schedule.nextDueAt} as="relative" />.
        </>
      ) : (
        "It is switched off."
      )}
    </>
  );
}

function Loaded({ schedule }: { schedule: ScheduleDto }) {
  return (
    <>
      {schedule.isMissed ? (
        <Banner tone="failed" title="A run was missed." actions={<RunSyncLink label="Run now…" />}>
          It was due <When at={schedule.nextDueAt} /> and nothing ran. Muster makes up for it once, as soon as its
          scheduler is up again.
        </Banner>
      ) : null}
      {schedule.enabled ? null : (
        <Banner tone="held" title="The schedule is switched off.">
          Nothing runs by itself; runs by hand go on working.
        </Banner>
      )}
      <Columns side={480}>
        <NextRuns schedule={schedule} />
        <ScheduleFacts schedule={schedule} />
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
