/** The creators who nearly make it as a download: what their list shows, under the same terms. */
import { dayOf } from "../../base/days.ts";
import type { MissionId } from "../../base/ids.ts";
import { type Column, exportList } from "../../csv/list.ts";
import { dayCells, headIn } from "../../csv/rules.ts";
import { beginBulk } from "../../db/bulk.ts";
import { checkTerms } from "../../eligibility/what-if/service.ts";
import { missionOf } from "../../missions/service.ts";
import { nearMissExportFilters, type NearMissRow } from "./schema.ts";
import { allNearMisses } from "./sql.ts";

export const nearMissesExport = exportList({
  filters: nearMissExportFilters,
  async prepare(tx, { settings, now, tierName }, filters) {
    const { id, timezone, currency, vipMetric } = settings;
    const today = dayOf(now, timezone);
    await checkTerms(tx, id, filters);
    const mission = await missionOf(tx, id, filters.missionId as MissionId, today);
    await beginBulk(tx);
    const isMoney = filters.kind === "tier" ? vipMetric === "sales" : mission.missionType === "sales_dollars";
    const figure = (header: string) => (isMoney ? headIn(header, currency) : header);
    const day = dayCells(timezone);
    const ofTarget: Column<NearMissRow>[] = [
      { header: headIn("Window ends", timezone), cell: (row) => day(row.windowEnd) },
      { header: "Row", cell: (row) => (row.isOver ? "over" : row.isSeeded ? "has it" : "would get it") },
    ];
    const columns: Column<NearMissRow>[] = [
      { header: "Creator", cell: (row) => row.handle },
      { header: "Tier", cell: (row) => tierName(row.tierId) },
      { header: figure("Has"), cell: (row) => row.value },
      { header: figure("Lacks"), cell: (row) => row.missing },
      { header: figure("Needs"), cell: (row) => row.required },
      ...(filters.kind === "target" ? ofTarget : []),
    ];
    const name = [mission.name, "near", filters.kind, filters.whatIf === undefined ? "" : "what if"];
    return { name, columns, statement: allNearMisses(settings, filters, today) };
  },
});
