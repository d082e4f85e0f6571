import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { MissionCountsDto, MissionDto } from "../../../server/missions/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { formatCount } from "../../lib/numbers.ts";
import { FunnelBar } from "../../ui/bars.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { RowLink } from "../../ui/link.tsx";
import { SkeletonText } from "../../ui/skeleton.tsx";
import { TwoLines } from "../../ui/table-row.tsx";
import type { Column, Selection } from "../../ui/table-types.ts";
import { Count, Unknown } from "../../ui/text.tsx";
import { TierName } from "../../ui/tier-name.tsx";
import { LastSeeded, MissionGoal, MissionReward, MissionStateText } from "./mission-cells.tsx";
import { MissionCard } from "./mission-card.tsx";
import classes from "./missions.module.css";
import { insteadOfCounts } from "./uncounted-words.ts";

/** The counts of the missions shown, by mission: undefined while they load, "failed" when they could not be counted. */
export type CountsById = ReadonlyMap<string, MissionCountsDto> | undefined | "failed";

interface Props {
  rows: readonly MissionDto[] | undefined;
  counts: CountsById;
  selection: Selection | undefined;
  actions: (mission: MissionDto) => ReactNode;
  stale: boolean;
  error: unknown;
  onRetry: () => void;
  empty: ReactNode;
}

/** The missions with their four counts, which come after the rows. */
export function MissionsTable({ rows, counts, selection, actions, stale, error, onRetry, empty }: Props) {
  const client = useClient();
  const columns = [...factColumns(client.subdomain), ...countColumns(counts)];
  const card = (mission: MissionDto) => (
    <MissionCard mission={mission} counts={countsOf(counts, mission.id)} selection={selection} />
  );
  return (
    <DataTable
      label="Missions"
      columns={columns}
      rows={rows}
      rowKey={(mission) => mission.id}
      rowHeight={40}
      selection={selection}
      actions={actions}
      group={{
        from: "eligible",
        to: "completed",
        under: (mission) => underOf(countsOf(counts, mission.id)),
        instead: (mission) => insteadOfCounts(mission, countsOf(counts, mission.id)),
      }}
      stale={stale}
      error={error}
      onRetry={onRetry}
      empty={empty}
      card={card}
    />
  );
}

function countsOf(counts: CountsById, missionId: string): MissionCountsDto | undefined | "failed" {
  return counts === undefined || counts === "failed" ? counts : counts.get(missionId);
}

function underOf(counts: MissionCountsDto | undefined | "failed"): ReactNode {
  return counts === undefined || counts === "failed" ? null : (
    <FunnelBar eligible={counts.eligible} seeded={counts.seeded} completed={counts.completed} />
  );
}

function factColumns(subdomain: string): Column<MissionDto>[] {
  return [
    {
      id: "name",
      header: "Mission",
      skeleton: 120,
      cell: (mission) => (
        <TwoLines second={mission.title}>
          <RowLink to="/c/$client/missions/$missionId" params={{ client: subdomain, missionId: mission.id }}>
            {mission.name}
          </RowLink>
        </TwoLines>
      ),
    },
    { id: "goal", header: "Goal", cell: (mission) => <MissionGoal mission={mission} /> },
    {
      id: "reward",
      header: "Reward",
      skeleton: 96,
      cell: (mission) => (
        <span className={classes.narrow}>
          <MissionReward mission={mission} />
        </span>
      ),
    },
    {
      id: "tier",
      header: "Tier",
      cell: (mission) => <TierName id={mission.tierEligibility} andUp />,
    },
    { id: "state", header: "State", skeleton: 64, cell: (mission) => <MissionStateText state={mission.state} /> },
  ];
}

function countColumns(counts: CountsById): Column<MissionDto>[] {
  const figure = (mission: MissionDto, of: (found: MissionCountsDto) => ReactNode): ReactNode => {
    const found = countsOf(counts, mission.id);
    if (found === undefined && counts === undefined) {
      return <SkeletonText width={32} />;
    }
    return found === undefined || found === "failed" ? <Unknown /> : of(found);
  };
  const number = (
    id: string,
    header: string,
    width: number,
    of: (found: MissionCountsDto) => number,
  ): Column<MissionDto> => ({
    id,
    header,
    width,
    align: "right",
    cell: (mission) => figure(mission, (found) => <Count value={of(found)} />),
  });
  return [
    number("eligible", "Eligible", 68, (found) => found.eligible),
    number("seeded", "Seeded", 68, (found) => found.seeded),
    number("active", "Active", 64, (found) => found.active),
    number("completed", "Completed", 84, (found) => found.completed),
    {
      id: "notSeeded",
      header: "Not seeded",
      align: "right",
      width: 92,
      cell: (mission) =>
        mission.enabled ? figure(mission, (found) => <NotSeeded count={found.notSeeded} />) : <Unknown />,
    },
    {
      id: "lastSeeded",
      header: "Last seeded",
      width: 160,
      quiet: true,
      cell: (mission) => (
        // As wide as the row's actions, which lie over it: the number of missing rows stays in sight.
        <span className={classes.underActions}>
          {figure(mission, (found) => (
            <LastSeeded at={found.lastSeededAt} />
          ))}
        </span>
      ),
    },
  ];
}

/** How many rows are missing: amber with its sign where any are. */
function NotSeeded({ count }: { count: number }) {
  if (count === 0) {
    return <Count value={0} />;
  }
  return (
    <span className={classes.open}>
      <IconAlertTriangle size={16} stroke={1.75} aria-hidden />
      {formatCount(count)}
    </span>
  );
}
