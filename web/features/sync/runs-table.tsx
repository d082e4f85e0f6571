import type { ReactNode } from "react";
import type { RunRow } from "../../../server/sync/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { formatChange, formatCount } from "../../lib/numbers.ts";
import { SOURCE_WORDS } from "../../lib/runs.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { RowLink } from "../../ui/link.tsx";
import { RunStatusText } from "../../ui/run-status.tsx";
import { TwoLines } from "../../ui/table-row.tsx";
import type { Column } from "../../ui/table-types.ts";
import { Count, When } from "../../ui/text.tsx";
import { RunCard } from "./run-card.tsx";
import { FileLink, Took } from "./run-cells.tsx";

interface Props {
  rows: readonly RunRow[] | undefined;
  stale: boolean;
  error: unknown;
  onRetry: () => void;
  empty: ReactNode;
}

/** The runs, one row each; the row of one that is on is patched in place. */
export function RunsTable(props: Props) {
  const client = useClient();
  return (
    <DataTable
      label="Runs"
      columns={columnsFor(client.subdomain)}
      rowKey={(run) => run.id}
      rowHeight={40}
      card={card}
      {...props}
    />
  );
}

const card = (run: RunRow) => <RunCard run={run} />;

function columnsFor(subdomain: string): Column<RunRow>[] {
  return [
    {
      id: "number",
      header: "Run",
      skeleton: 32,
      cell: (run) => (
        <RowLink
          to="/c/$client/sync/$number"
          params={{ client: subdomain, number: String(run.number) }}
          aria-label={`Run ${run.number}`}
        >
          {run.number}
        </RowLink>
      ),
    },
    { id: "status", header: "Status", cell: (run) => <RunStatusText status={run.status} /> },
    { id: "started", header: "Started", cell: (run) => <When at={run.startedAt ?? run.createdAt} /> },
    { id: "took", header: "Took", align: "right", cell: (run) => <Took run={run} /> },
    {
      id: "by",
      header: "By",
      skeleton: 96,
      cell: (run) => <TwoLines second={SOURCE_WORDS[run.source]}>{run.byName}</TwoLines>,
    },
    { id: "file", header: "File", skeleton: 120, cell: (run) => <FileLink run={run} subdomain={subdomain} /> },
    ...figureColumns,
  ];
}

const figure = (id: string, header: string, of: (run: RunRow) => number): Column<RunRow> => ({
  id,
  header,
  align: "right",
  cell: (run) => <Count value={of(run)} />,
});

const figureColumns: Column<RunRow>[] = [
  figure("rows", "Rows", (run) => run.totals.rows),
  { id: "tiers", header: "Up, down", align: "right", cell: (run) => <UpDown run={run} /> },
  figure("seeded", "Seeded", (run) => run.totals.seeded),
  figure("completed", "Completed", (run) => run.totals.completed),
  figure("redemptions", "Redemptions", (run) => run.totals.redemptions),
  figure("warnings", "Warnings", (run) => run.warnings),
];

/** Promoted and demoted: "+9 −2". */
function UpDown({ run }: { run: RunRow }) {
  const { promoted, demoted } = run.totals;
  if (promoted + demoted === 0) {
    return <Count value={0} />;
  }
  return (
    <span aria-label={`${formatCount(promoted)} promoted, ${formatCount(demoted)} demoted`} role="img">
      {promoted === 0 ? "0" : formatChange(promoted)} {demoted === 0 ? "0" : formatChange(-demoted)}
    </span>
  );
}
