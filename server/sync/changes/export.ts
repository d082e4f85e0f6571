/** What a run changed, one kind at a time, as a download: what its page lists by name. */
import type { ClientSettings } from "../../base/client-settings.ts";
import { notFound } from "../../base/errors.ts";
import type { RunId } from "../../base/ids.ts";
import { type Column, exportList } from "../../csv/list.ts";
import { headIn } from "../../csv/rules.ts";
import { findRun } from "../sql.ts";
import { allKept } from "./kept-sql.ts";
import { type KeptKind, type NamedChange, runChangeFilters } from "./schema.ts";

/** How a kind is called in the name of a file. */
export const kindWords: Record<KeptKind, string> = {
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
      name: [`run ${run.number}`, kindWords[kind]],
      columns: changeColumns(kind, settings, tierName),
      statement: allKept(settings.id, { run: runId as RunId, kind }),
    };
  },
});

/** The columns of one kind of change. */
export function changeColumns(
  kind: KeptKind,
  { currency, vipMetric }: ClientSettings,
  tierName: (tierId: string) => string,
): Column<NamedChange>[] {
  const mission: Column<NamedChange> = { header: "Mission", cell: (row) => row.missionName };
  const tier = (header: string, of: (row: NamedChange) => string | null): Column<NamedChange> => ({
    header,
    cell: (row) => tierName(of(row) ?? ""),
  });
  const moves: Column<NamedChange>[] = [
    tier("From tier", (row) => row.tierBefore),
    tier("To tier", (row) => row.tierAfter),
    { header: headIn("Judged by", vipMetric === "sales" ? currency : "units"), cell: (row) => row.value },
  ];
  const more: Record<KeptKind, Column<NamedChange>[]> = {
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
