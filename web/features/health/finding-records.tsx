import type { HealthFinding, RecordDto } from "../../../server/health/schema.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ExportButton } from "../../ui/export-button.tsx";
import { Pager } from "../../ui/pager.tsx";
import { TwoLines } from "../../ui/table-row.tsx";
import type { Column } from "../../ui/table-types.ts";
import { SampleLink } from "./health-links.tsx";
import { RECORD_PAGE, useHealthSearch, useRecords } from "./use-health.ts";

const NOUN = { creator: "creator", mission: "mission", tier: "tier", run: "run" } as const;

/** Every record that a finding is about, by name, each with what is the matter with it. */
export function FindingRecords({ finding }: { finding: HealthFinding }) {
  const { place, turn } = useHealthSearch();
  const { list, total } = useRecords(finding.code);
  const isOfRows = (list.data?.rows ?? []).some((row) => row.mission !== null);
  const noun = isOfRows ? "row" : NOUN[finding.sample[0]?.kind ?? "creator"];
  return (
    <>
      <DataTable
        label={finding.title}
        columns={isOfRows ? [WHOM, FOUND_IN_ROW] : [WHOM, FOUND]}
        rows={list.data?.rows}
        rowKey={(row) => `${row.id} ${row.mission?.id ?? ""}`}
        rowHeight={40}
        skeletonRows={Math.min(RECORD_PAGE, Math.max(1, finding.named))}
        stale={list.isPlaceholderData}
        error={list.error}
        onRetry={() => void list.refetch()}
        empty={<EmptyState title="Nothing is found any more">It was put right since the check was made.</EmptyState>}
      />
      <Pager
        place={place}
        count={list.data?.rows.length}
        pageSize={RECORD_PAGE}
        total={total}
        previous={list.data?.previous}
        next={list.data?.next}
        noun={total === 1 ? noun : `${noun}s`}
        onGo={turn}
        label="Pages of the records"
      >
        <ExportButton list="finding" filters={{ code: finding.code }} count={total} noun={noun} size="xs" />
      </Pager>
    </>
  );
}

const WHOM: Column<RecordDto> = {
  id: "whom",
  header: "Name",
  skeleton: 110,
  cell: (row) => <SampleLink item={row} />,
};

const FOUND: Column<RecordDto> = { id: "found", header: "What is found", wrap: true, cell: (row) => row.detail };

const FOUND_IN_ROW: Column<RecordDto> = {
  id: "found",
  header: "Mission, and what is found",
  wrap: true,
  cell: (row) => (
    <TwoLines second={row.detail}>
      {row.mission === null ? null : (
        <SampleLink item={{ kind: "mission", id: row.mission.id, label: row.mission.name }} />
      )}
    </TwoLines>
  ),
};
