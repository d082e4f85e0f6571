/** Missions as a download: what they ask and give, with the same filters as their list. */
import { dayOf } from "../base/days.ts";
import { asWords } from "../base/text.ts";
import { exportList } from "../csv/list.ts";
import { headIn } from "../csv/rules.ts";
import { missionExportFilters } from "./schema.ts";
import { allOfList, type MissionRow } from "./sql.ts";

export const missionsExport = exportList({
  filters: missionExportFilters,
  prepare(_tx, { settings, now, tierName }, filters) {
    const { id, timezone, currency } = settings;
    return Promise.resolve({
      name: ["missions", filters.state ?? "", filters.missionIds === undefined ? "" : "selection"],
      columns: [
        { header: "Mission", cell: (row: MissionRow) => row.name },
        { header: "Title", cell: (row) => row.title },
        { header: "Goal", cell: (row) => goals[row.missionType] },
        { header: "Target", cell: (row) => (row.missionType === "raffle" ? null : row.targetValue) },
        { header: "In", cell: (row) => (row.missionType === "sales_dollars" ? currency : null) },
        { header: headIn("Raffle ends", timezone), cell: (row) => row.raffleEndDate },
        { header: "Reward", cell: (row) => row.reward?.name ?? null },
        { header: "Tier", cell: (row) => tierName(row.tierEligibility) },
        { header: "State", cell: (row) => asWords(row.state) },
      ],
      statement: allOfList(id, filters, dayOf(now, timezone)),
    });
  },
});

const goals: Record<MissionRow["missionType"], string> = {
  sales_dollars: "Sales",
  sales_units: "Units",
  videos: "Videos",
  views: "Views",
  likes: "Likes",
  raffle: "Raffle",
};
