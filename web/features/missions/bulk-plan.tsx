import type { ProgrammePreviewDto } from "../../../server/eligibility/plans/schema.ts";
import type { SeedResultDto } from "../../../server/seeding/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { countOf, formatMoney } from "../../lib/numbers.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Facts } from "../../ui/facts.tsx";
import type { Fact } from "../../ui/facts.tsx";
import { RowLink, TextLink } from "../../ui/link.tsx";
import { SkeletonText } from "../../ui/skeleton.tsx";
import { StatusText } from "../../ui/status.tsx";
import type { Column } from "../../ui/table-types.ts";
import { Count, Dim } from "../../ui/text.tsx";
import { withoutValueText } from "./plans/plan-words.ts";
import { PlanFact } from "./seed-facts.tsx";
import { WrittenLinks } from "./written-links.tsx";

type PlannedMission = ProgrammePreviewDto["missions"][number];

interface Props {
  plan: ProgrammePreviewDto | undefined;
  onClose: () => void;
}

/** What would be created per mission, and what it could cost. */
export function BulkMissions({ plan, onClose }: Props) {
  const client = useClient();
  return (
    <DataTable
      label="Missions of the plan"
      columns={columnsOf(client.subdomain, onClose)}
      rows={plan?.missions}
      rowKey={({ mission }) => mission.id}
      skeletonRows={3}
      empty={
        <EmptyState title="No mission is enabled">
          A draft creates no rows. Activate one, or enable it under Settings.
        </EmptyState>
      }
    />
  );
}

function columnsOf(subdomain: string, onClose: () => void): Column<PlannedMission>[] {
  return [
    {
      id: "mission",
      header: "Mission",
      cell: ({ mission }) => (
        <RowLink
          to="/c/$client/missions/$missionId"
          params={{ client: subdomain, missionId: mission.id }}
          onClick={onClose}
        >
          {mission.name}
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
    {
      id: "unclear",
      header: "Skip, unclear",
      align: "right",
      cell: ({ mission, counts }) =>
        counts.unknown === 0 ? (
          <Count value={0} />
        ) : (
          <TextLink
            to="/c/$client/missions/$missionId"
            params={{ client: subdomain, missionId: mission.id }}
            search={{ bucket: "unknown" }}
            onClick={onClose}
          >
            <Count value={counts.unknown} />
          </TextLink>
        ),
    },
    { id: "status", header: "Status written", cell: (planned) => <StatusWritten planned={planned} /> },
    { id: "ceiling", header: "Reward ceiling", align: "right", cell: (planned) => <Ceiling planned={planned} /> },
  ];
}

function StatusWritten({ planned: { mission, statusToBeWritten } }: { planned: PlannedMission }) {
  return mission.enabled ? (
    <StatusText status={statusToBeWritten} />
  ) : (
    <StatusText status="draft">Draft, creates no rows</StatusText>
  );
}

function Ceiling({ planned: { mission, counts, rewardCeiling } }: { planned: PlannedMission }) {
  if (counts.willCreate === 0) {
    return <Dim>nothing new</Dim>;
  }
  if (rewardCeiling !== null) {
    return <>{formatMoney(rewardCeiling.amount, rewardCeiling.currency)}</>;
  }
  return <Dim>{mission.reward === null ? "no reward yet" : "no money value"}</Dim>;
}

/** The ceiling of all rows together, which of them have none, and which plan it is. */
export function BulkFacts({ plan, isNewPlan, onClose }: Props & { isNewPlan: boolean }) {
  if (plan === undefined) {
    return <Facts facts={["Reward ceiling", "Plan"].map((term) => ({ term, value: <SkeletonText width={200} /> }))} />;
  }
  const { rewardCeiling, rowsWithoutMoneyValue, counts } = plan;
  // A sum over nothing is no sum: $0.00 would read as if it cost nothing.
  const isPriced = rowsWithoutMoneyValue < counts.willCreate;
  const ceiling: Fact = {
    term: "Reward ceiling",
    value:
      rewardCeiling === null || !isPriced ? (
        <Dim>{counts.willCreate === 0 ? "nothing new" : "no money value"}</Dim>
      ) : (
        <>
          {formatMoney(rewardCeiling.amount, rewardCeiling.currency)} <Dim>if all complete</Dim>
        </>
      ),
  };
  const without: Fact = { term: "No money value", value: withoutValueText(withoutValueOf(plan.missions)) };
  const which: Fact = { term: "Plan", value: <PlanFact plan={plan} onClose={onClose} /> };
  return <Facts facts={[ceiling, ...(rowsWithoutMoneyValue === 0 ? [] : [without]), ...(isNewPlan ? [] : [which])]} />;
}

function withoutValueOf(missions: readonly PlannedMission[]): { name: string; rows: number }[] {
  return missions
    .filter(({ rewardCeiling }) => rewardCeiling === null)
    .map(({ mission, counts }) => ({ name: mission.name, rows: counts.willCreate }));
}

/** Where the rows that were written can be seen: a plan that ran created exactly what it said, mission by mission. */
export function BulkWritten({ plan, seeded, onClose }: Props & { seeded: SeedResultDto }) {
  const client = useClient();
  const written = seeded.created === 0 ? [] : (plan?.missions ?? []).filter(({ counts }) => counts.willCreate > 0);
  return (
    <>
      <Facts
        facts={written.map(({ mission, counts }) => ({
          term: mission.name,
          value: (
            <TextLink
              to="/c/$client/missions/$missionId"
              params={{ client: client.subdomain, missionId: mission.id }}
              search={{ tab: "progress" }}
              onClick={onClose}
            >
              {countOf(counts.willCreate, "row")} created
            </TextLink>
          ),
        }))}
      />
      <WrittenLinks seedId={seeded.seedId} onClose={onClose} />
    </>
  );
}
