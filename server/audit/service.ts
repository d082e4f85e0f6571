import type { ClientId } from "../base/ids.ts";
import { type Page, pageStart, toPage } from "../base/paging.ts";
import type { RootDb } from "../db/pools.ts";
import { inClient } from "../db/tx.ts";
import type { AuditDto, AuditFilters, AuditListInput } from "./schema.ts";
import { type AuditRow, countEntries, listActions, listEntries } from "./sql.ts";

/** One page of the client's log, newest first. */
export async function getEntries(db: RootDb, client: ClientId, input: AuditListInput): Promise<Page<AuditDto>> {
  const { action, subjectId, limit } = input;
  const start = pageStart(input, ["instant", "uuid"]);
  const fetched = await inClient(db, client, (tx) => listEntries(tx, client, { action, subjectId, ...start, limit }));
  const page = toPage(fetched, input, (row) => [row.atKey, row.id]);
  return { ...page, rows: page.rows.map(toDto) };
}

export function getEntryCount(db: RootDb, client: ClientId, wanted: AuditFilters): Promise<number> {
  return inClient(db, client, (tx) => countEntries(tx, client, wanted));
}

/** What the filter offers. */
export function getActions(db: RootDb, client: ClientId): Promise<string[]> {
  return inClient(db, client, (tx) => listActions(tx, client));
}

function toDto(row: AuditRow): AuditDto {
  const { atKey: _, subjectKind, subjectId, subjectName, ...entry } = row;
  const hasSubject = subjectKind !== null && subjectId !== null;
  return { ...entry, subject: hasSubject ? { kind: subjectKind, id: subjectId, name: subjectName } : null };
}
