/** The creators as a download: what their list shows, with the same filters and order. */
import type { ClientSettings } from "../base/client-settings.ts";
import { type Column, type ExportContext, exportList, windowColumns } from "../csv/list.ts";
import { headIn } from "../csv/rules.ts";
import { creatorExportFilters, type CreatorRow } from "./schema.ts";
import { allCreators } from "./sql.ts";

export const creatorsExport = exportList({
  filters: creatorExportFilters,
  prepare: (_tx, { settings, tierName }, filters) =>
    Promise.resolve({
      name: [
        "creators",
        filters.tier === undefined ? "" : tierName(filters.tier),
        filters.userIds === undefined ? "" : "selection",
      ],
      columns: columnsOf(settings, tierName),
      statement: allCreators(settings.id, filters),
    }),
});

/** What the client counts comes before what it does not. */
function columnsOf(
  { vipMetric, currency, timezone }: ClientSettings,
  tierName: ExportContext["tierName"],
): Column<CreatorRow>[] {
  const sales: Column<CreatorRow> = { header: headIn("Sales, total", currency), cell: (row) => row.totalSales };
  const units: Column<CreatorRow> = { header: "Units, total", cell: (row) => row.totalUnits };
  const window: Column<CreatorRow> =
    vipMetric === "sales"
      ? { header: headIn("Sales in the window", currency), cell: (row) => row.checkpointSales }
      : { header: "Units in the window", cell: (row) => row.checkpointUnits };
  return [
    { header: "Creator", cell: (row) => row.handle },
    { header: "Tier", cell: (row) => tierName(row.tierId) },
    { header: "Rank", cell: (row) => row.rank },
    ...(vipMetric === "sales" ? [sales, units] : [units, sales]),
    window,
    ...windowColumns<CreatorRow>("Present window", timezone, (row) => row),
  ];
}
