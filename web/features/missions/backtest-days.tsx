import type { BacktestDto } from "../../../server/seeding/backtest/schema.ts";
import { timesAmount } from "../../lib/amounts.ts";
import { formatCount, formatMoney, formatPercent } from "../../lib/numbers.ts";
import { DataTable } from "../../ui/data-table.tsx";
import type { Column } from "../../ui/table-types.ts";
import { DayText } from "../../ui/text.tsx";
import { type CurveDay, cumulative } from "./backtest-words.ts";

/** The curve as a table: every day on which somebody would have completed it. */
export function BacktestDays({ backtest }: { backtest: BacktestDto }) {
  return backtest.perDay.length === 0 ? null : (
    <DataTable
      label="Completed by day"
      columns={columnsOf(backtest)}
      rows={cumulative(backtest.perDay)}
      rowKey={(row) => row.day}
      empty={null}
    />
  );
}

function columnsOf({ considered, cost }: BacktestDto): Column<CurveDay>[] {
  const costs: Column<CurveDay>[] =
    cost === null
      ? []
      : [
          {
            id: "cost",
            header: "Cost so far",
            align: "right",
            cell: (row) => formatMoney(timesAmount(cost.each, row.total), cost.currency),
          },
        ];
  return [
    { id: "day", header: "Day", cell: (row) => <DayText day={row.day} /> },
    { id: "completed", header: "Completed that day", align: "right", cell: (row) => formatCount(row.completed) },
    { id: "total", header: "So far", align: "right", cell: (row) => formatCount(row.total) },
    {
      id: "share",
      header: "Of those who qualify",
      align: "right",
      cell: (row) => formatPercent(row.total / considered),
    },
    ...costs,
  ];
}
