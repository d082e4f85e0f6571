import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import type { JobStatus, SeedJobDto } from "../../../../server/seeding/jobs/schema.ts";
import type { SeedQueued } from "../../../../server/seeding/schema.ts";
import { useClient } from "../../../lib/client.tsx";
import { trpc } from "../../../lib/trpc.ts";
import { useMutation } from "../../../lib/use-mutation.ts";

/** It is one transaction, so all there is to see is when it ends: a question a second is enough, and survives everything. */
const FOLLOW_MS = 1_000;

export function isJobLive(status: JobStatus): boolean {
  return status === "queued" || status === "running";
}

const followed = (job: SeedJobDto | null | undefined) => (job != null && isJobLive(job.status) ? FOLLOW_MS : false);

/** A large seeding, followed until it has ended. */
export function useJob(jobId: string) {
  const client = useClient();
  const job = useQuery(
    trpc.seeding.job.queryOptions(
      { clientId: client.id, jobId },
      { refetchInterval: ({ state }) => followed(state.data) },
    ),
  );
  useRefreshAtEnd(job.data);
  return job;
}

/** The programme's newest large seeding, followed too; null where there was none. */
export function useLatestJob() {
  const client = useClient();
  const job = useQuery(
    trpc.seeding.latestJob.queryOptions(
      { clientId: client.id },
      { refetchInterval: ({ state }) => followed(state.data) },
    ),
  );
  useRefreshAtEnd(job.data);
  return job;
}

/** When one that was followed has ended, everything that was read before it is old. */
function useRefreshAtEnd(job: SeedJobDto | null | undefined): void {
  const queryClient = useQueryClient();
  const isLive = job != null && isJobLive(job.status);
  const wasLive = useRef(false);
  useEffect(() => {
    if (!isLive && wasLive.current) {
      void queryClient.invalidateQueries();
    }
    wasLive.current = isLive;
  }, [isLive, queryClient]);
}

/** Goes to the page of the job that a seeding became; anything else is left to whoever asked. */
export function useFollowJob(): (answer: SeedQueued | { kind: string }) => void {
  const client = useClient();
  const navigate = useNavigate();
  return (answer) => {
    if ("jobId" in answer) {
      const params = { client: client.subdomain, jobId: answer.jobId };
      void navigate({ to: "/c/$client/seedings/jobs/$jobId", params });
    }
  };
}

/** Asks for the same once more; the new attempt is a job of its own, with a page of its own. */
export function useRetryJob(job: SeedJobDto) {
  const client = useClient();
  const queryClient = useQueryClient();
  const follow = useFollowJob();
  const retry = useMutation(
    trpc.seeding.retryJob.mutationOptions({
      onSuccess: follow,
      onSettled: () => queryClient.invalidateQueries(trpc.seeding.pathFilter()),
    }),
  );
  return {
    retry: () => retry.mutate({ clientId: client.id, jobId: job.id }),
    isBusy: retry.isPending,
    error: retry.error,
    reason:
      client.reasonFor(job.kind === "activation" ? "missions:write" : "seeding:run") ??
      job.failure?.noRetry ??
      undefined,
  };
}
