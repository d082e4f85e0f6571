/** Seedings, and the rows of one seeding, as downloads. */
import { dayOf } from "../base/days.ts";
import { notFound } from "../base/errors.ts";
import type { SeedId } from "../base/ids.ts";
import { asWords } from "../base/text.ts";
import { type Column, exportList, windowColumns } from "../csv/list.ts";
import { headIn, instantCells } from "../csv/rules.ts";
import { seedFilters } from "./schema.ts";
import { allSeeds, findSeed, type SeedRow } from "./history/sql.ts";
import { seedRowFilters } from "./undo/schema.ts";
import { allSeedRows, type ListedSeedRow } from "./undo/sql.ts";

/** What the list of seedings shows, with the same filters. */
export const seedingsExport = exportList({
  filters: seedFilters,
  prepare(_tx, { settings }, { missionId }) {
    const { id, timezone } = settings;
    const instant = instantCells(timezone);
    const columns: Column<SeedRow>[] = [
      { header: headIn("When", timezone), cell: (seed) => instant(seed.at) },
      { header: "By", cell: (seed) => seed.byName },
      { header: "How", cell: (seed) => sourceWords[seed.source] },
      { header: "Run", cell: (seed) => seed.runNumber },
      { header: "Missions", cell: (seed) => seed.perMission.map(({ name }) => name).join(", ") },
      { header: "Created", cell: (seed) => seed.created },
      { header: "Already there", cell: (seed) => seed.alreadySeeded },
      { header: "Not eligible", cell: (seed) => seed.notEligible },
      { header: "Not judged", cell: (seed) => seed.unknown },
      { header: headIn("Undone", timezone), cell: (seed) => instant(seed.undoneAt) },
      { header: "Removed", cell: (seed) => (seed.undoneAt === null ? null : seed.removed) },
      { header: "Kept", cell: (seed) => (seed.undoneAt === null ? null : seed.kept) },
    ];
    return Promise.resolve({ name: ["seedings"], columns, statement: allSeeds(id, missionId) });
  },
});

const sourceWords: Record<SeedRow["source"], string> = {
  console: "by hand",
  activation: "with the activation",
  sync: "by the sync",
  cli: "on the command line",
  sql: "in SQL",
};

/** The rows that a seeding created and that are still there, each with what an undo would do with it. */
export const seedRowsExport = exportList({
  filters: seedRowFilters,
  async prepare(tx, { settings }, filters) {
    const { id, timezone, currency } = settings;
    const seed = await findSeed(tx, id, filters.seedId as SeedId);
    if (seed === null) throw notFound("This seeding");
    const columns: Column<ListedSeedRow>[] = [
      { header: "Creator", cell: (row) => row.handle },
      { header: "Mission", cell: (row) => row.missionName },
      { header: "Status", cell: (row) => asWords(row.status) },
      { header: "Value", cell: (row) => row.value },
      { header: "In", cell: (row) => (row.missionType === "sales_dollars" ? currency : null) },
      ...windowColumns<ListedSeedRow>("Window", timezone, (row) => row),
      { header: "Kept because", cell: (row) => (row.keptBecause === null ? null : keptWords[row.keptBecause]) },
    ];
    const [only, other] = seed.perMission;
    const mission = other === undefined ? (only?.name ?? "") : "";
    const name = [mission, "seeding of", dayOf(seed.at, timezone), filters.fate ?? ""];
    return { name, columns, statement: allSeedRows(id, filters) };
  },
});

const keptWords: Record<NonNullable<ListedSeedRow["keptBecause"]>, string> = {
  completed: "completed",
  has_redemption: "has a redemption",
};
