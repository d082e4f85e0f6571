import type { HoldDto } from "../../../server/sync/guards/schema.ts";
import type { RunDto } from "../../../server/sync/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { Banner, ErrorBanner } from "../../ui/banner.tsx";
import { TextLink } from "../../ui/link.tsx";
import { When } from "../../ui/text.tsx";
import { GUARD_HINTS } from "./held-words.ts";
import { STEP_NAMES } from "./run-words.ts";
import type { useHolds } from "./use-holds.ts";

/** Why a run is held, and what was decided each time that it was. */
export function HeldBanner({ run, holds }: { run: RunDto; holds: ReturnType<typeof useHolds> }) {
  if (holds.isError) {
    return (
      <ErrorBanner error={holds.error} title="Why it is held could not be read." onRetry={() => void holds.refetch()} />
    );
  }
  return (
    <>
      {(holds.data ?? []).map((hold) =>
        hold.decision === null ? (
          <Open key={hold.number} run={run} hold={hold} />
        ) : (
          <Decided key={hold.number} run={run} hold={hold} />
        ),
      )}
    </>
  );
}

function Open({ run, hold }: { run: RunDto; hold: HoldDto }) {
  const client = useClient();
  const position = positionOf(run, hold);
  // Over the page stands the first; more than one are all said here.
  const said = hold.trips.map(({ guard, sentence }) =>
    hold.trips.length === 1 ? GUARD_HINTS[guard] : `${sentence} ${GUARD_HINTS[guard]}`,
  );
  return (
    <Banner
      tone="stopped"
      stacked
      title="What happened"
      actions={
        <>
          <TextLink to="/c/$client/sync/guards" params={{ client: client.subdomain }}>
            The guards of {client.name}
          </TextLink>
          {run.importId === null ? null : (
            <TextLink to="/c/$client/import/$importId" params={{ client: client.subdomain, importId: run.importId }}>
              File {run.fileName}
            </TextLink>
          )}
        </>
      }
    >
      {said.join(" ")} Step {position} was taken back and waits for an owner, and so does the next scheduled run.
    </Banner>
  );
}

function Decided({ run, hold }: { run: RunDto; hold: HoldDto }) {
  const verb = hold.decision === "released" ? "Released" : "Discarded";
  return (
    <Banner
      tone="quiet"
      title={`Held before step ${positionOf(run, hold)}, ${STEP_NAMES[hold.step].toLowerCase()}: ${hold.trips[0]!.sentence}`}
    >
      {verb} by {hold.decidedBy} <When at={hold.decidedAt} />: {hold.reason}
    </Banner>
  );
}

function positionOf(run: RunDto, hold: HoldDto): number {
  return run.steps.find(({ name }) => name === hold.step)?.position ?? 0;
}
