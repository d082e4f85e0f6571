/** Rewards as a download: what their list shows, with the same filters. */
import { asWords, counted } from "../base/text.ts";
import { exportList } from "../csv/list.ts";
import { type Cell, headIn, instantCells } from "../csv/rules.ts";
import { fromValueData } from "./rules.ts";
import { rewardFilters, type RewardValue } from "./schema.ts";
import { allRewards, type RewardRow } from "./sql.ts";

export const rewardsExport = exportList({
  filters: rewardFilters,
  prepare(_tx, { settings, tierName }, filters) {
    const { id, timezone, currency } = settings;
    const instant = instantCells(timezone);
    return Promise.resolve({
      name: ["rewards"],
      columns: [
        { header: "Reward", cell: (row: RewardRow) => row.name },
        { header: "Description", cell: (row) => row.description },
        { header: "Type", cell: (row) => (row.type === "spark_ads" ? "Spark Ads" : asWords(row.type)) },
        { header: headIn("Worth", currency), cell: (row) => worth(fromValueData(row)) },
        { header: "Tier", cell: (row) => tierName(row.tierEligibility) },
        { header: "Given", cell: (row) => (row.redemptionType === "instant" ? "at once" : "on a date") },
        { header: "How often", cell: howOften },
        { header: "Missions", cell: (row) => row.missions },
        { header: "State", cell: (row) => (row.enabled ? "Enabled" : "Switched off") },
        { header: headIn("Created", timezone), cell: (row) => instant(row.createdAt) },
      ],
      statement: allRewards(id, filters),
    });
  },
});

/** Money as a number; a share in words, without the plus that a spreadsheet would take for the beginning of a formula. */
function worth(value: RewardValue): Cell {
  if ("amount" in value) return value.amount;
  if (value.type === "commission_boost") return `${value.percent} % for ${counted(value.durationDays, "day")}`;
  if (value.type !== "discount") return null;
  const { durationMinutes: minutes } = value;
  return `${value.percent} % off for ${minutes % 60 === 0 ? counted(minutes / 60, "hour") : counted(minutes, "minute")}`;
}

const frequencies: Record<RewardRow["redemptionFrequency"], string> = {
  one_time: "once",
  monthly: "every month",
  unlimited: "without limit",
};

function howOften({ redemptionFrequency, redemptionQuantity }: RewardRow): string {
  const often = frequencies[redemptionFrequency];
  return redemptionQuantity === 1 ? often : `${counted(redemptionQuantity, "piece")}, ${often}`;
}
