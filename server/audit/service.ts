import type { ClientId } from "../base/ids.ts";
import { pageStart, type StalePage, toPage } from "../base/paging.ts";
import type { Db } from "../db/db.ts";
import type { RootDb } from "../db/pools.ts";
import { inClientMaybeStale } from "../db/replica/stale.ts";
import { inClient } from "../db/tx.ts";
import type { AuditDto, AuditFilters, AuditListInput } from "./schema.ts";
import { type AuditRow, countEntries, listActions, listEntries } from "./sql.ts";

/**
 * One page of the client's log, newest first. A long list of what is over: it may come from a replica. Not what was done to one
 * subject: a mission shows its changes to whoever has just made the last of them.
 */
export async function getEntries(db: RootDb, client: ClientId, input: AuditListInput): Promise<StalePage<AuditDto>> {
  const { action, subjectId, limit } = input;
  const start = pageStart(input, ["instant", "uuid"]);
  const { answer, asOf } = await inClientMaybeStale(
    db,
    client,
    (tx) => listEntries(tx, client, { action, subjectId, ...start, limit }),
    { mayBeStale: subjectId === undefined },
  );
  const page = toPage(answer, input, (row) => [row.atKey, row.id]);
  return { ...page, rows: page.rows.map(toDto), asOf };
}

/** The exact total beside that page, from where the page is. */
export async function getEntryCount(db: RootDb, client: ClientId, wanted: AuditFilters): Promise<number> {
  const count = (tx: Db) => countEntries(tx, client, wanted);
  return (await inClientMaybeStale(db, client, count, { mayBeStale: wanted.subjectId === undefined })).answer;
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
