import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import type { SeedJobDto } from "../../../../server/seeding/jobs/schema.ts";
import { useClient } from "../../../lib/client.tsx";
import { isNotFound } from "../../../lib/errors.ts";
import { announce } from "../../../lib/notify.ts";
import { countOf } from "../../../lib/numbers.ts";
import { trpc } from "../../../lib/trpc.ts";
import { useMutation } from "../../../lib/use-mutation.ts";
import { ActionButton } from "../../../ui/action-button.tsx";
import { ErrorBanner } from "../../../ui/banner.tsx";
import { ButtonLink } from "../../../ui/button-link.tsx";
import { ConfirmDialog } from "../../../ui/dialog.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { Page } from "../../../ui/page.tsx";
import { SkeletonBlock, SkeletonText } from "../../../ui/skeleton.tsx";
import { StatusChip } from "../../../ui/status.tsx";
import { When } from "../../../ui/text.tsx";
import { JobFigures, JobMissions } from "./job-figures.tsx";
import { JobState } from "./job-state.tsx";
import { jobTitle, statusOfJob } from "./job-words.ts";
import { isJobLive, useJob } from "./use-job.ts";

const route = getRouteApi("/c/$client/seedings/jobs/$jobId");

/** A seeding of so many rows that nobody waits for it in front of a dialog: where it stands, and what came of it. */
export function JobPage() {
  const { jobId } = route.useParams();
  const job = useJob(jobId);
  if (job.data !== undefined) {
    return <Loaded key={jobId} job={job.data} />;
  }
  if (job.isError) {
    return <NoJob error={job.error} onRetry={() => void job.refetch()} />;
  }
  return (
    <Page title="Seeding" sentence={<SkeletonText width="min(480px, 100%)" />}>
      <SkeletonBlock height={48} />
      <SkeletonBlock height={64} />
    </Page>
  );
}

function Loaded({ job }: { job: SeedJobDto }) {
  const { subdomain } = useClient();
  const [isCancelling, setCancelling] = useState(false);
  return (
    <Page
      title={jobTitle(job)}
      chip={<StatusChip status={statusOfJob(job.status)} />}
      sentence={
        <>
          <b>{countOf(job.pairs, "row")}</b> {isJobLive(job.status) ? "to create" : "were to be created"}, asked for by{" "}
          {job.byName}, <When at={job.createdAt} />.
        </>
      }
      actions={
        <>
          <ButtonLink to="/c/$client/seedings" params={{ client: subdomain }}>
            All seedings
          </ButtonLink>
          {isJobLive(job.status) ? <CancelButton onClick={() => setCancelling(true)} /> : null}
        </>
      }
    >
      <JobState job={job} />
      <JobFigures job={job} />
      {job.seed === null ? null : <JobMissions seed={job.seed} />}
      {isCancelling ? <CancelDialog job={job} onClose={() => setCancelling(false)} /> : null}
    </Page>
  );
}

function CancelButton({ onClick }: { onClick: () => void }) {
  const client = useClient();
  return (
    <ActionButton reason={client.reasonFor("seeding:run")} onClick={onClick}>
      Cancel…
    </ActionButton>
  );
}

/** Asks before a large seeding is cancelled: nothing of it stays. */
function CancelDialog({ job, onClose }: { job: SeedJobDto; onClose: () => void }) {
  const client = useClient();
  const queryClient = useQueryClient();
  const cancel = useMutation(
    trpc.seeding.cancelJob.mutationOptions({
      onSettled: () => queryClient.invalidateQueries(trpc.seeding.pathFilter()),
    }),
  );
  const confirm = async () => {
    const answer = await cancel.mutateAsync({ clientId: client.id, jobId: job.id });
    announce(
      answer.kind === "cancelled"
        ? "The seeding was cancelled. Nothing was written."
        : "The seeding was over before it could be cancelled.",
    );
  };
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title="Cancel this seeding?"
      confirm="Cancel the seeding"
      destructive
      dismiss="Keep it going"
      onConfirm={confirm}
      reason={isJobLive(job.status) ? undefined : "It is over."}
      note="It can be asked for again."
    >
      What it has created so far is taken back: nothing of it stays.
    </ConfirmDialog>
  );
}

function NoJob({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <Page title="Seeding">
      {isNotFound(error) ? (
        <EmptyState title="There is no seeding at this address">The link is incomplete.</EmptyState>
      ) : (
        <ErrorBanner error={error} onRetry={onRetry} />
      )}
    </Page>
  );
}
