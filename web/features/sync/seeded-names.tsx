import type { RunChangesDto } from "../../../server/sync/changes/schema.ts";
import type { RunDto } from "../../../server/sync/schema.ts";
import type { SeedRowDto } from "../../../server/seeding/undo/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { countOf } from "../../lib/numbers.ts";
import { Banner } from "../../ui/banner.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ExportButton } from "../../ui/export-button.tsx";
import { RowLink, TextLink } from "../../ui/link.tsx";
import { Columns, Stack } from "../../ui/page.tsx";
import { Pager } from "../../ui/pager.tsx";
import type { Column } from "../../ui/table-types.ts";
import { WindowText } from "../../ui/text.tsx";
import { nobodyWords } from "./change-words.ts";
import { SeededMissions } from "./seeded-missions.tsx";
import { NAMES_PAGE, useSeededNames } from "./use-changes.ts";
import { useRunSearch } from "./use-run.ts";

/** The rows that a run created, read from its seeding: by name, and counted by mission. */
export function SeededNames({ run, changes }: { run: RunDto; changes: RunChangesDto }) {
  if (changes.seedId === null) {
    const { title, why } = nobodyWords(run, "seeded");
    return <EmptyState title={title}>{why}</EmptyState>;
  }
  return (
    <Columns side={320}>
      <Stack>
        <Rows seedId={changes.seedId} created={changes.counts.seeded} />
      </Stack>
      <SeededMissions title="Rows created, by mission" seeded={changes.seeded} total={changes.counts.seeded} />
    </Columns>
  );
}

function Rows({ seedId, created }: { seedId: string; created: number }) {
  const client = useClient();
  const { place, go } = useRunSearch();
  const { list, total } = useSeededNames(seedId);
  const gone = total === undefined ? 0 : created - total;
  return (
    <>
      {gone > 0 ? (
        <Banner tone="quiet" title={`${countOf(gone, "row")} of it ${gone === 1 ? "is" : "are"} no longer there.`}>
          A seeding that is undone takes its rows away; the audit log says by whom.
        </Banner>
      ) : null}
      <DataTable
        label="Seeded"
        columns={columnsOf(client.subdomain)}
        rows={list.data?.rows}
        rowKey={(row) => `${row.userId} ${row.missionId}`}
        error={list.error}
        onRetry={() => void list.refetch()}
        stale={list.isPlaceholderData}
        empty={<EmptyState title="None of its rows is left">The seeding was undone.</EmptyState>}
      />
      {list.data === undefined || list.data.rows.length === 0 ? null : (
        <Pager
          place={place}
          count={list.data.rows.length}
          pageSize={NAMES_PAGE}
          total={total}
          previous={list.data.previous}
          next={list.data.next}
          noun={total === 1 ? "row" : "rows"}
          onGo={go}
        >
          <ExportButton list="seeding-rows" filters={{ seedId }} count={total} size="xs" />
        </Pager>
      )}
    </>
  );
}

function columnsOf(subdomain: string): Column<SeedRowDto>[] {
  return [
    {
      id: "creator",
      header: "Creator",
      skeleton: 120,
      cell: ({ userId, handle }) => (
        <RowLink to="/c/$client/creators/$userId" params={{ client: subdomain, userId }}>
          @{handle}
        </RowLink>
      ),
    },
    {
      id: "mission",
      header: "Mission",
      skeleton: 140,
      cell: ({ missionId, missionName }) => (
        <TextLink to="/c/$client/missions/$missionId" params={{ client: subdomain, missionId }} search={{}}>
          {missionName}
        </TextLink>
      ),
    },
    {
      id: "window",
      header: "Window",
      quiet: true,
      skeleton: 140,
      cell: ({ windowStart, windowEnd }) => <WindowText start={windowStart} end={windowEnd} none="no dates" />,
    },
  ];
}
