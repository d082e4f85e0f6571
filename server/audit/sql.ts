import type { ClientId } from "../base/ids.ts";
import { type Db, nothing, type Sql, sql } from "../db/db.ts";
import type { AuditDto, AuditFilters } from "./schema.ts";

/** One entry as it is read, with its time to the microsecond as text: a Date would round it and a page would lose rows. */
export interface AuditRow extends Omit<AuditDto, "subject"> {
  atKey: string;
  subjectKind: string | null;
  subjectId: string | null;
  subjectName: string | null;
}

/** The key of an entry: [time as text, id]. */
export type AuditKey = readonly [at: string, id: string];

/** Up to `limit` entries after the key, newest first, or before it, oldest first. */
export function listEntries(
  db: Db,
  client: ClientId,
  page: AuditFilters & { from: { key: AuditKey; isBackward: boolean } | null; limit: number },
): Promise<AuditRow[]> {
  const isBackward = page.from?.isBackward === true;
  return db.query<AuditRow>(sql`
    select id, at, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "atKey",
      actor_kind as "actorKind", actor_name as "actorName", action,
      subject_kind as "subjectKind", subject_id as "subjectId", subject_name as "subjectName", before, after, counts
    from audit_log
    where client_id = ${client}::uuid ${filters(page)} ${page.from === null ? nothing : beyond(page.from.key, isBackward)}
    order by ${isBackward ? sql`at, id` : sql`at desc, id desc`}
    limit ${page.limit}`);
}

export async function countEntries(db: Db, client: ClientId, wanted: AuditFilters): Promise<number> {
  const [row] = await db.query<{ total: number }>(
    sql`select count(*)::int as total from audit_log where client_id = ${client}::uuid ${filters(wanted)}`,
  );
  return row!.total;
}

/** The actions that occur in the client's log, by name. */
export async function listActions(db: Db, client: ClientId): Promise<string[]> {
  const rows = await db.query<{ action: string }>(
    sql`select distinct action from audit_log where client_id = ${client}::uuid order by action`,
  );
  return rows.map((row) => row.action);
}

function filters({ action, subjectId }: AuditFilters): Sql {
  return sql`${action === undefined ? nothing : sql`and action = ${action}`}
    ${subjectId === undefined ? nothing : sql`and subject_id = ${subjectId}`}`;
}

function beyond([at, id]: AuditKey, isBackward: boolean): Sql {
  return isBackward
    ? sql`and (at, id) > (${at}::timestamptz, ${id}::uuid)`
    : sql`and (at, id) < (${at}::timestamptz, ${id}::uuid)`;
}
