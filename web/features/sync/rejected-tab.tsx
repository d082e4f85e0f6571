import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { rejectionCodes } from "../../../server/imports/schema.ts";
import type { RunDto } from "../../../server/sync/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { isLive } from "../../lib/runs.ts";
import { trpc } from "../../lib/trpc.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { FilterSelect } from "../../ui/filter-select.tsx";
import { Pager } from "../../ui/pager.tsx";
import { RejectedDownload, RejectedTable } from "../../ui/rejected-table.tsx";
import { useRunSearch } from "./use-run.ts";

const PAGE = 50;
const codes = rejectionCodes.map((code) => ({ value: code, label: code }));

/** The rows of the run's file that were set aside. */
export function RejectedTab({ run }: { run: RunDto }) {
  if (run.importId === null) {
    return (
      <EmptyState title="This run took no file">
        {isLive(run.status) ? "Nothing was read, so nothing was set aside." : "So no row was set aside."}
      </EmptyState>
    );
  }
  return <Rows importId={run.importId} fileName={run.fileName ?? "The file"} total={run.totals.rejected} />;
}

function Rows({ importId, fileName, total }: { importId: string; fileName: string; total: number }) {
  const client = useClient();
  const { search, place, filter, go } = useRunSearch();
  const input = { clientId: client.id, importId, code: search.code };
  const list = useQuery(
    trpc.imports.rejected.queryOptions(
      { ...input, after: search.after, before: search.before, limit: PAGE },
      { placeholderData: keepPreviousData },
    ),
  );
  const count = useQuery(trpc.imports.rejectedCount.queryOptions(input));
  const isFiltered = search.code !== undefined;
  return (
    <>
      <FilterBar
        active={isFiltered ? 1 : 0}
        end={total === 0 ? undefined : <RejectedDownload importId={importId} count={total} />}
      >
        <FilterSelect label="Code" value={search.code} options={codes} onChange={(code) => filter({ code })} />
      </FilterBar>
      <RejectedTable
        rows={list.data?.rows}
        error={list.error}
        onRetry={() => void list.refetch()}
        stale={list.isPlaceholderData}
        empty={
          <EmptyState title={isFiltered ? "No row was set aside for this reason" : "No row was set aside"}>
            {isFiltered ? "Choose another code to see more." : `Every row of ${fileName} could be read.`}
          </EmptyState>
        }
      />
      {list.data === undefined || list.data.rows.length === 0 ? null : (
        <Pager
          place={place}
          count={list.data.rows.length}
          pageSize={PAGE}
          total={count.data}
          previous={list.data.previous}
          next={list.data.next}
          noun={count.data === 1 ? "rejected row" : "rejected rows"}
          onGo={go}
        />
      )}
    </>
  );
}
