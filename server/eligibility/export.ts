/** The creators of one mission as a download: what the list below its preview shows, with the same filters. */
import type { ClientSettings } from "../base/client-settings.ts";
import { dayOf } from "../base/days.ts";
import type { MissionId } from "../base/ids.ts";
import { asWords } from "../base/text.ts";
import { type Column, type ExportContext, exportList, windowColumns } from "../csv/list.ts";
import { headIn } from "../csv/rules.ts";
import type { Db } from "../db/db.ts";
import { missionOf } from "../missions/service.ts";
import { bucketWords, reasonSentence, type TierRule } from "./rules.ts";
import { type Bucket, eligibilityExportFilters, type EligibilityRow } from "./schema.ts";
import { metricStart } from "./service.ts";
import { allEligibility, findRung } from "./sql.ts";
import { checkTerms } from "./what-if/service.ts";

export const eligibilityExport = exportList({
  filters: eligibilityExportFilters,
  async prepare(tx, { settings, now, tierName }, filters) {
    await checkTerms(tx, settings.id, filters);
    const day = dayOf(now, settings.timezone);
    const mission = await missionOf(tx, settings.id, filters.missionId as MissionId, day);
    const { bucket, whatIf, userIds } = filters;
    const rule = await ruleOf(tx, settings, whatIf?.tierEligibility ?? mission.tierEligibility);
    const list = bucket === undefined ? "creators" : bucketWords[bucket];
    return {
      name: [mission.name, list, whatIf === undefined ? "" : "what if", userIds === undefined ? "" : "selection"],
      columns: columnsOf(bucket, rule, { settings, tierName }),
      statement: allEligibility(settings, filters, metricStart(now, settings.timezone)),
    };
  },
});

async function ruleOf(tx: Db, { id }: ClientSettings, tierEligibility: string): Promise<TierRule> {
  const rung = tierEligibility === "all" ? null : await findRung(tx, id, tierEligibility);
  return { tierEligibility, tierName: rung?.tierName ?? null, isTop: rung?.isTop ?? false };
}

/** Window and status stand where a row exists or would be written; without a bucket each row says which one it is in. */
function columnsOf(
  bucket: Bucket | undefined,
  rule: TierRule,
  { settings, tierName }: Omit<ExportContext, "now">,
): Column<EligibilityRow>[] {
  const { timezone, currency, vipMetric } = settings;
  const [window, status] = rowHeads[bucket ?? "all"] ?? [];
  const isRow = (row: EligibilityRow) => row.bucket === "will_create" || row.bucket === "already_seeded";
  const rowColumns: Column<EligibilityRow>[] =
    window === undefined
      ? []
      : [
          ...windowColumns<EligibilityRow>(window, timezone, (row) => (isRow(row) ? row : null)),
          { header: status!, cell: (row) => (isRow(row) ? asWords(row.status) : null) },
        ];
  return [
    { header: "Creator", cell: (row) => row.handle },
    { header: "Tier", cell: (row) => tierName(row.tierId) },
    {
      header: vipMetric === "sales" ? headIn("Sales, last 30 days", currency) : "Units, last 30 days",
      cell: (row) => row.metric30Days,
    },
    ...(bucket === undefined ? [{ header: "Bucket", cell: (row: EligibilityRow) => bucketWords[row.bucket] }] : []),
    ...rowColumns,
    { header: "Reason", cell: (row) => reasonSentence(row, rule) },
  ];
}

const rowHeads: Partial<Record<Bucket | "all", readonly [window: string, status: string]>> = {
  will_create: ["Window to be frozen", "Status to be written"],
  already_seeded: ["Window, frozen", "Status"],
  all: ["Window", "Status"],
};
