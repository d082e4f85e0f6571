/**
 * The log as a download: what its list shows, with the same filters. Where the screen shortens a change, the file has all of it,
 * as the JSON that was recorded, and the action by its own name, by which the list filters.
 */
import { exportList } from "../csv/list.ts";
import { headIn, instantCells } from "../csv/rules.ts";
import { auditFilters } from "./schema.ts";
import { allEntries, type AuditRow } from "./sql.ts";

export const auditExport = exportList({
  filters: auditFilters,
  prepare(_tx, { settings }, filters) {
    const { id, timezone } = settings;
    const instant = instantCells(timezone);
    return Promise.resolve({
      name: ["audit", filters.action ?? ""],
      columns: [
        { header: headIn("When", timezone), cell: (row: AuditRow) => instant(row.at) },
        { header: "By", cell: (row) => row.actorName },
        { header: "In the name of", cell: (row) => actorWords[row.actorKind] },
        { header: "What", cell: (row) => row.action },
        { header: "About", cell: (row) => row.subjectName ?? row.subjectId },
        { header: "Kind", cell: (row) => row.subjectKind },
        { header: "Before", cell: (row) => json(row.before) },
        { header: "After", cell: (row) => json(row.after) },
        { header: "Counts", cell: (row) => json(row.counts) },
      ],
      statement: allEntries(id, filters),
    });
  },
});

const actorWords: Record<AuditRow["actorKind"], string> = {
  admin: "a person",
  job: "the schedule",
  cli: "the command line",
  sql: "SQL",
};

function json(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value);
}
