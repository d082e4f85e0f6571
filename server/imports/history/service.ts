import { notFound } from "../../base/errors.ts";
import type { ClientId, ImportId } from "../../base/ids.ts";
import { type Page, pageStart, toPage } from "../../base/paging.ts";
import { inBulk } from "../../db/bulk.ts";
import type { Db } from "../../db/db.ts";
import type { RootDb } from "../../db/pools.ts";
import { inClient } from "../../db/tx.ts";
import type { ImportDto, ImportListInput, RejectedFilters, RejectedListInput, RejectedRow } from "../schema.ts";
import { stageImport } from "../stage.ts";
import { reasonText } from "../text-rules.ts";
import * as history from "./sql.ts";
import type { ImportRow, RejectedRecord } from "./sql.ts";

/** The client's imports, newest first. */
export async function listImports(db: RootDb, client: ClientId, input: ImportListInput): Promise<Page<ImportDto>> {
  const walk = { ...pageStart(input, ["instant", "uuid"]), limit: input.limit };
  const rows = await inClient(db, client, (tx) => history.listImports(tx, client, input.status, walk));
  const page = toPage(rows, input, (row) => [row.key, row.id]);
  return { ...page, rows: page.rows.map(toDto) };
}

export function countImports(db: RootDb, client: ClientId, status: ImportDto["status"] | undefined): Promise<number> {
  return inClient(db, client, (tx) => history.countImports(tx, client, status));
}

/** One import; not_found for another client's. */
export function getImport(db: RootDb, client: ClientId, id: ImportId): Promise<ImportDto> {
  return inClient(db, client, (tx) => findDto(tx, client, id));
}

/** The same inside a transaction. */
export async function findDto(tx: Db, client: ClientId, id: ImportId): Promise<ImportDto> {
  const row = await history.findImport(tx, client, id);
  if (row === null) throw notFound("This import");
  return toDto(row);
}

function toDto(row: ImportRow): ImportDto {
  const { refusalCode, refusalMessage, key: _key, ...shown } = row;
  const { rows, created, updated, unchanged, duplicate, rejected, ...rest } = shown;
  return {
    ...rest,
    refusal: refusalCode === null ? null : { code: refusalCode, message: refusalMessage ?? "" },
    counts: row.status === "imported" ? { rows, created, updated, unchanged, duplicate, rejected } : null,
  };
}

/** The rows that were set aside, or would be while the import waits, by line, each with its reason. */
export async function listRejected(
  db: RootDb,
  client: ClientId,
  input: RejectedListInput,
  now: Date,
): Promise<Page<RejectedRow>> {
  const { key, isBackward } = pageStart(input, ["integer"]);
  const of = await rejectedOf(db, client, input, now);
  const walk = { key: key?.[0] ?? null, isBackward, limit: input.limit };
  const rows = await inClient(db, client, (tx) => inBulk(tx, () => history.listRejected(tx, client, of, walk)));
  return toPage(rows.map(withReason), input, (row) => [row.line]);
}

export async function countRejected(db: RootDb, client: ClientId, input: RejectedFilters, now: Date): Promise<number> {
  const of = await rejectedOf(db, client, input, now);
  return inClient(db, client, (tx) => inBulk(tx, () => history.countRejected(tx, client, of)));
}

const EXPORT_ROWS = 1_000;

/** All rows set aside with their ten cells, read page by page, so that no transaction lives as long as a download. */
export async function* allRejected(
  db: RootDb,
  client: ClientId,
  importId: string,
  now: Date,
): AsyncGenerator<RejectedRow & { cells: string[] }> {
  const of = await rejectedOf(db, client, { importId }, now);
  let key: number | null = null;
  for (;;) {
    const walk = { key, isBackward: false, limit: EXPORT_ROWS };
    const rows: RejectedRecord[] = await inClient(db, client, (tx) =>
      inBulk(tx, () => history.listRejected(tx, client, of, walk)),
    );
    for (const row of rows) yield { ...withReason(row), cells: row.cells };
    if (rows.length <= EXPORT_ROWS) return;
    key = rows.at(-1)!.line;
  }
}

/** Where the rejected rows stand; fills staging again where they are still to be judged and a crash has emptied it. */
async function rejectedOf(db: RootDb, client: ClientId, { importId, ...filters }: RejectedFilters, now: Date) {
  const id = importId as ImportId;
  const { status } = await getImport(db, client, id);
  if (status === "stored") await stageImport(db, client, id, { now });
  return { id, isWaiting: status === "stored", filters };
}

function withReason({ line, handle, column, value, code, detail }: RejectedRecord): RejectedRow {
  return { line, handle, column, value, code, reason: reasonText(code, column, value, detail) };
}
