import { useMemo } from "react";
import type { MissionCountsDto, MissionDto } from "../../../server/missions/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { Legend } from "../../ui/bucket.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { RowLink } from "../../ui/link.tsx";
import { Panel } from "../../ui/panel.tsx";
import { SkeletonText } from "../../ui/skeleton.tsx";
import type { Column } from "../../ui/table-types.ts";
import { Count, Unknown } from "../../ui/text.tsx";
import { MissionCard } from "./mission-card.tsx";
import { runningMissions, runningWords } from "./overview-words.ts";
import classes from "./overview.module.css";
import { ShareBar } from "./share-bar.tsx";
import type { useMissionCounts } from "./use-overview.ts";

/** The missions that run: how many of their rows are completed, active and over. */
export function RunningMissions({ missions: read }: { missions: ReturnType<typeof useMissionCounts> }) {
  const client = useClient();
  const { missions, counts, error, retry } = read;
  const byId = useMemo(() => new Map(counts?.map((one) => [one.missionId, one])), [counts]);
  const running = useMemo(
    () => (missions === undefined ? undefined : runningMissions(missions, byId)),
    [missions, byId],
  );
  const card = (mission: MissionDto) => <MissionCard mission={mission} counts={byId.get(mission.id)} />;
  return (
    <Panel
      flush
      title="Running missions"
      note={running === undefined ? undefined : runningWords(running.withProgress.length, running.draws)}
      aside={
        <span className={classes.legend}>
          <Legend
            items={[
              { bucket: "completed", label: "completed" },
              { bucket: "active", label: "active" },
              { bucket: "over", label: "over" },
            ]}
          />
        </span>
      }
    >
      <DataTable
        bare
        label="Running missions"
        columns={columnsFor(client.subdomain, { byId, hasFailed: error !== null })}
        rows={running?.withProgress}
        rowKey={(mission) => mission.id}
        error={error}
        onRetry={retry}
        skeletonRows={6}
        card={card}
        empty={
          <EmptyState title="No mission with progress is running">
            A mission runs once it is enabled and activated; its rows then move with every sync.
          </EmptyState>
        }
      />
    </Panel>
  );
}

interface Counted {
  byId: ReadonlyMap<string, MissionCountsDto>;
  hasFailed: boolean;
}

function columnsFor(subdomain: string, { byId, hasFailed }: Counted): Column<MissionDto>[] {
  const number = (id: string, header: string, of: (counts: MissionCountsDto) => number): Column<MissionDto> => ({
    id,
    header,
    align: "right",
    width: 104,
    cell: (mission) => {
      const counts = byId.get(mission.id);
      if (counts === undefined) {
        return hasFailed ? <Unknown /> : <SkeletonText width={32} />;
      }
      return <Count value={of(counts)} />;
    },
  });
  return [
    {
      id: "name",
      header: "Mission",
      skeleton: 140,
      cell: (mission) => (
        <RowLink to="/c/$client/missions/$missionId" params={{ client: subdomain, missionId: mission.id }}>
          {mission.name}
        </RowLink>
      ),
    },
    number("completed", "Completed", (counts) => counts.completed),
    number("active", "Active", (counts) => counts.active),
    number("over", "Over", (counts) => counts.over),
    number("rows", "Rows", (counts) => counts.seeded),
    {
      id: "share",
      header: "Share of rows",
      width: 320,
      skeleton: 280,
      cell: (mission) => <ShareBar name={mission.name} counts={byId.get(mission.id)} />,
    },
  ];
}
