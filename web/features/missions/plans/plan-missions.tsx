import type { PlanDto } from "../../../../server/eligibility/plans/schema.ts";
import { useClient } from "../../../lib/client.tsx";
import { DataTable } from "../../../ui/data-table.tsx";
import { RowLink } from "../../../ui/link.tsx";
import { StatusText } from "../../../ui/status.tsx";
import type { Column } from "../../../ui/table-types.ts";
import { Count } from "../../../ui/text.tsx";

type PlannedMission = PlanDto["missions"][number];

/** The missions of a plan, each with its own counts. */
export function PlanMissions({ plan }: { plan: PlanDto }) {
  const client = useClient();
  return (
    <DataTable
      label="Missions of the plan"
      columns={columnsOf(client.subdomain)}
      rows={plan.missions}
      rowKey={({ missionId }) => missionId}
      empty={null}
    />
  );
}

function columnsOf(subdomain: string): Column<PlannedMission>[] {
  return [
    {
      id: "mission",
      header: "Mission",
      cell: ({ missionId, missionName }) => (
        <RowLink to="/c/$client/missions/$missionId" params={{ client: subdomain, missionId }}>
          {missionName}
        </RowLink>
      ),
    },
    { id: "create", header: "Create", align: "right", cell: ({ counts }) => <Count value={counts.willCreate} /> },
    {
      id: "there",
      header: "Leave as is",
      align: "right",
      cell: ({ counts }) => <Count value={counts.alreadySeeded} />,
    },
    { id: "no", header: "Not eligible", align: "right", cell: ({ counts }) => <Count value={counts.notEligible} /> },
    { id: "unknown", header: "Skip, unclear", align: "right", cell: ({ counts }) => <Count value={counts.unknown} /> },
    { id: "status", header: "Status written", cell: (planned) => <StatusText status={planned.statusToBeWritten} /> },
  ];
}
