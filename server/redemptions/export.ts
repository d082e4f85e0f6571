/** Redemptions as a download: what their list shows, with the same filters. */
import { asWords } from "../base/text.ts";
import { exportList } from "../csv/list.ts";
import { headIn, instantCells } from "../csv/rules.ts";
import { redemptionFilters } from "./schema.ts";
import { allRedemptions, type RedemptionRow } from "./sql.ts";

export const redemptionsExport = exportList({
  filters: redemptionFilters,
  prepare(_tx, { settings, tierName }, filters) {
    const { id, timezone } = settings;
    const instant = instantCells(timezone);
    return Promise.resolve({
      name: ["redemptions", filters.status ?? ""],
      columns: [
        { header: "Creator", cell: (row: RedemptionRow) => row.handle },
        { header: "Reward", cell: (row) => row.rewardName },
        { header: "Mission", cell: (row) => row.missionName },
        { header: "Status", cell: (row) => asWords(row.status) },
        { header: "Given", cell: (row) => (row.redemptionType === "instant" ? "at once" : "on a date") },
        { header: "Tier when earned", cell: (row) => tierName(row.tierAtClaim) },
        { header: headIn("Completed", timezone), cell: (row) => instant(row.completedAt) },
        { header: "Made by", cell: (row) => (row.runNumber === null ? null : `run ${row.runNumber}`) },
      ],
      statement: allRedemptions(id, filters),
    });
  },
});
