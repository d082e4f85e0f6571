import { csvColumns, rejectionCodes } from "../../../server/imports/schema.ts";
import type { ImportCheckDto } from "../../../server/imports/schema.ts";
import { formatCount } from "../../lib/numbers.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { FilterSelect } from "../../ui/filter-select.tsx";
import { Pager } from "../../ui/pager.tsx";
import { RejectedDownload, RejectedTable } from "../../ui/rejected-table.tsx";
import { ROWS_PAGE, useCheckSearch, useRejected } from "./use-check.ts";

interface Props {
  importId: string;
  total: number;
  /** How often each reason stands in the file, where it is known: the filters offer only those. */
  byCode?: ImportCheckDto["byCode"] | undefined;
}

/** The rows set aside, filtered by code and column, and all of them as a download. */
export function RejectedRows({ importId, total, byCode }: Props) {
  const { search, place, filter, go } = useCheckSearch();
  const rejected = useRejected();
  const { data } = rejected.list;
  const active = [search.code, search.column].filter((value) => value !== undefined).length;
  return (
    <>
      {total === 0 ? null : (
        <FilterBar active={active} end={<RejectedDownload importId={importId} count={total} />}>
          <FilterSelect
            label="Code"
            value={search.code}
            options={codeOptions(byCode)}
            onChange={(code) => filter({ code })}
          />
          <FilterSelect
            label="Column"
            value={search.column}
            options={columnOptions(byCode)}
            onChange={(column) => filter({ column })}
          />
        </FilterBar>
      )}
      <RejectedTable
        rows={data?.rows}
        error={rejected.list.error}
        onRetry={() => void rejected.list.refetch()}
        stale={rejected.list.isPlaceholderData}
        empty={
          <EmptyState title={active === 0 ? "No row is set aside" : "No rejected row fits these filters"}>
            {active === 0 ? "Every row of the file can be read." : "Choose another code or column to see more."}
          </EmptyState>
        }
      />
      {data === undefined || data.rows.length === 0 ? null : (
        <Pager
          place={place}
          count={data.rows.length}
          pageSize={ROWS_PAGE}
          total={rejected.total}
          previous={data.previous}
          next={data.next}
          noun={rejected.total === 1 ? "rejected row" : "rejected rows"}
          onGo={go}
        />
      )}
    </>
  );
}

function codeOptions(byCode: Props["byCode"]) {
  return rejectionCodes
    .map((code) => ({ value: code, count: sumOf(byCode, (reason) => reason.code === code) }))
    .filter(({ count }) => count !== 0)
    .map(({ value, count }) => ({ value, label: withCount(value, count) }));
}

function columnOptions(byCode: Props["byCode"]) {
  return csvColumns
    .map((column) => ({ value: column, count: sumOf(byCode, (reason) => reason.column === column) }))
    .filter(({ count }) => count !== 0)
    .map(({ value, count }) => ({ value, label: withCount(value, count) }));
}

function sumOf(byCode: Props["byCode"], fits: (reason: ImportCheckDto["byCode"][number]) => boolean): number | null {
  return byCode === undefined ? null : byCode.filter(fits).reduce((sum, reason) => sum + reason.rows, 0);
}

function withCount(word: string, count: number | null): string {
  return count === null ? word : `${word} (${formatCount(count)})`;
}
