import type { CheckedRow, RowVerdict } from "../../../server/imports/check/schema.ts";
import { useClient } from "../../lib/client.tsx";
import { formatCount, formatMoney } from "../../lib/numbers.ts";
import { DataTable } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ExportButton } from "../../ui/export-button.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { Stack } from "../../ui/page.tsx";
import { Pager } from "../../ui/pager.tsx";
import { TwoLines } from "../../ui/table-row.tsx";
import type { Column } from "../../ui/table-types.ts";
import { Arrow, CodeText, DayText, Dim } from "../../ui/text.tsx";
import { VERDICT_WORDS } from "./check-words.ts";
import classes from "./imports.module.css";
import { ROWS_PAGE, useCheckedRows, useCheckSearch } from "./use-check.ts";

interface Props {
  verdict: RowVerdict;
  total: number;
}

/** The rows of a file that would be written, or left alone, for one reason; all of them as a download. */
export function CheckedRows({ verdict, total }: Props) {
  const client = useClient();
  const { importId, place, go } = useCheckSearch();
  const rows = useCheckedRows(verdict);
  const words = VERDICT_WORDS[verdict];
  const data = rows.data;
  const card = (row: CheckedRow) => <RowCard row={row} verdict={verdict} currency={client.currency} />;
  return (
    <>
      <FilterBar
        end={
          total === 0 ? undefined : (
            <ExportButton
              list="checked-rows"
              filters={{ importId, verdict }}
              count={total}
              noun={words.noun}
              plural={words.plural}
            />
          )
        }
      >
        <Dim>{words.explained}</Dim>
      </FilterBar>
      <DataTable
        label={words.plural}
        columns={columnsOf(verdict, client.currency)}
        rowKey={(row) => String(row.line)}
        rowHeight={40}
        card={card}
        rows={total === 0 ? [] : data?.rows}
        error={rows.error}
        onRetry={() => void rows.refetch()}
        stale={rows.isPlaceholderData}
        empty={<EmptyState title={`No ${words.noun}`}>{words.none}</EmptyState>}
      />
      {data === undefined || data.rows.length === 0 || total === 0 ? null : (
        <Pager
          place={place}
          count={data.rows.length}
          pageSize={ROWS_PAGE}
          total={total}
          previous={data.previous}
          next={data.next}
          noun={total === 1 ? words.noun : words.plural}
          onGo={go}
        />
      )}
    </>
  );
}

function columnsOf(verdict: RowVerdict, currency: string): Column<CheckedRow>[] {
  const start: Column<CheckedRow>[] = [
    { id: "line", header: "Line", align: "right", width: 72, cell: (row) => formatCount(row.line) },
    { id: "handle", header: "Handle", cell: (row) => <Handle row={row} /> },
    { id: "video", header: "Video", skeleton: 200, wrap: true, cell: (row) => <Video row={row} /> },
  ];
  if (verdict === "updated") {
    const cell = (row: CheckedRow) => <Changes row={row} currency={currency} />;
    return [...start, { id: "changes", header: "What changes", skeleton: 240, wrap: true, cell }];
  }
  if (verdict === "duplicate") {
    const cell = (row: CheckedRow) => <>line {formatCount(row.countedLine ?? 0)}</>;
    return [...start, { id: "counted", header: "Counts in its place", cell }];
  }
  return [
    ...start,
    { id: "posted", header: "Posted", cell: (row) => <DayText day={row.postDate} /> },
    { id: "views", header: "Views", align: "right", cell: (row) => formatCount(Number(row.views)) },
    { id: "gmv", header: "GMV", align: "right", cell: (row) => formatMoney(row.gmv, currency) },
    { id: "units", header: "Units", align: "right", cell: (row) => formatCount(Number(row.unitsSold)) },
  ];
}

/** Whose row it is; of an accepted alias also the name that the file has. */
function Handle({ row }: { row: CheckedRow }) {
  return row.sentHandle === null ? (
    <>@{row.handle}</>
  ) : (
    <TwoLines second={`in the file @${row.sentHandle}`}>@{row.handle}</TwoLines>
  );
}

function Video({ row }: { row: CheckedRow }) {
  return (
    <span className={classes.video} title={row.videoUrl}>
      <span className={classes.videoTitle}>{row.title === "" ? <Dim>no title</Dim> : row.title}</span>
      <CodeText>{row.videoKey}</CodeText>
    </span>
  );
}

/** "Views 1,200 to 1,418": each field on a line of its own. */
function Changes({ row, currency }: { row: CheckedRow; currency: string }) {
  return (
    <ul className={classes.changes}>
      {row.changes.map((change) => (
        <li key={change.column}>
          <span className={classes.changed}>{change.column}</span>
          <span className={classes.before}>{valueText(change.column, change.old, currency)}</span>
          <Arrow size={14} />
          <b>{valueText(change.column, change.new, currency)}</b>
        </li>
      ))}
    </ul>
  );
}

function valueText(column: string, value: string, currency: string): string {
  if (column === "GMV") {
    return formatMoney(value, currency);
  }
  if (column === "CTR" || column === "Post Date" || column === "Video Title") {
    return value === "" ? "empty" : value;
  }
  return formatCount(Number(value));
}

function RowCard({ row, verdict, currency }: { row: CheckedRow; verdict: RowVerdict; currency: string }) {
  return (
    <Stack gap={4}>
      <span>
        <b>Line {formatCount(row.line)}</b> · @{row.handle}
      </span>
      <Video row={row} />
      {verdict === "updated" ? <Changes row={row} currency={currency} /> : null}
      {verdict === "duplicate" ? <span>Line {formatCount(row.countedLine ?? 0)} counts in its place.</span> : null}
      {verdict === "created" || verdict === "unchanged" ? (
        <span className={classes.cardFacts}>
          <DayText day={row.postDate} />
          <span>{formatCount(Number(row.views))} views</span>
          <span>{formatMoney(row.gmv, currency)}</span>
        </span>
      ) : null}
    </Stack>
  );
}
