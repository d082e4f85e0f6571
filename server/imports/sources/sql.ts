import type { ClientId, ImportId, RunId } from "../../base/ids.ts";
import { type Db, sql } from "../../db/db.ts";
import type { ColumnNames } from "../rules.ts";
import type { SourceDto } from "./schema.ts";

/** A source as it is kept; `secret` is sealed and goes no further than the service. */
export interface SourceRow extends Omit<SourceDto, "hasSecret" | "inboxFolder" | "columns"> {
  secret: Uint8Array | null;
  columns: ColumnNames;
  etag: string | null;
  lastModified: string | null;
}

/** The client's source, or null where nothing was ever set or fetched; with `lock` its row is held until the transaction ends. */
export async function findSource(
  db: Db,
  client: ClientId,
  options: { lock?: boolean } = {},
): Promise<SourceRow | null> {
  const [row] = await db.query<SourceRow>(sql`
    select kind, url, auth_kind as "authKind", auth_user as "authUser", secret, size_limit_mb as "sizeLimitMb",
      time_limit_seconds as "timeLimitSeconds", columns, etag, last_modified as "lastModified", last_import_id as "lastImportId",
      last_fetched_at as "lastFetchedAt", last_outcome as "lastOutcome", last_message as "lastMessage",
      case when updated_by_name <> '' then updated_at end as "updatedAt", updated_by_name as "updatedByName"
    from file_sources where client_id = ${client}::uuid
    ${options.lock === true ? sql`for update` : sql``}`);
  return row ?? null;
}

/** Makes sure that there is a row to lock. */
export async function ensureSource(db: Db, client: ClientId, now: Date): Promise<void> {
  await db.execute(sql`
    insert into file_sources (client_id, updated_at) values (${client}::uuid, ${now}::timestamptz) on conflict do nothing`);
}

export interface SourceChange extends Pick<
  SourceRow,
  "kind" | "url" | "authKind" | "authUser" | "secret" | "sizeLimitMb" | "timeLimitSeconds" | "etag" | "lastModified"
> {
  byName: string;
  now: Date;
}

export async function updateSource(db: Db, client: ClientId, change: SourceChange): Promise<void> {
  await db.execute(sql`
    update file_sources set kind = ${change.kind}, url = ${change.url}, auth_kind = ${change.authKind}, auth_user = ${change.authUser},
      secret = ${change.secret}::bytea, size_limit_mb = ${change.sizeLimitMb}::int, time_limit_seconds = ${change.timeLimitSeconds}::int,
      etag = ${change.etag}, last_modified = ${change.lastModified}, updated_at = ${change.now}::timestamptz,
      updated_by_name = ${change.byName}
    where client_id = ${client}::uuid`);
}

export async function updateColumns(
  db: Db,
  client: ClientId,
  change: { columns: ColumnNames; byName: string; now: Date },
): Promise<void> {
  await db.execute(sql`
    update file_sources set columns = ${JSON.stringify(change.columns)}::jsonb, etag = null, last_modified = null, updated_at = ${change.now}::timestamptz,
      updated_by_name = ${change.byName}
    where client_id = ${client}::uuid`);
}

/** What came of looking for a file: kept for the run that looked, the page and the next conditional request. */
export interface Note {
  outcome: NonNullable<SourceDto["lastOutcome"]>;
  /** a sentence for the admin */
  message: string;
  runId: RunId | null;
  now: Date;
  importId?: ImportId | undefined;
  /** marks of the answer, where there was one */
  marks?: { etag: string | null; lastModified: string | null } | undefined;
}

export async function updateNote(db: Db, client: ClientId, note: Note): Promise<void> {
  const marks = note.marks ?? null;
  await db.execute(sql`
    update file_sources set last_outcome = ${note.outcome}, last_message = ${note.message}, last_run_id = ${note.runId}::uuid,
      last_fetched_at = ${note.now}::timestamptz, last_import_id = coalesce(${note.importId ?? null}::uuid, last_import_id),
      etag = case when ${marks !== null} then ${marks?.etag ?? null} else etag end,
      last_modified = case when ${marks !== null} then ${marks?.lastModified ?? null} else last_modified end
    where client_id = ${client}::uuid`);
}

/** What the run found when it looked for a file, or null where it had nothing to look for. */
export async function findNote(
  db: Db,
  client: ClientId,
  runId: RunId,
): Promise<Pick<Note, "outcome" | "message"> | null> {
  const [row] = await db.query<Pick<Note, "outcome" | "message">>(sql`
    select last_outcome as outcome, last_message as message from file_sources
    where client_id = ${client}::uuid and last_run_id = ${runId}::uuid and last_outcome is not null`);
  return row ?? null;
}

/** The number of the last run that imported a file with the bytes of this import, or null. */
export async function findTaker(db: Db, client: ClientId, id: ImportId): Promise<number | null> {
  const [row] = await db.query<{ number: number | null }>(sql`
    select max(r.number) as number from imports own
    join imports i on i.client_id = own.client_id and i.sha256 = own.sha256 and i.status = 'imported'
    join sync_runs r on r.client_id = i.client_id and r.id = i.run_id
    where own.client_id = ${client}::uuid and own.id = ${id}::uuid`);
  return row?.number ?? null;
}
