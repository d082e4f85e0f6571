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

/** Up to `limit + 1` entries after the key, newest first, or before it, oldest first. */
export function listEntries(
  db: Db,
  client: ClientId,
  page: AuditFilters & { key: readonly [at: string, id: string] | null; isBackward: boolean; limit: number },
): Promise<AuditRow[]> {
  const { key, isBackward, limit } = page;
  const comparison = isBackward ? sql`>` : sql`<`;
  const from = key === null ? nothing : sql`and (at, id) ${comparison} (${key[0]}::timestamptz, ${key[1]}::uuid)`;
  const order = isBackward ? sql`at, id` : sql`at desc, id desc`;
  return db.query<AuditRow>(rowsOf(client, page, { from, order, limit: sql`limit ${limit + 1}` }));
}

/** All of them, for a download. */
export function allEntries(client: ClientId, wanted: AuditFilters): Sql {
  return rowsOf(client, wanted, { from: nothing, order: sql`at desc, id desc`, limit: nothing });
}

function rowsOf(
  client: ClientId,
  wanted: AuditFilters,
  { from, order, limit }: { from: Sql; order: Sql; limit: Sql },
): Sql {
  return sql`
    select id, at, at::text as "atKey",
      actor_kind as "actorKind", actor_name as "actorName", action,
      subject_kind as "subjectKind", subject_id as "subjectId", subject_name as "subjectName", before, after, counts
    from audit_log
    where client_id = ${client}::uuid ${filters(wanted)} ${from}
    order by ${order}
    ${limit}`;
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
