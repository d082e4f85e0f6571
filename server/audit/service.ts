import { AppError } from "../base/errors.ts";
import type { ClientId } from "../base/ids.ts";
import { isUuid } from "../base/ids.ts";
import { decodeCursor, type Page, toPage } from "../base/paging.ts";
import type { RootDb } from "../db/pools.ts";
import { inClient } from "../db/tx.ts";
import type { AuditDto, AuditFilters, AuditListInput } from "./schema.ts";
import { type AuditKey, type AuditRow, countEntries, listActions, listEntries } from "./sql.ts";

/** One page of the client's log, newest first. */
export async function getEntries(db: RootDb, client: ClientId, input: AuditListInput): Promise<Page<AuditDto>> {
  const { action, subjectId, limit } = input;
  const from = startOf(input);
  const fetched = await inClient(db, client, (tx) =>
    listEntries(tx, client, { action, subjectId, from, limit: limit + 1 }),
  );
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

function startOf(input: AuditListInput): { key: AuditKey; isBackward: boolean } | null {
  const isBackward = input.before !== undefined;
  const cursor = input.before ?? input.after;
  if (cursor === undefined) return null;
  const [at, id] = decodeCursor(cursor, 2) ?? [];
  const isKey = typeof at === "string" && isInstant(at) && typeof id === "string" && isUuid(id);
  if (!isKey) {
    throw new AppError("bad_request", "This page does not exist. Go back to the first one.", {
      field: isBackward ? "before" : "after",
    });
  }
  return { key: [at, id], isBackward };
}

/** PostgreSQL would fail on a day that does not exist; JavaScript moves it to the next month, which shows it. */
function isInstant(text: string): boolean {
  if (!/^2\d{3}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{6}Z$/.test(text)) return false;
  const date = new Date(text);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text.slice(0, 10));
}

function toDto(row: AuditRow): AuditDto {
  const { atKey: _, subjectKind, subjectId, subjectName, ...entry } = row;
  const hasSubject = subjectKind !== null && subjectId !== null;
  return { ...entry, subject: hasSubject ? { kind: subjectKind, id: subjectId, name: subjectName } : null };
}
