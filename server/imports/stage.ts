/** Fills the staging table from a stored file. No programme data is touched. */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { from as copyFrom } from "pg-copy-streams";
import type pg from "pg";
import { clientSettings } from "../access/settings.ts";
import type { ClientSettings } from "../base/client-settings.ts";
import { AppError, notFound } from "../base/errors.ts";
import type { ClientId, ImportId } from "../base/ids.ts";
import type { Db } from "../db/db.ts";
import type { RootDb } from "../db/pools.ts";
import { tableItself } from "../db/homes.ts";
import { inClient, pgDb, withOwnerOf } from "../db/tx.ts";
import { copyColumns, copyLine } from "./copy-text.ts";
import { openCsv } from "./parse.ts";
import type { ColumnNames } from "./rules.ts";
import * as store from "./sql.ts";
import type { ImportState } from "./sql.ts";

/** Files are kept this long. */
export const KEPT_DAYS = 30;
/** Read in one go, of 48 KB each (files that were stored by earlier releases have 1 MB). */
const PARTS_AT_ONCE = 4;
/** Fewer rows than this and any plan is good enough. */
const ANALYZE_ROWS = 100;

export interface StageOptions {
  now: Date;
  /** the name under which the connection is found while it reads: how far it is, and to stop it */
  workName?: string | undefined;
  /** called in the owner's transaction before anything else: a run marks its work with it */
  begin?: ((owner: Db) => Promise<void>) | undefined;
}

/**
 * Fills staging from the stored file unless its rows are there (a crash empties the table). Safe when two do it at once: the second
 * finds the rows of the first. Throws not_found, and conflict for an import that is not waiting or whose file is no longer kept.
 */
export async function stageImport(db: RootDb, client: ClientId, id: ImportId, options: StageOptions): Promise<void> {
  const { settings, state } = await inClient(db, client, async (tx) => ({
    settings: await clientSettings(tx, client),
    state: waiting(await store.findState(tx, client, id)),
  }));
  if (state.rows === 0) return;
  // COPY is refused under row-level security: this is the owner's one use here, for a client that the caller was authorised for.
  await withOwnerOf(db, client, async (owner) => {
    await owner.query("begin");
    await options.begin?.(pgDb(owner));
    if (options.workName !== undefined) await store.nameWork(pgDb(owner), options.workName);
    waiting(await store.findState(pgDb(owner), client, id, { lock: true }));
    const isMissing = (await store.countStaged(pgDb(owner), client, id)) !== state.rows;
    if (isMissing) {
      const gzipped = Readable.from(partsOf(db, client, id));
      await fill(
        owner,
        client,
        { id, settings, now: options.now, rows: state.rows, columnNames: state.columnNames },
        gzipped,
      );
    }
    await owner.query("commit");
    if (isMissing && state.rows >= ANALYZE_ROWS) {
      await owner.query(`analyze ${await tableItself(pgDb(owner), "import_rows")}`);
    }
  });
}

/** The state of an import that can still be checked, imported or discarded; otherwise throws what to tell. */
export function waiting(state: ImportState | null): ImportState {
  if (state === null) throw notFound("This import");
  if (state.status === "imported") {
    const run = state.runNumber === null ? "" : ` by sync ${state.runNumber}`;
    throw new AppError("conflict", `${state.fileName} was imported${run} already.`);
  }
  if (state.status === "discarded") throw new AppError("conflict", `${state.fileName} was discarded. Upload it again.`);
  if (state.status === "refused")
    throw new AppError("conflict", `${state.fileName} was refused and cannot be imported.`);
  return state;
}

export interface Filling {
  id: ImportId;
  settings: ClientSettings;
  now: Date;
  rows: number;
  /** as they were when the file was judged */
  columnNames: ColumnNames;
}

/** Fills staging in the owner's open transaction from the file's gzipped bytes; what was staged of it before goes. */
export async function fill(owner: pg.ClientBase, client: ClientId, filling: Filling, gzipped: Readable): Promise<void> {
  await store.deleteStaged(pgDb(owner), client, filling.id);
  const table = await tableItself(pgDb(owner), "import_rows");
  const copy = owner.query(copyFrom(`copy ${table} (${copyColumns.join(", ")}) from stdin`));
  await pipeline(Readable.from(copyText(client, filling, gzipped)), copy);
  if (copy.rowCount !== filling.rows) {
    throw new Error(`import ${filling.id} has ${filling.rows} rows, but ${copy.rowCount} were staged`);
  }
}

async function* copyText(client: ClientId, filling: Filling, gzipped: Readable): AsyncGenerator<string> {
  const { id, settings, now, columnNames } = filling;
  const context = { timezone: settings.timezone, currency: settings.currency, now };
  const gunzip = createGunzip({ chunkSize: 64 * 1024 });
  const unpacked = pipeline(gzipped, gunzip);
  // A failure reaches the reader of gunzip; here it must only not count as unhandled.
  unpacked.catch(() => undefined);
  const { columns, batches } = await openCsv(gunzip, columnNames);
  if (columns === null) return;
  for await (const batch of batches) {
    yield batch.map((row) => copyLine(client, id, row, columns, context)).join("");
  }
}

/** The stored parts of a file, a few of them read in each short transaction. */
async function* partsOf(db: RootDb, client: ClientId, id: ImportId): AsyncGenerator<Uint8Array> {
  for (let from = 0; ; from += PARTS_AT_ONCE) {
    const parts = await inClient(db, client, (tx) => store.listParts(tx, client, id, { from, count: PARTS_AT_ONCE }));
    if (from === 0 && parts.length === 0) {
      throw new AppError(
        "conflict",
        `The file is no longer kept: files are deleted after ${KEPT_DAYS} days. Upload it again.`,
      );
    }
    yield* parts;
    if (parts.length < PARTS_AT_ONCE) return;
  }
}
