/** What a run changed, one kind at a time, as a download: what its page lists by name. */
import type { ClientSettings } from "../../base/client-settings.ts";
import { notFound } from "../../base/errors.ts";
import type { RunId } from "../../base/ids.ts";
import { type Column, exportList } from "../../csv/list.ts";
import { headIn } from "../../csv/rules.ts";
import { findRun } from "../sql.ts";
import { allKept, type KeptChange } from "./kept-sql.ts";
import { type KeptKind, runChangeFilters } from "./schema.ts";

const words: Record<KeptKind, string> = {
  created: "new creators",
  promoted: "promoted",
  demoted: "demoted",
  maintained: "maintained",
  woken: "woken",
  completed: "completed",
  redemption: "redemptions",
};

export const runChangesExport = exportList({
  filters: runChangeFilters,
  async prepare(tx, { settings, tierName }, { runId, kind }) {
    const run = await findRun(tx, settings.id, runId as RunId);
    if (run === null) throw notFound("This sync");
    return {
      name: [`run ${run.number}`, words[kind]],
      columns: columnsOf(kind, settings, tierName),
      statement: allKept(settings.id, { run: runId as RunId, kind }),
    };
  },
});

function columnsOf(
  kind: KeptKind,
  { currency, vipMetric }: ClientSettings,
  tierName: (tierId: string) => string,
): Column<KeptChange>[] {
  const mission: Column<KeptChange> = { header: "Mission", cell: (row) => row.missionName };
  const tier = (header: string, of: (row: KeptChange) => string | null): Column<KeptChange> => ({
    header,
    cell: (row) => tierName(of(row) ?? ""),
  });
  const moves: Column<KeptChange>[] = [
    tier("From tier", (row) => row.tierBefore),
    tier("To tier", (row) => row.tierAfter),
    { header: headIn("Judged by", vipMetric === "sales" ? currency : "units"), cell: (row) => row.value },
  ];
  const more: Record<KeptKind, Column<KeptChange>[]> = {
    created: [],
    promoted: moves,
    demoted: moves,
    maintained: moves,
    woken: [mission],
    completed: [mission, { header: "Value", cell: (row) => row.value }],
    redemption: [
      mission,
      { header: "Reward", cell: (row) => row.rewardName },
      { header: headIn("Worth", currency), cell: (row) => row.value },
    ],
  };
  return [{ header: "Creator", cell: (row) => row.handle }, ...more[kind]];
}
