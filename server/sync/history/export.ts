/** Runs, and the tier moves of one run, as downloads. */
import { notFound } from "../../base/errors.ts";
import { asWords } from "../../base/text.ts";
import { type Column, exportList } from "../../csv/list.ts";
import { headIn, instantCells } from "../../csv/rules.ts";
import { runFilters, type RunStatus, type RunTotals, tierMoveFilters } from "../schema.ts";
import { allRuns, allTierMoves, findRunById, type RawRun, type TierMove, toRun } from "./sql.ts";

/** What the list of runs shows, with the same filters. */
export const runsExport = exportList({
  filters: runFilters,
  prepare(_tx, { settings }, { status }) {
    const { id, timezone } = settings;
    const instant = instantCells(timezone);
    const total = (header: string, of: (totals: RunTotals) => number): Column<RawRun> => ({
      header,
      cell: (run) => of(toRun(run).totals),
    });
    const columns: Column<RawRun>[] = [
      { header: "Run", cell: (run) => run.number },
      { header: "Status", cell: (run) => statusWords[run.status] },
      { header: headIn("Started", timezone), cell: (run) => instant(run.startedAt ?? run.createdAt) },
      { header: headIn("Ended", timezone), cell: (run) => instant(run.endedAt) },
      { header: "By", cell: (run) => run.byName },
      { header: "Source", cell: (run) => run.source },
      { header: "File", cell: (run) => run.fileName },
      total("Rows", ({ rows }) => rows),
      total("Up", ({ promoted }) => promoted),
      total("Down", ({ demoted }) => demoted),
      total("Seeded", ({ seeded }) => seeded),
      total("Completed", ({ completed }) => completed),
      total("Redemptions", ({ redemptions }) => redemptions),
      { header: "Warnings", cell: (run) => run.warnings },
      { header: "Message", cell: (run) => run.errorMessage },
    ];
    const name = ["runs", status === undefined ? "" : statusWords[status]];
    return Promise.resolve({ name, columns, statement: allRuns(id, status) });
  },
});

const statusWords: Record<RunStatus, string> = {
  queued: "Queued",
  running: "Running",
  held: "Held",
  succeeded: "Done",
  succeeded_with_warnings: "With warnings",
  failed: "Failed",
  cancelled: "Cancelled",
  discarded: "Discarded",
};

/** All of a run's moves between tiers, where its page names the first. */
export const tierMovesExport = exportList({
  filters: tierMoveFilters,
  async prepare(tx, { settings, tierName }, filters) {
    const { id, currency, vipMetric } = settings;
    const run = await findRunById(tx, id, filters.runId);
    if (run === null) throw notFound("This sync");
    const columns: Column<TierMove>[] = [
      { header: "Creator", cell: (row) => row.handle },
      { header: "Move", cell: (row) => asWords(row.status) },
      { header: "From", cell: (row) => tierName(row.tierBefore) },
      { header: "To", cell: (row) => tierName(row.tierAfter) },
      { header: vipMetric === "sales" ? headIn("Sales", currency) : "Units", cell: (row) => row.metricValue },
    ];
    return {
      name: [`run ${run.number}`, filters.status ?? "tier moves"],
      columns,
      statement: allTierMoves(id, filters),
    };
  },
});
