import type { ReactNode } from "react";
import { cx } from "./cx.ts";
import classes from "./data-table.module.css";
import type { Column, ColumnGroup, TableProps } from "./table-types.ts";

/** One row: tick, cells, the group's bar, and the actions that lie over the last columns. */
export function TableRow<Row>({
  row,
  columns,
  rowKey,
  selectedKey,
  actions,
  selection,
  group,
  onRowClick,
}: { row: Row } & TableProps<Row>) {
  const key = rowKey(row);
  const isShown = selectedKey !== undefined && key === selectedKey;
  const cells = cellsOf(row, columns, group);
  return (
    <tr
      className={cx(classes.row, isShown && classes.selected, onRowClick !== undefined && classes.opens)}
      aria-current={isShown ? "true" : undefined}
      onClick={onRowClick === undefined ? undefined : (event) => isOnRow(event.target) && onRowClick(row)}
    >
      {selection === undefined ? null : <selection.boxes.One rowKey={key} selection={selection} />}
      {cells.map((cell, index) => {
        const Cell = index === 0 ? "th" : "td";
        return (
          <Cell
            key={cell.id}
            {...(index === 0 ? { scope: "row" } : {})}
            colSpan={cell.span}
            className={cx(
              cell.isRight && classes.right,
              cell.isQuiet && classes.quiet,
              cell.wraps && classes.wrap,
              cell.under !== undefined && classes.anchor,
              actions !== undefined && index === cells.length - 1 && classes.hasActions,
            )}
          >
            {cell.content}
            {cell.under}
            {actions !== undefined && index === cells.length - 1 ? (
              <span className={classes.actions}>{actions(row)}</span>
            ) : null}
          </Cell>
        );
      })}
    </tr>
  );
}

/** A click that means the row: not one on a link or a button in it or beside its tick, and not the end of selecting its text. */
function isOnRow(target: EventTarget): boolean {
  const isOnControl = target instanceof Element && target.closest(`a, button, input, label, .${classes.tick}`) !== null;
  return !isOnControl && window.getSelection()?.isCollapsed !== false;
}

interface CellPlan {
  id: string;
  content: ReactNode;
  span: number;
  isRight: boolean;
  isQuiet: boolean;
  wraps: boolean;
  under: ReactNode;
}

function cellsOf<Row>(row: Row, columns: readonly Column<Row>[], group: ColumnGroup<Row> | undefined): CellPlan[] {
  const from = group === undefined ? -1 : columns.findIndex((column) => column.id === group.from);
  const to = group === undefined ? -1 : columns.findIndex((column) => column.id === group.to);
  const instead = group?.instead?.(row);
  return columns.flatMap((column, index): CellPlan[] => {
    const isReplaced = instead !== undefined && index >= from && index <= to;
    if (isReplaced && index > from) {
      return [];
    }
    return [
      {
        id: column.id,
        content: isReplaced ? <span className={classes.instead}>{instead}</span> : column.cell(row),
        span: isReplaced ? to - from + 1 : 1,
        isRight: column.align === "right",
        isQuiet: isReplaced || column.quiet === true,
        wraps: column.wrap === true,
        under: index === from && !isReplaced ? underOf(row, columns.slice(from, to + 1), group) : undefined,
      },
    ];
  });
}

/** The group's bar hangs in its first cell and reaches over the others; their widths are known, so its own is too. */
function underOf<Row>(row: Row, columns: readonly Column<Row>[], group: ColumnGroup<Row> | undefined): ReactNode {
  if (group?.under === undefined) {
    return undefined;
  }
  const width = columns.reduce((sum, column) => sum + (column.width ?? 0), 0);
  return (
    <span className={classes.under} style={{ width: width - 24 }}>
      {group.under(row)}
    </span>
  );
}

/** Two lines in one cell of a 40 px row: the name, and its second line small and dim. */
export function TwoLines({ children, second }: { children: ReactNode; second: ReactNode }) {
  return (
    <span className={classes.twoLines}>
      <span>{children}</span>
      <span className={classes.secondLine}>{second}</span>
    </span>
  );
}
