import { useState } from "react";
import type { RunDto } from "../../../server/sync/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { formatTime, formatWhen, timezoneName } from "../../lib/dates.ts";
import { isNotFound } from "../../lib/errors.ts";
import { isLive, runLength } from "../../lib/runs.ts";
import { useNow } from "../../lib/use-now.ts";
import { Banner, ErrorBanner } from "../../ui/banner.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Page } from "../../ui/page.tsx";
import { PageTabs } from "../../ui/page-tabs.tsx";
import { RunStatusChip } from "../../ui/run-status.tsx";
import { SkeletonBlock, SkeletonText } from "../../ui/skeleton.tsx";
import { AttemptsPanel } from "./attempts-panel.tsx";
import { CancelDialog } from "./cancel-dialog.tsx";
import { ChangesTab } from "./changes-tab.tsx";
import { CompareTab } from "./compare-tab.tsx";
import { DecideDialog, type Decision } from "./decide-dialog.tsx";
import { HeldBanner } from "./held-banner.tsx";
import { HeldNames } from "./held-names.tsx";
import { LeaseLine } from "./lease-line.tsx";
import { LogTab } from "./log-tab.tsx";
import { RejectedTab } from "./rejected-tab.tsx";
import { RunActions } from "./run-actions.tsx";
import { RunCancelled } from "./run-cancelled.tsx";
import { RunFailure } from "./run-failure.tsx";
import { RunFigures } from "./run-figures.tsx";
import { runSentence } from "./run-words.ts";
import type { RunTab } from "./search.ts";
import { StepsTab } from "./steps-tab.tsx";
import { useHolds } from "./use-holds.ts";
import { useLiveRun, useRun, useRunSearch } from "./use-run.ts";

/** One run: where it stands, what its steps did, whom it moved, which rows it left out. */
export function RunPage() {
  const { number } = useRunSearch();
  const run = useRun();
  if (run.data !== undefined) {
    return <Loaded key={run.data.id} run={run.data} />;
  }
  if (run.isError) {
    return <NoRun error={run.error} onRetry={() => void run.refetch()} />;
  }
  return (
    <Page title={`Run ${number}`} documentTitle={`Run ${number}`} sentence={<SkeletonText width="min(480px, 100%)" />}>
      <SkeletonBlock height={48} />
      <SkeletonBlock height={324} />
    </Page>
  );
}

function Loaded({ run: read }: { run: RunDto }) {
  const { tab, open } = useRunSearch();
  const { run, events, hasLost } = useLiveRun(read, tab === "log");
  const [isCancelling, setCancelling] = useState(false);
  const [deciding, setDeciding] = useState<Decision | null>(null);
  const holds = useHolds(run);
  const held = run.status === "held" ? holds.data?.find(({ decision }) => decision === null) : undefined;
  return (
    <Page
      title={`Run ${run.number}`}
      chip={<RunStatusChip status={run.status} />}
      sentence={<Sentence run={run} />}
      actions={<RunActions run={run} onCancel={() => setCancelling(true)} onDecide={setDeciding} />}
    >
      <RunFigures run={run} />
      <HeldBanner run={run} holds={holds} />
      {run.status === "failed" ? <RunFailure run={run} /> : null}
      {run.status === "cancelled" ? <RunCancelled run={run} /> : null}
      {run.status === "running" && run.lease?.isSilent === true ? <LeaseLine run={run} lease={run.lease} /> : null}
      {hasLost && isLive(run.status) ? (
        <Banner tone="held" title="The live line broke off.">
          The run goes on; this page asks for it every 5 seconds.
        </Banner>
      ) : null}
      <Tabs run={run} tab={tab} onChange={open} />
      {tab === "steps" ? <StepsTab run={run} /> : null}
      {tab === "steps" && held !== undefined ? <HeldNames run={run} hold={held} /> : null}
      {tab === "changes" ? <ChangesTab run={run} /> : null}
      {tab === "compare" ? <CompareTab run={run} /> : null}
      {tab === "rejected" ? <RejectedTab run={run} /> : null}
      {tab === "log" ? <Holder run={run} /> : null}
      {tab === "log" ? <LogTab events={events} isLive={isLive(run.status)} hasFailed={hasLost} /> : null}
      {deciding === null ? null : (
        <DecideDialog run={run} hold={held} decision={deciding} onClose={() => setDeciding(null)} />
      )}
      {isCancelling ? <CancelDialog run={run} onClose={() => setCancelling(false)} /> : null}
    </Page>
  );
}

/** Who works on the run and who did before, over its log. */
function Holder({ run }: { run: RunDto }) {
  const { lease } = run;
  return (
    <>
      {run.status === "running" && lease?.isSilent === false ? <LeaseLine run={run} lease={lease} /> : null}
      <AttemptsPanel run={run} />
    </>
  );
}

function Sentence({ run }: { run: RunDto }) {
  const { timezone } = useClient();
  const now = useNow(60_000);
  const start = run.startedAt ?? run.createdAt;
  const isToday = formatWhen(start, timezone, now) === formatTime(start, timezone);
  const time = isToday ? formatTime(start, timezone, "seconds") : formatWhen(start, timezone, now);
  const pieces = runSentence(run, {
    startedAt: `${time} ${timezoneName(timezone)}`,
    length: runLength(run, now),
  });
  return <>{pieces.map((piece) => (piece.strong === true ? <b key={piece.text}>{piece.text}</b> : piece.text))}</>;
}

function Tabs({ run, tab, onChange }: { run: RunDto; tab: RunTab; onChange: (tab: RunTab) => void }) {
  const { promoted, demoted, rejected, creatorsCreated, seeded, woken, completed, redemptions } = run.totals;
  const changes = creatorsCreated + promoted + demoted + seeded + woken + completed + redemptions;
  return (
    <PageTabs
      label="Parts of the run"
      value={tab}
      onChange={onChange}
      tabs={[
        { key: "steps", label: "Steps", count: run.steps.length },
        { key: "changes", label: "Changes", count: changes },
        { key: "compare", label: "Compare" },
        { key: "rejected", label: "Rejected rows", count: rejected },
        { key: "log", label: "Log" },
      ]}
    />
  );
}

function NoRun({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <Page title="Run">
      {isNotFound(error) ? (
        <EmptyState title="There is no run at this address">
          Runs are numbered from 1; the link is incomplete.
        </EmptyState>
      ) : (
        <ErrorBanner error={error} onRetry={onRetry} />
      )}
    </Page>
  );
}
