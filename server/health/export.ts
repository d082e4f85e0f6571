/** Everything that one check of data health finds, as a download, where the page names the first five. */
import { notFound } from "../base/errors.ts";
import { asWords } from "../base/text.ts";
import { type Column, exportList } from "../csv/list.ts";
import { beginBulk } from "../db/bulk.ts";
import { findingFilters } from "./schema.ts";
import { allChecks } from "./service.ts";
import { allFound } from "./sql.ts";

export const findingExport = exportList({
  filters: findingFilters,
  async prepare(tx, { settings, now }, { code }) {
    const check = allChecks.find((one) => one.code === code);
    if (check === undefined) throw notFound("This check");
    await beginBulk(tx);
    const columns: Column<{ label: string; weight: number }>[] = [
      { header: asWords(check.subject), cell: (row) => row.label },
      { header: "Records", cell: (row) => row.weight },
    ];
    return { name: ["health", check.title], columns, statement: allFound({ settings, now }, check) };
  },
});
