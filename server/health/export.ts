/** Everything that one check of data health finds, as a download. */
import { asWords } from "../base/text.ts";
import { type Column, exportList } from "../csv/list.ts";
import { beginBulk } from "../db/bulk.ts";
import { checkOf } from "./checks.ts";
import { allRecords, type RecordRow } from "./records/sql.ts";
import { findingFilters } from "./schema.ts";

export const findingExport = exportList({
  filters: findingFilters,
  async prepare(tx, { settings, now }, { code }) {
    const check = checkOf(code);
    await beginBulk(tx);
    const isRow = check.subject === "row";
    const columns: Column<RecordRow>[] = [
      { header: isRow ? "Creator" : asWords(check.subject), cell: (row) => row.label },
      ...(isRow ? [{ header: "Mission", cell: (row: RecordRow) => row.missionName }] : []),
      { header: "What is found", cell: (row) => row.detail },
    ];
    return { name: ["health", check.title], columns, statement: allRecords({ settings, now }, check) };
  },
});
