import { useQueryClient } from "@tanstack/react-query";
import type { RunDto } from "../../../server/sync/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { announce } from "../../lib/notify.ts";
import { trpc } from "../../lib/trpc.ts";
import { useMutation } from "../../lib/use-mutation.ts";
import { ActionButton } from "../../ui/action-button.tsx";
import { Banner, ErrorBanner } from "../../ui/banner.tsx";
import { ButtonLink } from "../../ui/button-link.tsx";
import { retryLabel } from "./retry-words.ts";

/** What stays on the page of a run that failed: what happened, its code, what was kept, what to do, and the way on. */
export function RunFailure({ run }: { run: RunDto }) {
  const retry = useRetry(run);
  const { failure } = run;
  return (
    <>
      <Banner
        tone="failed"
        title={run.error?.message ?? "The run failed."}
        actions={failure === null ? undefined : <Actions run={run} retry={retry} />}
      >
        {failure === null ? "" : `${failure.kept} ${failure.noRetry ?? ""} ${failure.advice} Code: ${failure.code}.`}
      </Banner>
      {retry.error === null ? null : <ErrorBanner error={retry.error} title="The run was not retried." />}
    </>
  );
}

function Actions({ run, retry }: { run: RunDto; retry: ReturnType<typeof useRetry> }) {
  const client = useClient();
  const withoutFile = run.failure?.offersWithoutFile === true;
  return (
    <>
      <ActionButton
        size="xs"
        reason={client.reasonFor("sync:run") ?? run.failure?.noRetry ?? undefined}
        loading={retry.isPending}
        onClick={() => retry.mutate({ clientId: client.id, runId: run.id, withoutFile })}
      >
        {retryLabel(run)}
      </ActionButton>
      {withoutFile ? (
        <ButtonLink to="/c/$client/import" params={{ client: client.subdomain }} size="xs">
          Check another file
        </ButtonLink>
      ) : null}
      {run.importId === null ? null : (
        <ButtonLink
          to="/c/$client/import/$importId"
          params={{ client: client.subdomain, importId: run.importId }}
          size="xs"
        >
          Show the file
        </ButtonLink>
      )}
    </>
  );
}

function useRetry(run: RunDto) {
  const queryClient = useQueryClient();
  return useMutation(
    trpc.sync.retry.mutationOptions({
      onSuccess: () => announce(`Run ${run.number} goes on.`),
      onSettled: () => queryClient.invalidateQueries(trpc.sync.pathFilter()),
    }),
  );
}
