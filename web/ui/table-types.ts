import type { ComponentType, ReactNode } from "react";

/** One column of a DataTable. */
export interface Column<Row> {
  id: string;
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Numbers stand right under a right-aligned head. */
  align?: "left" | "right" | undefined;
  /** Width in px; needed for the columns of a `group`. Without it the column takes what it needs. */
  width?: number | undefined;
  /** Width in px of its skeleton bar; by default 72. */
  skeleton?: number | undefined;
  /** Lets long text run over several lines; without it a cell stays in one, and a table too wide scrolls inside itself. */
  wrap?: boolean | undefined;
  /** Dim text for what explains rather than tells. */
  quiet?: boolean | undefined;
}

/** Neighbouring columns that belong together, such as the four counts of a mission. All need a `width`. */
export interface ColumnGroup<Row> {
  from: string;
  to: string;
  /** Lies 3 px above the row's end over the whole group: a FunnelBar. */
  under?: ((row: Row) => ReactNode) | undefined;
  /** Replaces the group's cells where it answers something: "counts once enabled". */
  instead?: ((row: Row) => ReactNode | undefined) | undefined;
}

/** Which rows are ticked, for bulk actions. */
export interface Selection {
  selected: ReadonlySet<string>;
  onChange: (selected: ReadonlySet<string>) => void;
  /** Names the tick of a row: "Select Gold Sprint". */
  nameOf: (key: string) => string;
  /** `tickBoxes`: handed in, so that a list nobody selects from does not load them. */
  boxes: TickBoxes;
}

/** The cells of a selection: one in the head for the whole page, one in each row. */
export interface TickBoxes {
  All: ComponentType<{ keys: readonly string[]; selection: Selection }>;
  One: ComponentType<{ rowKey: string; selection: Selection }>;
}

export interface TableProps<Row> {
  /** Names the table for readers. */
  label: string;
  columns: readonly Column<Row>[];
  /** Undefined while the first page loads. */
  rows: readonly Row[] | undefined;
  rowKey: (row: Row) => string;
  /** The row shown in the drawer. */
  selectedKey?: string | undefined;
  /** A click anywhere on a row, beside what the row has to click or select; its first column must have a link that does the same. */
  onRowClick?: ((row: Row) => void) | undefined;
  /** Bare icons over the last columns, on hover and focus. */
  actions?: ((row: Row) => ReactNode) | undefined;
  selection?: Selection | undefined;
  group?: ColumnGroup<Row> | undefined;
  /** 36 by default, 40 for two lines, 56 for findings. */
  rowHeight?: 36 | 40 | 56 | undefined;
  skeletonRows?: number | undefined;
  /** An EmptyState, shown when there are no rows. */
  empty: ReactNode;
  error?: unknown;
  onRetry?: (() => void) | undefined;
  /** On the phone each row becomes this card; without it the table scrolls inside itself, its first column fixed. */
  card?: ((row: Row) => ReactNode) | undefined;
  /** True while the next page loads: the rows shown are the last ones, dimmed. */
  stale?: boolean | undefined;
  /** Inside a flush Panel: no frame of its own. */
  bare?: boolean | undefined;
}
