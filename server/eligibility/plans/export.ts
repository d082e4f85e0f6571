/** What differs between a plan and now as a download: all creators of one kind, where the page names the first 200. */
import { type Column, exportList, windowColumns } from "../../csv/list.ts";
import { knownMissions } from "../../missions/service.ts";
import { allDrift, type FoundRow } from "./drift-sql.ts";
import { type DriftKind, planDriftFilters } from "./schema.ts";
import { planOf } from "./service.ts";

export const planDriftExport = exportList({
  filters: planDriftFilters,
  async prepare(tx, { settings }, { planId, kind }) {
    const { id, timezone } = settings;
    const plan = await planOf(tx, id, planId);
    const [first, second] = await knownMissions(tx, id, plan.missionIds);
    const columns: Column<FoundRow>[] = [
      { header: "Creator", cell: (row) => row.handle },
      { header: "Mission", cell: (row) => row.missionName },
      { header: "Tier, when planned", cell: (row) => (row.wasThere ? (row.oldTierName ?? row.oldTier) : null) },
      { header: "Tier, now", cell: (row) => (row.isThere ? (row.tierName ?? row.tier) : null) },
      ...windowColumns<FoundRow>("Window when planned", timezone, (row) =>
        row.wasThere ? { windowStart: row.oldStart, windowEnd: row.oldEnd } : null,
      ),
      ...windowColumns<FoundRow>("Window now", timezone, (row) => (row.isThere ? row : null)),
    ];
    const name = [second === undefined ? (first?.name ?? "") : "missions", "since the plan", kindWords[kind]];
    return { name, columns, statement: allDrift(id, plan, kind) };
  },
});

const kindWords: Record<DriftKind, string> = {
  newly_eligible: "would get it now",
  no_longer_eligible: "would not get it any more",
  seeded_meanwhile: "seeded meanwhile",
  window_changed: "window changed",
};
