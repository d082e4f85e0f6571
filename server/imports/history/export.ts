/** The files that came, as a download: what their list shows, with the same filters. */
import { asWords } from "../../base/text.ts";
import { type Column, exportList } from "../../csv/list.ts";
import { headIn, instantCells } from "../../csv/rules.ts";
import { importFilters } from "../schema.ts";
import { allImports, type ImportRow } from "./sql.ts";

export const importsExport = exportList({
  filters: importFilters,
  prepare(_tx, { settings }, { status }) {
    const { id, timezone } = settings;
    const instant = instantCells(timezone);
    // Of a file that was not imported nothing is counted yet.
    const figure = (header: string, of: (file: ImportRow) => number): Column<ImportRow> => ({
      header,
      cell: (file) => (file.status === "imported" ? of(file) : null),
    });
    const columns: Column<ImportRow>[] = [
      { header: "File", cell: (file) => file.fileName },
      { header: "Source", cell: (file) => file.source },
      { header: "Status", cell: (file) => statusText(file.status) },
      { header: headIn("Came", timezone), cell: (file) => instant(file.createdAt) },
      { header: "By", cell: (file) => file.byName },
      figure("Rows", ({ rows }) => rows),
      figure("New", ({ created }) => created),
      figure("Changed", ({ updated }) => updated),
      figure("Same", ({ unchanged }) => unchanged),
      figure("Duplicate", ({ duplicate }) => duplicate),
      figure("Rejected", ({ rejected }) => rejected),
      { header: "Run", cell: (file) => file.runNumber },
      { header: "Refused because", cell: (file) => file.refusalMessage },
    ];
    const name = ["files", status === undefined ? "" : statusText(status)];
    return Promise.resolve({ name, columns, statement: allImports(id, status) });
  },
});

function statusText(status: ImportRow["status"]): string {
  return status === "stored" ? "Not imported" : asWords(status);
}
