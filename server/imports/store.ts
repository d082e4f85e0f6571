/** Keeps a file as it came, and fills the staging table from it. Neither changes programme data. */
import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { from as copyFrom } from "pg-copy-streams";
import type pg from "pg";
import { clientSettings } from "../access/settings.ts";
import { record } from "../audit/record.ts";
import type { Actor } from "../base/actor.ts";
import type { ClientSettings } from "../base/client-settings.ts";
import { AppError, notFound } from "../base/errors.ts";
import type { ClientId, ImportId } from "../base/ids.ts";
import type { Db } from "../db/db.ts";
import type { RootDb } from "../db/pools.ts";
import { inClient, pgDb, withOwner } from "../db/tx.ts";
import { copyColumns, copyLine } from "./copy-text.ts";
import { openCsv } from "./parse.ts";
import { refusalCodeOf } from "./rules.ts";
import { type Spooled, withSpooled } from "./spool.ts";
import * as store from "./sql.ts";
import type { ImportState, NewImport } from "./sql.ts";

const PART_BYTES = 1024 * 1024;
const STORE_TIMEOUT_MS = 10 * 60_000;
const KEPT_DAYS = 30;
/** Fewer rows than this and any plan is good enough. */
const ANALYZE_ROWS = 100;

export interface IncomingFile {
  name: string;
  source: NewImport["source"];
  stream: Readable;
}

/**
 * Stores a file for a later check and import: spools and judges it as a whole (domain reference, section 9), then writes it with
 * its audit entry in one transaction. A refused file throws `file_refused` or `too_large` with its code in `details`; nothing is
 * written then, except that a file from the inbox is recorded as refused, so that it counts as taken. An aborted stream rejects
 * and writes nothing. Memory: one chunk and one record, whatever the size.
 */
export function storeImport(
  db: RootDb,
  actor: Actor,
  client: ClientId,
  file: IncomingFile,
  options: { now: Date; limitBytes: number; end?: (tx: Db) => Promise<void> },
): Promise<{ importId: ImportId }> {
  return withSpooled(file.stream, options.limitBytes, async (spooled) => {
    const refused = spooled.refusal;
    if (refused !== null && file.source !== "inbox") throw refused;
    const importId = await inClient(
      db,
      client,
      async (tx) => {
        const id = await write(tx, client, spooled, {
          ...spooled,
          fileName: shownName(file.name),
          source: file.source,
          refusal: refused === null ? null : { code: refusalCodeOf(refused)!, message: refused.message },
          by: actor,
          now: options.now,
        });
        // A run's last word before the commit: is it still its process's?
        await options.end?.(tx);
        return id;
      },
      { timeoutMs: STORE_TIMEOUT_MS },
    );
    if (refused !== null) throw refused;
    return { importId };
  });
}

async function write(tx: Db, client: ClientId, spooled: Spooled, file: NewImport): Promise<ImportId> {
  const id = await store.insertImport(tx, client, file);
  if (spooled.path !== null) {
    let part = 0;
    for await (const bytes of createReadStream(spooled.path, { highWaterMark: PART_BYTES })) {
      await store.insertPart(tx, client, id, part, bytes as Buffer);
      part += 1;
    }
  }
  await record(tx, file.by, client, {
    action: file.refusal === null ? "import.stored" : "import.refused",
    subject: { kind: "import", id, name: file.fileName },
    after: { source: file.source, ...(file.refusal === null ? {} : { reason: file.refusal.message }) },
    counts: { rows: spooled.rows, bytes: spooled.sizeBytes },
  });
  return id;
}

/** A name that can be stored and shown: no folders, no control characters or broken ones, not endless. */
export function shownName(name: string): string {
  const plain = basename(name.replaceAll("\\", "/"))
    .replace(/[\p{Cc}\p{Cs}]/gu, " ")
    .trim();
  return Array.from(plain).slice(0, 200).join("") || "file.csv";
}

/**
 * Fills staging from the stored file unless its rows are there (a crash empties the table). Safe when two do it at once: the second
 * finds the rows of the first. `begin` is called in the owner's transaction before anything else: a run marks its work with it.
 * Throws not_found, and conflict for an import that is not waiting or whose file is no longer kept.
 */
export async function stageImport(
  db: RootDb,
  client: ClientId,
  id: ImportId,
  options: { now: Date; begin?: (owner: Db) => Promise<void> },
): Promise<void> {
  const { settings, state } = await inClient(db, client, async (tx) => ({
    settings: await clientSettings(tx, client),
    state: waiting(await store.findState(tx, client, id)),
  }));
  if (state.rows === 0) return;
  // COPY is refused under row-level security: this is the owner's one use here, for a client that the caller was authorised for.
  await withOwner(db, async (owner) => {
    await owner.query("begin");
    await options.begin?.(pgDb(owner));
    waiting(await store.findState(pgDb(owner), client, id, { lock: true }));
    const isMissing = (await store.countStaged(pgDb(owner), client, id)) !== state.rows;
    if (isMissing) {
      const gzipped = Readable.from(partsOf(db, client, id));
      await fill(owner, client, { id, settings, now: options.now, rows: state.rows }, gzipped);
    }
    await owner.query("commit");
    if (isMissing && state.rows >= ANALYZE_ROWS) await owner.query("analyze import_rows");
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
}

/** Fills staging in the owner's open transaction from the file's gzipped bytes; what was staged of it before goes. */
export async function fill(owner: pg.ClientBase, client: ClientId, filling: Filling, gzipped: Readable): Promise<void> {
  await store.deleteStaged(pgDb(owner), client, filling.id);
  const copy = owner.query(copyFrom(`copy import_rows (${copyColumns.join(", ")}) from stdin`));
  await pipeline(Readable.from(copyText(client, filling, gzipped)), copy);
  if (copy.rowCount !== filling.rows) {
    throw new Error(`import ${filling.id} has ${filling.rows} rows, but ${copy.rowCount} were staged`);
  }
}

async function* copyText(client: ClientId, { id, settings, now }: Filling, gzipped: Readable): AsyncGenerator<string> {
  const context = { timezone: settings.timezone, currency: settings.currency, now };
  const gunzip = createGunzip({ chunkSize: 64 * 1024 });
  const unpacked = pipeline(gzipped, gunzip);
  // A failure reaches the reader of gunzip; here it must only not count as unhandled.
  unpacked.catch(() => undefined);
  const { columns, batches } = await openCsv(gunzip);
  if (columns === null) return;
  for await (const batch of batches) {
    yield batch.map((row) => copyLine(client, id, row, columns, context)).join("");
  }
}

/** The stored parts of a file, each read in a short transaction of its own. */
async function* partsOf(db: RootDb, client: ClientId, id: ImportId): AsyncGenerator<Uint8Array> {
  for (let part = 0; ; part += 1) {
    const bytes = await inClient(db, client, (tx) => store.findPart(tx, client, id, part));
    if (bytes !== null) yield bytes;
    else if (part > 0) return;
    else
      throw new AppError(
        "conflict",
        `The file is no longer kept: files are deleted after ${KEPT_DAYS} days. Upload it again.`,
      );
  }
}

/** Deletes the bytes of files older than 30 days, with rows still staged from them; answers how many imports lost their file. */
export function sweepImportFiles(tx: Db, client: ClientId, now: Date): Promise<number> {
  return store.deleteFilesBefore(tx, client, new Date(now.getTime() - KEPT_DAYS * 86_400_000));
}
