import type { NewCreator } from "../../../server/imports/check/schema.ts";
import { formatCount } from "../../lib/numbers.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { Drawer } from "../../ui/drawer.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ExportButton } from "../../ui/export-button.tsx";
import { Row, Stack } from "../../ui/page.tsx";
import type { Column } from "../../ui/table-types.ts";
import { DayText, Dim } from "../../ui/text.tsx";
import { CREATORS_SHOWN, useCheckSearch, useNewCreators } from "./use-check.ts";

const columns: Column<NewCreator>[] = [
  { id: "handle", header: "Handle", cell: (row) => `@${row.handle}` },
  { id: "videos", header: "Videos", align: "right", cell: (row) => formatCount(row.videos) },
  { id: "first", header: "First post", cell: (row) => <DayText day={row.firstPost} /> },
  {
    id: "like",
    header: "Looks like",
    cell: (row) => (row.resembles === null ? <Dim>nobody</Dim> : `@${row.resembles.handle}`),
  },
];

/** Who would become a creator. A handle that looks like a known one may be the same person under a new name. */
export function NewCreatorsDrawer({ count }: { count: number }) {
  const { importId, search, set } = useCheckSearch();
  const isOpen = search.creators === true;
  const creators = useNewCreators(isOpen);
  return (
    <Drawer opened={isOpen} onClose={() => set({ creators: undefined })} title="New creators">
      <Stack gap={12}>
        <Row apart>
          <Dim>
            {count > CREATORS_SHOWN
              ? `The first ${formatCount(CREATORS_SHOWN)} of ${formatCount(count)} by name.`
              : "They begin at the lowest tier."}
          </Dim>
          <ExportButton list="new-creators" filters={{ importId }} count={count} noun="creator" />
        </Row>
        <DataTable
          label="New creators"
          columns={columns}
          rowKey={(row) => row.handle}
          rows={creators.data?.rows}
          error={creators.error}
          onRetry={() => void creators.refetch()}
          empty={<EmptyState title="No new creators">Every handle of the file is known.</EmptyState>}
        />
        <Dim>
          A handle that looks like a known one may be the same person under a new name. After the import the page Import
          offers to remember it as an alias.
        </Dim>
      </Stack>
    </Drawer>
  );
}
