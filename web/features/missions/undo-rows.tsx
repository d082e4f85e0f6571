import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Fate, KeptReason, SeedRowDto } from "../../../server/seeding/undo/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { measureText } from "../../lib/mission-words.ts";
import { trpc } from "../../lib/trpc.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ExportButton } from "../../ui/export-button.tsx";
import { RowLink } from "../../ui/link.tsx";
import { Pager } from "../../ui/pager.tsx";
import type { PagerPlace } from "../../ui/pager.tsx";
import { StatusText } from "../../ui/status.tsx";
import type { Column } from "../../ui/table-types.ts";
import { WindowText } from "../../ui/text.tsx";

const PAGE = 6;

interface Props {
  seedId: string;
  fate: Fate;
  place: PagerPlace;
  onGo: (place: PagerPlace) => void;
  /** undefined while it is counted */
  total: number | undefined;
  /** with rows of several missions, each row names its own */
  hasMissions: boolean;
}

/** The rows of a seeding of one fate, by handle, a few at a time. */
export function UndoRows({ seedId, fate, place, onGo, total, hasMissions }: Props) {
  const client = useClient();
  const { after, before } = place;
  const list = useQuery(
    trpc.seeding.rows.queryOptions(
      { clientId: client.id, seedId, fate, after, before, limit: PAGE },
      { placeholderData: keepPreviousData },
    ),
  );
  return (
    <>
      <DataTable
        label={fate === "kept" ? "Rows that are kept" : "Rows that are removed"}
        columns={columnsOf(client, fate, hasMissions)}
        rows={list.data?.rows}
        rowKey={(row) => `${row.userId} ${row.missionId}`}
        skeletonRows={Math.min(PAGE, total ?? PAGE)}
        stale={list.isPlaceholderData}
        error={list.error}
        onRetry={() => void list.refetch()}
        empty={<EmptyState title={fate === "kept" ? "No row is kept" : "No row is removed"} />}
      />
      <Pager
        place={place}
        count={list.data?.rows.length}
        pageSize={PAGE}
        total={total}
        previous={list.data?.previous}
        next={list.data?.next}
        noun={total === 1 ? "row" : "rows"}
        onGo={onGo}
        label="Pages of the rows"
      >
        {total === undefined || total === 0 ? null : (
          <ExportButton list="seeding-rows" filters={{ seedId, fate }} count={total} size="xs" />
        )}
      </Pager>
    </>
  );
}

const REASONS: Record<KeptReason, string> = { completed: "completed", has_redemption: "has a redemption" };

function columnsOf(
  client: { subdomain: string; currency: string },
  fate: Fate,
  hasMissions: boolean,
): Column<SeedRowDto>[] {
  const all: (Column<SeedRowDto> | null)[] = [
    {
      id: "creator",
      header: "Creator",
      skeleton: 110,
      cell: (row) => (
        <RowLink to="/c/$client/creators/$userId" params={{ client: client.subdomain, userId: row.userId }}>
          @{row.handle}
        </RowLink>
      ),
    },
    hasMissions ? { id: "mission", header: "Mission", cell: (row) => row.missionName } : null,
    fate === "kept"
      ? {
          id: "reason",
          header: "Kept because",
          cell: (row) => (row.keptBecause === null ? null : REASONS[row.keptBecause]),
        }
      : { id: "status", header: "Status", cell: (row) => <StatusText status={row.status} /> },
    {
      id: "value",
      header: "Value",
      align: "right",
      cell: (row) => measureText(row.missionType, row.value, client.currency),
    },
    {
      id: "window",
      header: "Window",
      quiet: true,
      skeleton: 140,
      cell: (row) => <WindowText start={row.windowStart} end={row.windowEnd} none="no dates" />,
    },
  ];
  return all.filter((column) => column !== null);
}
