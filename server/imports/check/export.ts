/** What a check lists, as downloads: the rows of one verdict with their differences, and the creators a file would create. */
import { AppError } from "../../base/errors.ts";
import type { ClientId, ImportId } from "../../base/ids.ts";
import { asWords } from "../../base/text.ts";
import { type Column, exportList } from "../../csv/list.ts";
import { headIn } from "../../csv/rules.ts";
import type { Db } from "../../db/db.ts";
import { findState, countStaged } from "../sql.ts";
import { waiting } from "../stage.ts";
import { checkedFilters, type CheckedRow, type NewCreator, newCreatorFilters } from "./schema.ts";
import { allChecked, allNewCreators } from "./sql.ts";

export const checkedRowsExport = exportList({
  filters: checkedFilters,
  async prepare(tx, { settings }, { importId, verdict }) {
    const { id: client, currency } = settings;
    const fileName = await checkedFile(tx, client, importId as ImportId);
    const columns: Column<CheckedRow>[] = [
      { header: "Line", cell: (row) => row.line },
      { header: "Handle", cell: (row) => row.handle },
      { header: "Handle in the file", cell: (row) => row.sentHandle ?? row.handle },
      { header: "Video", cell: (row) => row.videoUrl },
      { header: "Video Title", cell: (row) => row.title },
      { header: "Post Date", cell: (row) => row.postDate },
      { header: "Views", cell: (row) => row.views },
      { header: headIn("GMV", currency), cell: (row) => row.gmv },
      { header: "Units Sold", cell: (row) => row.unitsSold },
      ...detailOf(verdict),
    ];
    const name = ["check", fileName.replace(/\.csv$/i, ""), asWords(verdict)];
    return { name, columns, statement: allChecked(client, { id: importId as ImportId, verdict }) };
  },
});

function detailOf(verdict: string): Column<CheckedRow>[] {
  if (verdict === "duplicate") return [{ header: "Line that counts", cell: (row) => row.countedLine }];
  if (verdict !== "updated") return [];
  const text = (row: CheckedRow) =>
    row.changes.map((change) => `${change.column}: ${change.old} -> ${change.new}`).join("; ");
  return [{ header: "Changes", cell: text }];
}

/** The name of a waiting file whose rows are staged; a download cannot stage them itself, and must not be empty for it. */
async function checkedFile(tx: Db, client: ClientId, id: ImportId): Promise<string> {
  const { fileName, rows } = waiting(await findState(tx, client, id));
  if ((await countStaged(tx, client, id)) === rows) return fileName;
  throw new AppError("unavailable", `${fileName} is not checked. Open its check, then download again.`);
}

export const newCreatorsExport = exportList({
  filters: newCreatorFilters,
  async prepare(tx, { settings }, { importId }) {
    const fileName = await checkedFile(tx, settings.id, importId as ImportId);
    const columns: Column<NewCreator>[] = [
      { header: "Creator", cell: (row) => row.handle },
      { header: "Rows", cell: (row) => row.rows },
      { header: "Videos", cell: (row) => row.videos },
      { header: "First post", cell: (row) => row.firstPost },
      { header: "Looks like", cell: (row) => row.resembles?.handle ?? null },
    ];
    const name = ["check", fileName.replace(/\.csv$/i, ""), "new creators"];
    return { name, columns, statement: allNewCreators(settings.id, importId as ImportId) };
  },
});
