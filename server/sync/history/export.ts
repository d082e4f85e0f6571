/** The tier moves of one run as a download: all of them, where the run page names the first. */
import { notFound } from "../../base/errors.ts";
import { asWords } from "../../base/text.ts";
import { type Column, exportList } from "../../csv/list.ts";
import { headIn } from "../../csv/rules.ts";
import { tierMoveFilters } from "../schema.ts";
import { allTierMoves, findRunById, type TierMove } from "./sql.ts";

export const tierMovesExport = exportList({
  filters: tierMoveFilters,
  async prepare(tx, { settings, tierName }, filters) {
    const { id, currency, vipMetric } = settings;
    const run = await findRunById(tx, id, filters.runId);
    if (run === null) throw notFound("This sync");
    const columns: Column<TierMove>[] = [
      { header: "Creator", cell: (row) => row.handle },
      { header: "Move", cell: (row) => asWords(row.status) },
      { header: "From", cell: (row) => tierName(row.tierBefore) },
      { header: "To", cell: (row) => tierName(row.tierAfter) },
      { header: vipMetric === "sales" ? headIn("Sales", currency) : "Units", cell: (row) => row.metricValue },
    ];
    return {
      name: [`run ${run.number}`, filters.status ?? "tier moves"],
      columns,
      statement: allTierMoves(id, filters),
    };
  },
});
