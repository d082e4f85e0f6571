import type { PlanDto } from "../../../../server/eligibility/plans/schema.ts";
import type { Bucket, BucketCounts } from "../../../../server/eligibility/schema.ts";
import { useClient } from "../../../lib/client.tsx";
import { DataTable } from "../../../ui/data-table.tsx";
import { RowLink, TextLink } from "../../../ui/link.tsx";
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
  // The lists are of this moment: they may hold others by now, as the banner over them says.
  const count = (
    header: string,
    bucket: Exclude<Bucket, "will_create"> | undefined,
    of: (counts: BucketCounts) => number,
  ): Column<PlannedMission> => ({
    id: header,
    header,
    align: "right",
    cell: ({ missionId, counts }) =>
      of(counts) === 0 ? (
        <Count value={0} />
      ) : (
        <TextLink
          to="/c/$client/missions/$missionId"
          params={{ client: subdomain, missionId }}
          search={{ bucket }}
          title="Who it is now"
        >
          <Count value={of(counts)} />
        </TextLink>
      ),
  });
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
    count("Create", undefined, ({ willCreate }) => willCreate),
    count("Leave as is", "already_seeded", ({ alreadySeeded }) => alreadySeeded),
    count("Not eligible", "not_eligible", ({ notEligible }) => notEligible),
    count("Skip, unclear", "unknown", ({ unknown }) => unknown),
    { id: "status", header: "Status written", cell: (planned) => <StatusText status={planned.statusToBeWritten} /> },
  ];
}
