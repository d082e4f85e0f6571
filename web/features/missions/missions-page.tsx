import { useState } from "react";
import type { MissionCountsDto, MissionDto } from "../../../server/missions/schema.ts";
import { ErrorBanner } from "../../ui/banner.tsx";
import { Legend } from "../../ui/bucket.tsx";
import { Page, Row } from "../../ui/page.tsx";
import { Pager } from "../../ui/pager.tsx";
import type { PagerPlace } from "../../ui/pager.tsx";
import { Dim } from "../../ui/text.tsx";
import { BulkBar } from "./bulk-bar.tsx";
import { CoverageView } from "./coverage/coverage-view.tsx";
import { MissionDialogs } from "./mission-dialogs.tsx";
import type { OpenDialog } from "./mission-dialogs.tsx";
import { MissionRowActions } from "./mission-row-actions.tsx";
import { MissionsActions } from "./missions-actions.tsx";
import { MissionsEmpty } from "./missions-empty.tsx";
import { MissionsFilters } from "./missions-filters.tsx";
import { MissionsSentence } from "./missions-sentence-text.tsx";
import { MissionsTable } from "./missions-table.tsx";
import { useDuplicate } from "./use-duplicate.ts";
import { useMissionSelection } from "./use-mission-selection.ts";
import { MISSIONS_PAGE, useMissions, useMissionsSearch } from "./use-missions.ts";

/** All missions: what they ask and give, who has them, and what is not seeded yet; as a table, or by tier. */
export function MissionsPage() {
  const { view } = useMissionsSearch();
  const missions = useMissions();
  return (
    <Page
      title="Missions"
      sentence={
        <MissionsSentence rows={missions.list.data?.rows} counts={missions.counts} isComplete={missions.isComplete} />
      }
      actions={<MissionsActions page={missions} />}
    >
      <MissionsFilters />
      {view === "coverage" ? <CoverageView /> : <MissionsList missions={missions} />}
    </Page>
  );
}

function MissionsList({ missions }: { missions: ReturnType<typeof useMissions> }) {
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  const duplicate = useDuplicate();
  const rows = missions.list.data?.rows;
  const { selection, chosen } = useMissionSelection(rows);
  const actions = (mission: MissionDto) => (
    <MissionRowActions
      mission={mission}
      counts={countsOf(missions.counts, mission.id)}
      onSeed={() => setDialog({ kind: "seed", mission })}
      onSwitch={() => setDialog({ kind: mission.enabled && mission.activated ? "deactivate" : "activate", mission })}
      onDuplicate={() => duplicate.mutate(mission)}
    />
  );
  return (
    <>
      {duplicate.error === null ? null : <ErrorBanner error={duplicate.error} />}
      {missions.counts === "failed" ? (
        <ErrorBanner error={missions.countsError} title="The counts could not be made." onRetry={missions.recount} />
      ) : null}
      <MissionsTable
        rows={rows}
        counts={missions.counts}
        selection={selection}
        actions={actions}
        stale={missions.list.isPlaceholderData}
        error={missions.list.error}
        onRetry={() => void missions.list.refetch()}
        empty={<MissionsEmpty isFiltered={missions.isFiltered} onClear={missions.clearFilters} />}
      />
      <BulkBar
        chosen={chosen}
        counts={missions.counts}
        total={missions.total}
        onSeed={(missionIds) => setDialog({ kind: "bulk", missionIds })}
      />
      <MissionsFoot place={missions.place} count={rows?.length} page={missions} />
      <MissionDialogs dialog={dialog} onClose={() => setDialog(null)} onBulkSeeded={() => chosen.held.clear()} />
    </>
  );
}

function countsOf(counts: ReturnType<typeof useMissions>["counts"], id: string): MissionCountsDto | undefined {
  return counts === undefined || counts === "failed" ? undefined : counts.get(id);
}

interface FootProps {
  place: PagerPlace;
  count: number | undefined;
  page: ReturnType<typeof useMissions>;
}

function MissionsFoot({ place, count, page }: FootProps) {
  if (count === undefined || count === 0) {
    return null;
  }
  return (
    <Pager
      place={place}
      count={count}
      pageSize={MISSIONS_PAGE}
      total={page.total}
      previous={page.list.data?.previous}
      next={page.list.data?.next}
      noun={page.total === 1 ? "mission" : "missions"}
      onGo={page.go}
    >
      <Row gap={16}>
        <Dim>Seeded = active + dormant + completed + over</Dim>
        <Legend
          items={[
            { bucket: "completed", label: "completed" },
            { bucket: "seeded", label: "seeded" },
            { bucket: "not_eligible", label: "eligible, no row yet" },
          ]}
        />
      </Row>
    </Pager>
  );
}
