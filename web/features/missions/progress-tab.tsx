import type { MissionDto } from "../../../server/missions/schema.ts";
import type { ProgressRow } from "../../../server/progress/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { ValueBar } from "../../ui/bars.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { RowLink } from "../../ui/link.tsx";
import { Pager } from "../../ui/pager.tsx";
import { StatusText } from "../../ui/status.tsx";
import type { Column } from "../../ui/table-types.ts";
import { Dim, When, WindowText } from "../../ui/text.tsx";
import { TierName } from "../../ui/tier-name.tsx";
import { isPositive } from "../../lib/amounts.ts";
import { targetText } from "../../lib/mission-words.ts";
import { Columns } from "../../ui/page.tsx";
import { DistributionPanel } from "./distribution/distribution-panel.tsx";
import { NearPanel } from "./near-misses/near-panel.tsx";
import { ProgressEmpty } from "./progress-empty.tsx";
import { ProgressFilters } from "./progress-filters.tsx";
import { useMissionSearch } from "./use-mission.ts";
import { PROGRESS_PAGE, useProgress } from "./use-progress.ts";

/** Everybody who has the mission: how far they are, in which window, and how it stands. */
export function ProgressTab({ mission }: { mission: MissionDto }) {
  const client = useClient();
  const { place, go } = useMissionSearch();
  const { list, total, counts, isFiltered } = useProgress();
  return (
    <>
      {mission.missionType === "raffle" || (list.data?.rows.length === 0 && !isFiltered) ? null : (
        <Columns>
          <DistributionPanel mission={mission} />
          <NearPanel mission={mission} kinds={["target"]} />
        </Columns>
      )}
      <ProgressFilters counts={counts} />
      <DataTable
        label="Progress rows"
        columns={columnsOf(mission, client)}
        rows={list.data?.rows}
        rowKey={(row) => row.userId}
        stale={list.isPlaceholderData}
        error={list.error}
        onRetry={() => void list.refetch()}
        empty={<ProgressEmpty mission={mission} isFiltered={isFiltered} />}
      />
      <Pager
        place={place}
        count={list.data?.rows.length}
        pageSize={PROGRESS_PAGE}
        total={total}
        previous={list.data?.previous}
        next={list.data?.next}
        noun={total === 1 ? "row" : "rows"}
        onGo={go}
      />
    </>
  );
}

function columnsOf(mission: MissionDto, client: { subdomain: string; currency: string }): Column<ProgressRow>[] {
  return [
    {
      id: "handle",
      header: "Creator",
      skeleton: 110,
      cell: (row) => (
        <RowLink to="/c/$client/creators/$userId" params={{ client: client.subdomain, userId: row.userId }}>
          @{row.handle}
        </RowLink>
      ),
    },
    { id: "tier", header: "Tier", cell: (row) => <TierName id={row.tierId} /> },
    {
      id: "value",
      header: "Value",
      align: "right",
      skeleton: 120,
      cell: (row) => (
        <ValueBar value={row.value} target={row.target} label={`@${row.handle} towards the target`}>
          {targetText(mission.missionType, row.value, client.currency)}
        </ValueBar>
      ),
    },
    {
      id: "target",
      header: "Target",
      align: "right",
      cell: (row) =>
        isPositive(row.target) ? targetText(mission.missionType, row.target, client.currency) : <Dim>none</Dim>,
    },
    {
      id: "window",
      header: "Window",
      skeleton: 140,
      cell: (row) => <WindowText start={row.windowStart} end={row.windowEnd} none="no dates" />,
    },
    { id: "status", header: "Status", cell: (row) => <RowStatus row={row} /> },
    {
      id: "updated",
      header: "Last change",
      quiet: true,
      cell: (row) => <When at={row.completedAt ?? row.updatedAt} />,
    },
  ];
}

/** A row whose window has passed is over, unless it was completed. */
function RowStatus({ row }: { row: ProgressRow }) {
  if (row.status !== "completed" && row.isOver) {
    return <StatusText status="over">{row.status === "dormant" ? "Over, never woke" : "Over"}</StatusText>;
  }
  return <StatusText status={row.status} />;
}
