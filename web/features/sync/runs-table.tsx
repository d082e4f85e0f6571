import type { ReactNode } from "react";
import type { RunRow } from "../../../server/sync/schema.ts";
import { useClient } from "../../lib/client.tsx";
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
  figure("promoted", "Up", (run) => run.totals.promoted),
  figure("demoted", "Down", (run) => run.totals.demoted),
  figure("seeded", "Seeded", (run) => run.totals.seeded),
  figure("completed", "Completed", (run) => run.totals.completed),
  figure("redemptions", "Redemptions", (run) => run.totals.redemptions),
  figure("warnings", "Warnings", (run) => run.warnings),
];
