/** What a rehearsal would change, one kind at a time, as a download: what its page lists by name. */
import type { ClientSettings } from "../../base/client-settings.ts";
import { notFound } from "../../base/errors.ts";
import { type Column, exportList } from "../../csv/list.ts";
import { headIn } from "../../csv/rules.ts";
import type { MissionType } from "../../missions/schema.ts";
import type { ChangeKind } from "../changes/schema.ts";
import { rehearsalChangeFilters } from "./schema.ts";
import { allChanges, type NamedRow } from "./names-sql.ts";
import { findRehearsal } from "./sql.ts";

const words: Record<ChangeKind, string> = {
  created: "new creators",
  promoted: "promoted",
  demoted: "demoted",
  seeded: "seeded",
  completed: "completed",
  redemption: "redemptions",
};

export const rehearsalExport = exportList({
  filters: rehearsalChangeFilters,
  async prepare(tx, { settings }, { rehearsalId, kind }) {
    const rehearsal = await findRehearsal(tx, settings.id, rehearsalId);
    if (rehearsal === null) throw notFound("This rehearsal");
    return {
      name: ["rehearsal", words[kind]],
      columns: columnsOf(kind, settings),
      statement: allChanges(settings.id, { id: rehearsal.id, kind }),
    };
  },
});

/** What a value counts, where one column holds values of several missions. */
const units: Record<Exclude<MissionType, "sales_dollars">, string | null> = {
  sales_units: "units",
  videos: "videos",
  views: "views",
  likes: "likes",
  raffle: null,
};

function columnsOf(kind: ChangeKind, { currency, vipMetric }: ClientSettings): Column<NamedRow>[] {
  const mission: Column<NamedRow> = { header: "Mission", cell: (row) => row.missionName };
  const moves: Column<NamedRow>[] = [
    { header: "From tier", cell: (row) => row.tierBefore },
    { header: "To tier", cell: (row) => row.tierAfter },
    { header: headIn("Judged by", vipMetric === "sales" ? currency : "units"), cell: (row) => row.value },
  ];
  const measured = ({ missionType: type }: NamedRow) => (type === "sales_dollars" ? currency : type && units[type]);
  const more: Record<ChangeKind, Column<NamedRow>[]> = {
    created: [],
    promoted: moves,
    demoted: moves,
    seeded: [mission],
    completed: [mission, { header: "Value", cell: (row) => row.value }, { header: "In", cell: measured }],
    redemption: [
      mission,
      { header: "Reward", cell: (row) => row.rewardName },
      { header: headIn("Worth", currency), cell: (row) => row.value },
    ],
  };
  return [{ header: "Creator", cell: (row) => row.handle }, ...more[kind]];
}
