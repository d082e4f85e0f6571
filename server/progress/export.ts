/** The rows of one mission as a download: what its Progress tab shows, with the same filters. */
import { asWords } from "../base/text.ts";
import { type Column, exportList, windowColumns } from "../csv/list.ts";
import { headIn, instantCells } from "../csv/rules.ts";
import { allRows, findTarget, type ListedRow } from "./list-sql.ts";
import { clockOf } from "./list.ts";
import { progressFilters } from "./schema.ts";

export const progressExport = exportList({
  filters: progressFilters,
  async prepare(tx, { settings, now, tierName }, filters) {
    const { id, timezone, currency } = settings;
    const clock = await clockOf(tx, id, filters.missionId, now);
    const { name, missionType } = await findTarget(tx, id, filters.missionId);
    const figure = (header: string) => (missionType === "sales_dollars" ? headIn(header, currency) : header);
    const instant = instantCells(timezone);
    const columns: Column<ListedRow>[] = [
      { header: "Creator", cell: (row) => row.handle },
      { header: "Tier", cell: (row) => tierName(row.tierId) },
      { header: figure("Value"), cell: (row) => row.value },
      { header: figure("Target"), cell: (row) => (missionType === "raffle" ? null : row.target) },
      ...windowColumns<ListedRow>("Window", timezone, (row) => row),
      { header: "Status", cell: statusText },
      { header: headIn("Last change", timezone), cell: (row) => instant(row.completedAt ?? row.updatedAt) },
    ];
    return { name: [name, filters.status ?? "progress"], columns, statement: allRows(id, filters, clock) };
  },
});

/** A row whose window has passed is over, unless it was completed. */
function statusText({ status, isOver }: ListedRow): string {
  if (!isOver) return asWords(status);
  return status === "dormant" ? "Over, never woke" : "Over";
}
