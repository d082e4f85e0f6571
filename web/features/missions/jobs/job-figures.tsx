import type { SeedJobDto } from "../../../../server/seeding/jobs/schema.ts";
import type { SeedDto } from "../../../../server/seeding/schema.ts";
import { useClient } from "../../../lib/client.tsx";
import { formatCount } from "../../../lib/numbers.ts";
import { useNow } from "../../../lib/use-now.ts";
import { DataTable } from "../../../ui/data-table.tsx";
import { type Figure, Figures } from "../../../ui/facts.tsx";
import { RowLink } from "../../../ui/link.tsx";
import { Panel, PanelRow } from "../../../ui/panel.tsx";
import type { Column } from "../../../ui/table-types.ts";
import { Count, Duration, Unknown } from "../../../ui/text.tsx";

/** Big: how many rows, and how long it has been at it. */
export function JobFigures({ job }: { job: SeedJobDto }) {
  const isRunning = job.status === "running";
  const now = useNow(1_000);
  const { outcome, startedAt } = job;
  const took = startedAt === null ? null : Math.max(0, (job.endedAt ?? now).getTime() - startedAt.getTime());
  const counts: Figure[] =
    outcome === null
      ? [{ label: "to create", value: formatCount(job.pairs) }]
      : [
          { label: "created", value: formatCount(outcome.created) },
          { label: "already there", value: formatCount(outcome.alreadySeeded) },
          ...(outcome.notEligible === null ? [] : [{ label: "not eligible", value: formatCount(outcome.notEligible) }]),
          ...(outcome.unknown === null ? [] : [{ label: "unclear", value: formatCount(outcome.unknown) }]),
        ];
  const time: Figure = {
    label: isRunning ? "working" : "worked",
    value: took === null ? <Unknown /> : <Duration milliseconds={took} />,
    running: isRunning,
  };
  return <Figures figures={[...counts, time]} />;
}

type Created = SeedDto["perMission"][number];

/** What it created, mission by mission; the numbers add up to its own. */
export function JobMissions({ seed }: { seed: SeedDto }) {
  const { subdomain } = useClient();
  return (
    <Panel title="Created per mission" note={formatCount(seed.perMission.length)} flush>
      <DataTable
        label="Created per mission"
        columns={columnsOf(subdomain)}
        rows={seed.perMission}
        rowKey={({ missionId }) => missionId}
        empty={null}
      />
      {seed.perMission.length > 1 ? (
        <PanelRow end={<b>{formatCount(seed.created)}</b>}>
          <b>All missions together</b>
        </PanelRow>
      ) : null}
    </Panel>
  );
}

function columnsOf(client: string): Column<Created>[] {
  return [
    {
      id: "mission",
      header: "Mission",
      cell: ({ missionId, name }) => (
        <RowLink to="/c/$client/missions/$missionId" params={{ client, missionId }} search={{ tab: "progress" }}>
          {name}
        </RowLink>
      ),
    },
    { id: "created", header: "Created", align: "right", cell: ({ created }) => <Count value={created} /> },
  ];
}
