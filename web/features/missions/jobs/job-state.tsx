import type { SeedJobDto } from "../../../../server/seeding/jobs/schema.ts";
import { useClient } from "../../../lib/client.tsx";
import { ActionButton } from "../../../ui/action-button.tsx";
import { Banner, ErrorBanner } from "../../../ui/banner.tsx";
import { ButtonLink } from "../../../ui/button-link.tsx";
import { RunLink } from "../../../ui/run-status.tsx";
import { countOf } from "../../../lib/numbers.ts";
import { useNow } from "../../../lib/use-now.ts";
import { WrittenLinks } from "../written-links.tsx";
import { jobResult, waitingText, workingText } from "./job-words.ts";
import { useRetryJob } from "./use-job.ts";

/** Where a large seeding stands and what to do about it, in one banner. */
export function JobState({ job }: { job: SeedJobDto }) {
  const now = useNow(10_000);
  if (job.status === "queued") {
    return (
      <Banner
        tone="quiet"
        title="It waits for its turn."
        actions={
          job.waitsForRun === null ? undefined : (
            <RunLink number={job.waitsForRun}>Follow run {job.waitsForRun}</RunLink>
          )
        }
      >
        {waitingText(job, now)}
      </Banner>
    );
  }
  if (job.status === "running") {
    return (
      <Banner tone="running" title={`Creating ${countOf(job.pairs, "row")}.`}>
        {workingText(job)}
      </Banner>
    );
  }
  return job.outcome === null ? <Unwritten job={job} /> : <Written job={job} outcome={job.outcome} />;
}

function Written({ job, outcome }: { job: SeedJobDto; outcome: NonNullable<SeedJobDto["outcome"]> }) {
  return (
    <>
      <Banner tone="done" title={jobResult(job, outcome)}>
        {job.kind === "activation" ? "The mission runs; the next sync moves the progress of its rows." : null}
      </Banner>
      <WrittenLinks missionId={job.missionId ?? undefined} seedId={job.seed?.id ?? null} />
    </>
  );
}

/** One that failed or was cancelled: what happened, what to do, and the way on. */
function Unwritten({ job }: { job: SeedJobDto }) {
  const { retry, isBusy, error, reason } = useRetryJob(job);
  const { failure } = job;
  return (
    <>
      <Banner
        tone={failure === null ? "quiet" : "failed"}
        title={failure?.message ?? "This seeding was cancelled. Nothing was written."}
        actions={
          <>
            <ActionButton size="xs" reason={reason} loading={isBusy} onClick={retry}>
              {failure === null ? "Seed after all" : "Try again"}
            </ActionButton>
            <PreviewLink job={job} />
          </>
        }
      >
        {failure === null ? null : `${failure.advice} Code: ${failure.code}.`}
      </Banner>
      {error === null ? null : <ErrorBanner error={error} title="It was not tried again." />}
    </>
  );
}

function PreviewLink({ job: { missionId, planId } }: { job: SeedJobDto }) {
  const { subdomain: client } = useClient();
  if (missionId !== null) {
    return (
      <ButtonLink size="xs" to="/c/$client/missions/$missionId" params={{ client, missionId }}>
        Preview it
      </ButtonLink>
    );
  }
  return planId === null ? null : (
    <ButtonLink size="xs" to="/c/$client/missions/plans/$planId" params={{ client, planId }}>
      Show what moved
    </ButtonLink>
  );
}
