import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { AuditDto } from "../../../server/audit/schema.ts";
import type { MissionDto } from "../../../server/missions/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { useLadder } from "../../lib/ladder.ts";
import { trpc } from "../../lib/trpc.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Pager } from "../../ui/pager.tsx";
import type { Column } from "../../ui/table-types.ts";
import { Dim, When } from "../../ui/text.tsx";
import { actionWords, changeTexts } from "./history-words.ts";
import { useMissionSearch } from "./use-mission.ts";

const PAGE = 50;

/** Who changed the mission, and from what to what, newest first. */
export function MissionChanges({ mission }: { mission: MissionDto }) {
  const client = useClient();
  const { place, go } = useMissionSearch();
  const filters = { clientId: client.id, subjectId: mission.id };
  const { after, before } = place;
  const list = useQuery(
    trpc.audit.list.queryOptions({ ...filters, after, before, limit: PAGE }, { placeholderData: keepPreviousData }),
  );
  const total = useQuery(trpc.audit.count.queryOptions(filters)).data;
  return (
    <>
      <DataTable
        label="Changes"
        columns={COLUMNS}
        rows={list.data?.rows}
        rowKey={(entry) => entry.id}
        stale={list.isPlaceholderData}
        error={list.error}
        onRetry={() => void list.refetch()}
        empty={
          <EmptyState title="Nothing was changed yet">
            It came from an older system, before changes were recorded here.
          </EmptyState>
        }
      />
      <Pager
        place={place}
        count={list.data?.rows.length}
        pageSize={PAGE}
        total={total}
        previous={list.data?.previous}
        next={list.data?.next}
        noun={total === 1 ? "change" : "changes"}
        onGo={go}
      />
    </>
  );
}

const COLUMNS: Column<AuditDto>[] = [
  { id: "at", header: "When", cell: (entry) => <When at={entry.at} /> },
  { id: "who", header: "By", skeleton: 120, cell: (entry) => entry.actorName },
  { id: "what", header: "What", cell: (entry) => actionWords(entry.action) },
  { id: "change", header: "From and to", quiet: true, skeleton: 240, cell: (entry) => <Changes entry={entry} /> },
];

function Changes({ entry }: { entry: AuditDto }) {
  const ladder = useLadder();
  const texts = changeTexts(entry, (tierId) => ladder.byId(tierId)?.tierName ?? tierId);
  return texts.length === 0 ? <Dim>nothing else</Dim> : <>{texts.join("; ")}</>;
}
