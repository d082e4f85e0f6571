import type { RunDto } from "../../../server/sync/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { useStartSync } from "../../lib/start-sync.ts";
import { ActionButton } from "../../ui/action-button.tsx";
import { Banner, ErrorBanner } from "../../ui/banner.tsx";
import { ButtonLink } from "../../ui/button-link.tsx";
import { BusyBanner } from "../../ui/run-status.tsx";
import { isRefused, retryOf } from "./retry-words.ts";
import { keptWords, stepAt } from "./run-words.ts";

/** What stays on the page of a run that did not go through: what happened, what was kept, what to do. */
export function RunFailure({ run }: { run: RunDto }) {
  const client = useClient();
  const again = useStartSync();
  const retry = retryOf(run);
  const isFailure = run.status === "failed";
  return (
    <>
      <Banner
        tone={isFailure ? "failed" : "quiet"}
        title={titleOf(run)}
        actions={
          <>
            <ActionButton
              size="xs"
              reason={client.reasonFor("sync:run")}
              loading={again.isStarting}
              onClick={() => again.startNow(retry.choice)}
            >
              {retry.label}
            </ActionButton>
            {retry.offersFile ? (
              <ButtonLink to="/c/$client/import" params={{ client: client.subdomain }} size="xs">
                Check another file
              </ButtonLink>
            ) : null}
            {run.importId === null ? null : <FileButton importId={run.importId} />}
          </>
        }
      >
        {isRefused(run) ? run.error?.message : ""} {keptText(run)} {retry.why}
      </Banner>
      {again.busy === null ? null : <BusyBanner number={again.busy} />}
      {again.error === null ? null : <ErrorBanner error={again.error} title="No run was started." />}
    </>
  );
}

function titleOf(run: RunDto): string {
  if (run.status === "cancelled") {
    return "This run was cancelled.";
  }
  return isRefused(run) ? "The file was refused." : (run.error?.message ?? "The run failed.");
}

/** The server's sentence may say already what was kept; ours names the steps. */
function keptText(run: RunDto): string {
  const step = stepAt(run.steps);
  const kept = keptWords(run.steps);
  return run.status === "cancelled" && step !== null && step.startedAt !== null
    ? `${kept} Step ${step.position} was rolled back.`
    : kept;
}

function FileButton({ importId }: { importId: string }) {
  const client = useClient();
  return (
    <ButtonLink to="/c/$client/import/$importId" params={{ client: client.subdomain, importId }} size="xs">
      Show the file
    </ButtonLink>
  );
}
