import { keptWords } from "../../../server/sync/schema.ts";
import type { RunDto } from "../../../server/sync/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { useStartSync } from "../../lib/start-sync.ts";
import { ActionButton } from "../../ui/action-button.tsx";
import { Banner, ErrorBanner } from "../../ui/banner.tsx";
import { ButtonLink } from "../../ui/button-link.tsx";
import { BusyBanner } from "../../ui/run-status.tsx";
import { againOf } from "./retry-words.ts";
import { stepAt } from "./run-words.ts";

/** What stays on the page of a run that was cancelled: what was kept, and how a new run does the rest. */
export function RunCancelled({ run }: { run: RunDto }) {
  const client = useClient();
  const start = useStartSync();
  const again = againOf(run);
  const step = stepAt(run.steps);
  const rolledBack = step === null || step.startedAt === null ? "" : `Step ${step.position} was rolled back.`;
  return (
    <>
      <Banner
        tone="quiet"
        title="This run was cancelled."
        actions={
          <>
            <ActionButton
              size="xs"
              reason={client.reasonFor("sync:run")}
              loading={start.isStarting}
              onClick={() => start.startNow(again.choice)}
            >
              {again.label}
            </ActionButton>
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
        }
      >
        {keptWords(run.steps)} {rolledBack} {again.why}
      </Banner>
      {start.busy === null ? null : <BusyBanner number={start.busy} />}
      {start.error === null ? null : <ErrorBanner error={start.error} title="No run was started." />}
    </>
  );
}
