/** Keeps a file as it came. No programme data is touched. */
import { createReadStream } from "node:fs";
import { basename } from "node:path";
import type { Readable } from "node:stream";
import { record } from "../audit/record.ts";
import type { Actor } from "../base/actor.ts";
import type { ClientId, ImportId } from "../base/ids.ts";
import type { Db } from "../db/db.ts";
import type { RootDb } from "../db/pools.ts";
import { inClient } from "../db/tx.ts";
import { type ColumnNames, refusalCodeOf } from "./rules.ts";
import { type Spooled, withSpooled } from "./spool.ts";
import * as store from "./sql.ts";
import type { NewImport } from "./sql.ts";
import { KEPT_DAYS } from "./stage.ts";

/**
 * On its way a part is text in hexadecimal: above 128 KB V8 keeps such a text apart from what is short-lived, and lets dozens pile up
 * before it looks (25 MB in a night).
 */
const PART_BYTES = 48 * 1024;
const STORE_TIMEOUT_MS = 10 * 60_000;

export interface IncomingFile {
  name: string;
  source: NewImport["source"];
  stream: Readable;
}

export interface StoreOptions {
  now: Date;
  limitBytes: number;
  /** the last word before the commit: is the run that takes the file still its process's? */
  end?: ((tx: Db) => Promise<void>) | undefined;
}

/**
 * Stores a file for a later check and import: spools and judges it as a whole (domain reference, section 9), then writes it with
 * its audit entry in one transaction. A refused file throws `file_refused` or `too_large` with its code in `details`; nothing is
 * written then, except that a file from a source is recorded as refused, so that it counts as taken. An aborted stream rejects
 * and writes nothing. Memory: one chunk and one record, whatever the size.
 */
export async function storeImport(
  db: RootDb,
  actor: Actor,
  client: ClientId,
  file: IncomingFile,
  options: StoreOptions,
): Promise<{ importId: ImportId }> {
  const columnNames = await inClient(db, client, (tx) => store.findColumnNames(tx, client));
  return withSpooled(file.stream, { limitBytes: options.limitBytes, columnNames }, async (spooled) => ({
    importId: await keep(db, actor, client, { ...options, file, spooled, columnNames }),
  }));
}

/** The same for a file that a source may have sent before: bytes that were taken are not stored again, bytes that wait are not stored twice. */
export async function storeUnlessTaken(
  db: RootDb,
  actor: Actor,
  client: ClientId,
  file: IncomingFile,
  options: StoreOptions,
): Promise<{ kind: "stored"; importId: ImportId } | { kind: "taken"; runNumber: number | null }> {
  const columnNames = await inClient(db, client, (tx) => store.findColumnNames(tx, client));
  return withSpooled(file.stream, { limitBytes: options.limitBytes, columnNames }, async (spooled) => {
    const known = await inClient(db, client, (tx) => store.findTaken(tx, client, spooled.sha256));
    if (known.isTaken) return { kind: "taken", runNumber: known.runNumber };
    if (known.storedId !== null) return { kind: "stored", importId: known.storedId };
    return {
      kind: "stored",
      importId: await keep(db, actor, client, { ...options, file, spooled, columnNames }),
    };
  });
}

interface Kept extends StoreOptions {
  file: IncomingFile;
  spooled: Spooled;
  columnNames: ColumnNames;
}

async function keep(
  db: RootDb,
  by: Actor,
  client: ClientId,
  { file, spooled, columnNames, now, end }: Kept,
): Promise<ImportId> {
  const refused = spooled.refusal;
  if (refused !== null && file.source !== "inbox" && file.source !== "https") throw refused;
  const importId = await inClient(
    db,
    client,
    async (tx) => {
      const id = await write(tx, client, spooled, {
        ...spooled,
        fileName: shownName(file.name),
        source: file.source,
        refusal: refused === null ? null : { code: refusalCodeOf(refused)!, message: refused.message },
        columnNames,
        by,
        now,
      });
      await end?.(tx);
      return id;
    },
    { timeoutMs: STORE_TIMEOUT_MS },
  );
  if (refused !== null) throw refused;
  return importId;
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

/** Deletes the bytes of files older than 30 days, with rows still staged from them; answers how many imports lost their file. */
export function sweepImportFiles(tx: Db, client: ClientId, now: Date): Promise<number> {
  return store.deleteFilesBefore(tx, client, new Date(now.getTime() - KEPT_DAYS * 86_400_000));
}
