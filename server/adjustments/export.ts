/** Adjustments as a download: what their list shows, with the same filters. */
import { asWords } from "../base/text.ts";
import { exportList } from "../csv/list.ts";
import { headIn, instantCells } from "../csv/rules.ts";
import { adjustmentFilters } from "./schema.ts";
import { type AdjustmentRow, allAdjustments } from "./sql.ts";

export const adjustmentsExport = exportList({
  filters: adjustmentFilters,
  prepare(_tx, { settings }, filters) {
    const { id, timezone, currency, vipMetric } = settings;
    const { isPending } = filters;
    const instant = instantCells(timezone);
    return Promise.resolve({
      name: ["adjustments", isPending === undefined ? "" : isPending ? "pending" : "applied"],
      columns: [
        { header: "Creator", cell: (row: AdjustmentRow) => row.handle },
        { header: "Type", cell: (row) => asWords(row.adjustmentType) },
        {
          header: vipMetric === "sales" ? headIn("Amount", currency) : "Units",
          cell: (row) => row.amount ?? row.amountUnits,
        },
        { header: "Reason", cell: (row) => row.reason },
        { header: "Entered by", cell: (row) => row.adjustedBy },
        { header: headIn("Entered", timezone), cell: (row) => instant(row.createdAt) },
        // Empty while it waits for the next sync: a column of times holds times.
        { header: headIn("Counts since", timezone), cell: (row) => instant(row.appliedAt) },
      ],
      statement: allAdjustments(id, filters),
    });
  },
});
