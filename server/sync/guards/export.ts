/** What a held step would have changed, one kind at a time, as a download: what the run page lists by name. */
import { notFound } from "../../base/errors.ts";
import type { RunId } from "../../base/ids.ts";
import { exportList } from "../../csv/list.ts";
import { changeColumns, kindWords } from "../changes/export.ts";
import { findRun } from "../sql.ts";
import { allNames } from "./holds-sql.ts";
import { holdChangeFilters } from "./schema.ts";

export const heldChangesExport = exportList({
  filters: holdChangeFilters.extend({ number: holdChangeFilters.shape.number }),
  async prepare(tx, { settings, tierName }, { runId, number, kind }) {
    const run = await findRun(tx, settings.id, runId as RunId);
    if (run === null) throw notFound("This sync");
    return {
      name: [`run ${run.number} held`, kindWords[kind]],
      columns: changeColumns(kind, settings, tierName),
      statement: allNames(settings.id, { run: runId as RunId, number, kind }),
    };
  },
});
