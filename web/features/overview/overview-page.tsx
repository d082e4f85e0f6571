import { useClient } from "../../lib/client.tsx";
import { formatWeekday } from "../../lib/dates.ts";
import { useNow } from "../../lib/use-now.ts";
import { Banner, ErrorBanner } from "../../ui/banner.tsx";
import { Page, Tiles } from "../../ui/page.tsx";
import { RunLink } from "../../ui/run-status.tsx";
import { RunSyncLink } from "../../ui/run-sync-link.tsx";
import { SkeletonText } from "../../ui/skeleton.tsx";
import { DecisionTile } from "./decision-tile.tsx";
import { LastRunChanges } from "./last-run-changes.tsx";
import { LastSyncTile } from "./last-sync-tile.tsx";
import { NextSyncTile } from "./next-sync-tile.tsx";
import { daySentence } from "./overview-words.ts";
import { RunStrip } from "./run-strip.tsx";
import { RunningMissions } from "./running-missions.tsx";
import { useLastRuns, useMissionCounts } from "./use-overview.ts";

/** The landing page: what the last run did, what comes next, what wants a decision, how the missions stand. */
export function OverviewPage() {
  const client = useClient();
  const now = useNow(60_000);
  const runs = useLastRuns();
  const missions = useMissionCounts();
  const open = runs.runs?.find((run) => run.endedAt === null);
  const held = open?.status === "held" ? open : undefined;
  const live = held === undefined ? open : undefined;
  return (
    <Page
      title={formatWeekday(now, client.timezone)}
      documentTitle="Overview"
      crumb="Overview"
      sentence={<Sentence runs={runs} />}
      actions={<RunSyncLink filled />}
    >
      {live === undefined ? null : (
        <Banner
          tone="running"
          title={`Run ${live.number} is under way.`}
          actions={<RunLink number={live.number}>Follow it</RunLink>}
        >
          The figures below change when it is done.
        </Banner>
      )}
      {held === undefined ? null : (
        <Banner
          tone="stopped"
          title={`Run ${held.number} is held.`}
          actions={<RunLink number={held.number}>See what it would do</RunLink>}
        >
          A guard found a step out of proportion. Until an owner releases or discards it, no other run starts.
        </Banner>
      )}
      {runs.list.isError && runs.runs === undefined ? (
        <ErrorBanner
          error={runs.list.error}
          title="The runs could not be read."
          onRetry={() => void runs.list.refetch()}
        />
      ) : null}
      <Tiles min={280}>
        <LastSyncTile run={runs.last} isLoading={runs.runs === undefined} />
        <NextSyncTile />
        <DecisionTile missions={missions} />
      </Tiles>
      {runs.last === undefined && runs.runs !== undefined ? null : (
        <LastRunChanges detail={runs.detail.data} error={runs.detail.error} />
      )}
      <RunningMissions missions={missions} />
      <RunStrip runs={runs.runs} />
    </Page>
  );
}

function Sentence({ runs }: { runs: ReturnType<typeof useLastRuns> }) {
  if (runs.runs === undefined) {
    return runs.list.isError ? (
      <>What the programme did and what comes next.</>
    ) : (
      <SkeletonText width="min(480px, 100%)" />
    );
  }
  const pieces = daySentence(runs.last);
  return <>{pieces.map((piece) => (piece.strong === true ? <b key={piece.text}>{piece.text}</b> : piece.text))}</>;
}
