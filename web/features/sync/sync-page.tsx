import { IconMasksTheater, IconRefresh } from "@tabler/icons-react";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { runStatuses } from "../../../server/sync/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { timezoneName } from "../../lib/dates.ts";
import { trpc } from "../../lib/trpc.ts";
import { ActionButton } from "../../ui/action-button.tsx";
import { ButtonLink } from "../../ui/button-link.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ExportButton } from "../../ui/export-button.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { FilterSelect } from "../../ui/filter-select.tsx";
import { Page } from "../../ui/page.tsx";
import { Pager } from "../../ui/pager.tsx";
import { RunLink } from "../../ui/run-status.tsx";
import { SkeletonText } from "../../ui/skeleton.tsx";
import { When } from "../../ui/text.tsx";
import { RehearsalsPanel } from "./rehearsals-panel.tsx";
import { RehearseDialog } from "./rehearse-dialog.tsx";
import { RunsTable } from "./runs-table.tsx";
import { StartDialog } from "./start-dialog.tsx";
import { RUNS_PAGE, useRuns, useRunsSearch } from "./use-runs.ts";

const WORDS = {
  queued: "queued",
  running: "running",
  held: "held",
  succeeded: "done",
  succeeded_with_warnings: "with warnings",
  failed: "failed",
  cancelled: "cancelled",
  discarded: "discarded",
} as const;
const statuses = runStatuses.map((status) => ({ value: status, label: WORDS[status] }));

/** All runs, newest first, and the way to start one. */
export function SyncPage() {
  const client = useClient();
  const { status, place, isStarting, isRehearsing, filter, go, openStart, openRehearse, closeDialog, clear } =
    useRunsSearch();
  const { list, total } = useRuns();
  const reason = client.reasonFor("sync:run");
  const rows = list.data?.rows;
  return (
    <Page
      title="Sync"
      sentence={<Sentence />}
      actions={<Actions reason={reason} onRehearse={openRehearse} onStart={openStart} />}
    >
      <FilterBar
        active={status === undefined ? 0 : 1}
        end={<ExportButton list="runs" filters={{ status }} count={total} noun="run" />}
      >
        <FilterSelect label="Status" value={status} options={statuses} onChange={filter} />
      </FilterBar>
      <RunsTable
        rows={rows}
        stale={list.isPlaceholderData}
        error={list.error}
        onRetry={() => void list.refetch()}
        empty={<NoRuns isFiltered={status !== undefined} onClear={clear} reason={reason} onStart={openStart} />}
      />
      {rows === undefined || rows.length === 0 ? null : (
        <Pager
          place={place}
          count={rows.length}
          pageSize={RUNS_PAGE}
          total={total}
          previous={list.data?.previous}
          next={list.data?.next}
          noun={total === 1 ? "run" : "runs"}
          onGo={go}
        />
      )}
      <RehearsalsPanel />
      {isStarting && reason === undefined ? <StartDialog onClose={closeDialog} /> : null}
      {isRehearsing && reason === undefined ? <RehearseDialog onClose={closeDialog} /> : null}
    </Page>
  );
}

interface ActionsProps {
  reason: string | undefined;
  onRehearse: () => void;
  onStart: () => void;
}

/** See what a run would do, or let it do so. */
function Actions({ reason, onRehearse, onStart }: ActionsProps) {
  const client = useClient();
  const icon = { size: 16, stroke: 1.75, "aria-hidden": true } as const;
  return (
    <>
      <ButtonLink to="/c/$client/sync/guards" params={{ client: client.subdomain }}>
        Guards
      </ButtonLink>
      <ActionButton leftSection={<IconMasksTheater {...icon} />} reason={reason} onClick={onRehearse}>
        Rehearse…
      </ActionButton>
      <ActionButton variant="filled" leftSection={<IconRefresh {...icon} />} reason={reason} onClick={onStart}>
        Run sync…
      </ActionButton>
    </>
  );
}

/** What is on now, or how old the data is. */
function Sentence() {
  const client = useClient();
  const freshness = useQuery(trpc.clients.freshness.queryOptions({ clientId: client.id }));
  if (freshness.data === undefined) {
    return freshness.isError ? (
      <>The eight steps, every night and by hand.</>
    ) : (
      <SkeletonText width="min(360px, 100%)" />
    );
  }
  const { runningNumber, lastSuccessAt, nextDueAt } = freshness.data;
  if (runningNumber !== null) {
    return (
      <>
        <b>
          <RunLink number={runningNumber}>Run {runningNumber}</RunLink> is under way.
        </b>{" "}
        One runs at a time.
      </>
    );
  }
  return (
    <>
      {lastSuccessAt === null ? (
        <b>No run has gone through yet.</b>
      ) : (
        <>
          The data is <b>as of </b>
          <b>
            <When at={lastSuccessAt} /> {timezoneName(client.timezone)}
          </b>
          .
        </>
      )}{" "}
      {nextDueAt === null ? (
        "No run is planned."
      ) : (
        <>
          The next run is planned for <When at={nextDueAt} />.
        </>
      )}
    </>
  );
}

interface EmptyProps {
  isFiltered: boolean;
  onClear: () => void;
  reason: string | undefined;
  onStart: () => void;
}

function NoRuns({ isFiltered, onClear, reason, onStart }: EmptyProps) {
  if (isFiltered) {
    return (
      <EmptyState title="No run has this status" action={<Button onClick={onClear}>Clear the filter</Button>}>
        Other runs are there; the filter hides them.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="No sync has run yet"
      action={
        <ActionButton reason={reason} onClick={onStart}>
          Run the first sync…
        </ActionButton>
      }
    >
      A sync imports a file, moves tiers, seeds, counts progress and makes redemptions. It runs without a file too.
    </EmptyState>
  );
}
