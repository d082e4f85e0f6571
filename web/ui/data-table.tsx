import { useMediaQuery } from "@mantine/hooks";
import { useEffect, useRef, useState } from "react";
import type { RefObject } from "react";
import { ErrorBanner } from "./banner.tsx";
import { cx } from "./cx.ts";
import classes from "./data-table.module.css";
import { SkeletonText } from "./skeleton.tsx";
import { TableRow } from "./table-row.tsx";
import type { Column, TableProps } from "./table-types.ts";

/** True on screens under 700 px, where tables of things turn into cards. */
export function useIsPhone(): boolean {
  return useMediaQuery("(max-width: 699px)", false, { getInitialValueInEffect: false });
}

/**
 * A list of the server's rows: sticky head, rows of one height, numbers right-aligned, states for loading, empty and
 * failed. Sorting, filtering and paging are the server's; the pager stands below as its own component.
 */
export function DataTable<Row>(props: TableProps<Row>) {
  const { rows, error, onRetry, empty, card, bare = false } = props;
  const isPhone = useIsPhone();
  if (error !== undefined && error !== null && rows === undefined) {
    return (
      <div className={bare ? classes.inset : undefined}>
        <ErrorBanner error={error} onRetry={onRetry} />
      </div>
    );
  }
  if (rows !== undefined && rows.length === 0) {
    return <div className={cx(!bare && classes.frame)}>{empty}</div>;
  }
  return isPhone && card !== undefined ? <Cards {...props} card={card} /> : <Table {...props} />;
}

function Cards<Row>({
  rows,
  rowKey,
  card,
  label,
  skeletonRows = 4,
  stale = false,
  bare = false,
}: TableProps<Row> & { card: (row: Row) => React.ReactNode }) {
  return (
    <ul
      aria-label={label}
      aria-busy={rows === undefined || stale}
      className={cx(classes.cards, !bare && classes.frame, stale && classes.stale)}
    >
      {rows === undefined
        ? Array.from({ length: skeletonRows }, (_, index) => (
            <li key={index} className={classes.card}>
              <SkeletonText width={140} />
              <br />
              <SkeletonText width={220} />
            </li>
          ))
        : rows.map((row) => (
            <li key={rowKey(row)} className={classes.card}>
              {card(row)}
            </li>
          ))}
    </ul>
  );
}

/**
 * A table wider than its place scrolls inside itself; one that fits must not, or its head could not stick to the page. `hasMore`:
 * columns are out of sight on the right.
 */
function useOverflows(frame: RefObject<HTMLDivElement | null>): { overflows: boolean; hasMore: boolean } {
  const [overflows, setOverflows] = useState(false);
  const [hasMore, setHasMore] = useState(false);
  useEffect(() => {
    const element = frame.current;
    const table = element?.firstElementChild;
    if (element === null || table === null || table === undefined) {
      return undefined;
    }
    const measure = () => {
      setOverflows(table.scrollWidth > element.clientWidth + 1);
      setHasMore(table.scrollWidth > element.scrollLeft + element.clientWidth + 1);
    };
    element.addEventListener("scroll", measure, { passive: true });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    observer.observe(table);
    return () => {
      element.removeEventListener("scroll", measure);
      observer.disconnect();
    };
  }, [frame]);
  return { overflows, hasMore };
}

function Table<Row>(props: TableProps<Row>) {
  const {
    label,
    columns,
    rows,
    rowKey,
    selection,
    stale = false,
    bare = false,
    skeletonRows = 8,
    rowHeight = 36,
  } = props;
  const frame = useRef<HTMLDivElement>(null);
  const { overflows, hasMore } = useOverflows(frame);
  return (
    <div className={cx(classes.hint, hasMore && classes.more)}>
      <div
        ref={frame}
        className={cx(!bare && classes.frame, classes.scroll, overflows && classes.scrolls)}
        {...(overflows ? { role: "region", "aria-label": `${label}, scrolls sideways`, tabIndex: 0 } : {})}
      >
        <table
          className={cx(classes.table, stale && classes.stale)}
          aria-label={label}
          aria-busy={rows === undefined || stale}
          style={{ "--row": `${rowHeight}px` }}
        >
          <thead>
            <tr>
              {selection === undefined ? null : (
                <selection.boxes.All keys={rows?.map(rowKey) ?? []} selection={selection} />
              )}
              {columns.map((column) => (
                <th
                  key={column.id}
                  scope="col"
                  className={cx(column.align === "right" && classes.right)}
                  style={widthOf(column)}
                >
                  {column.header}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows === undefined
              ? Array.from({ length: skeletonRows }, (_, index) => (
                  <SkeletonRow key={index} columns={columns} hasTick={selection !== undefined} />
                ))
              : rows.map((row) => <TableRow key={rowKey(row)} row={row} {...props} />)}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function widthOf<Row>(column: Column<Row>) {
  return column.width === undefined ? {} : { width: column.width, minWidth: column.width };
}

function SkeletonRow<Row>({ columns, hasTick }: { columns: readonly Column<Row>[]; hasTick: boolean }) {
  return (
    <tr className={classes.row}>
      {hasTick ? <td className={classes.tick} /> : null}
      {columns.map((column) => (
        <td key={column.id} className={cx(column.align === "right" && classes.right)}>
          <SkeletonText width={column.skeleton ?? (column.align === "right" ? 40 : 72)} />
        </td>
      ))}
    </tr>
  );
}
