/** The folder where exports arrive by themselves: one per client, by subdomain. */
import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { lstat, open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Actor } from "../base/actor.ts";
import type { ClientSettings } from "../base/client-settings.ts";
import type { ClientId, ImportId } from "../base/ids.ts";
import type { RootDb } from "../db/pools.ts";
import { inClient } from "../db/tx.ts";
import { findTaken } from "./sql.ts";
import { type IncomingFile, type StoreOptions, storeImport } from "./store.ts";

/** A file that changed within the last minute may still be on its way. */
const SETTLED_AFTER_MS = 60_000;

export interface InboxFile {
  name: string;
  modifiedAt: Date;
  /** these bytes were imported or refused before, under whatever name */
  isTaken: boolean;
}

interface Candidate {
  name: string;
  path: string;
  modifiedAt: Date;
  /** changes whenever the file does */
  stamp: string;
}

/**
 * The newest CSV file of the client's inbox, by modification time, then name; null where there is none or the newest changed within
 * the last minute (an older one must not be taken in its place: its figures would be put back). Links are not followed.
 */
export async function newestInboxFile(
  db: RootDb,
  client: ClientId,
  settings: Pick<ClientSettings, "subdomain">,
  inboxDir: string,
  now: Date,
): Promise<(InboxFile & { path: string; runNumber: number | null }) | null> {
  const folder = join(inboxDir, settings.subdomain);
  const newest = await newestIn(folder);
  if (newest === null || Math.abs(now.getTime() - newest.modifiedAt.getTime()) < SETTLED_AFTER_MS) return null;
  const sha256 = await knownHashOf(folder, newest);
  const { isTaken, runNumber } = await inClient(db, client, (tx) => findTaken(tx, client, sha256));
  const { name, path, modifiedAt } = newest;
  return { name, path, modifiedAt, isTaken, runNumber };
}

/** The same for a page: without the path, which is the machine's own business. */
export async function newestFileOf(
  db: RootDb,
  settings: ClientSettings,
  where: { inboxDir: string; now: Date },
): Promise<InboxFile | null> {
  const file = await newestInboxFile(db, settings.id, settings, where.inboxDir, where.now);
  return file === null ? null : { name: file.name, modifiedAt: file.modifiedAt, isTaken: file.isTaken };
}

/**
 * Stores a file of the inbox; one that was stored before and not imported yet (its run failed) is not stored twice.
 * A refused file is recorded and throws as in `storeImport`.
 */
export async function takeInboxFile(
  db: RootDb,
  actor: Actor,
  client: ClientId,
  file: { path: string; name: string },
  options: StoreOptions,
): Promise<{ importId: ImportId }> {
  const importId = await waitingImport(db, client, file.path);
  if (importId !== null) return { importId };
  return storeImport(db, actor, client, await openInboxFile(file), options);
}

/** The import of these very bytes that came from the inbox and still waits, because its run failed; null: to be stored yet. */
export async function waitingImport(db: RootDb, client: ClientId, path: string): Promise<ImportId | null> {
  const sha256 = await hashOf(path);
  const { storedId } = await inClient(db, client, (tx) => findTaken(tx, client, sha256));
  return storedId;
}

/** A file of the inbox, to be read once. */
export async function openInboxFile({ path, name }: { path: string; name: string }): Promise<IncomingFile> {
  const handle = await openFile(path);
  return { name, source: "inbox", stream: handle.createReadStream() };
}

async function newestIn(folder: string): Promise<Candidate | null> {
  let newest: Candidate | null = null;
  for (const name of await namesIn(folder)) {
    const candidate = await candidateAt(folder, name);
    if (candidate !== null && (newest === null || isNewer(candidate, newest))) newest = candidate;
  }
  return newest;
}

function isNewer(a: Candidate, b: Candidate): boolean {
  const later = a.modifiedAt.getTime() - b.modifiedAt.getTime();
  return later === 0 ? a.name > b.name : later > 0;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder);
    // A name that begins with a dot is a transfer that is still under way.
    return names.filter((name) => /\.csv$/i.test(name) && !name.startsWith("."));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** Regular files only: a link could point at anything on the machine, a pipe would be read for ever. */
async function candidateAt(folder: string, name: string): Promise<Candidate | null> {
  const path = join(folder, name);
  try {
    const stats = await lstat(path);
    const stamp = [path, stats.ino, stats.size, stats.mtimeMs, stats.ctimeMs].join(" ");
    return stats.isFile() ? { name, path, modifiedAt: stats.mtime, stamp } : null;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** Gone meanwhile, or a folder that nobody has made yet. */
function isMissing(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === "ENOENT" || code === "ENOTDIR";
}

/** The last hash of each inbox: a page that shows the newest file need not read all of it each time. */
const hashes = new Map<string, { stamp: string; sha256: string }>();

async function knownHashOf(folder: string, { path, stamp }: Candidate): Promise<string> {
  const known = hashes.get(folder);
  if (known?.stamp === stamp) return known.sha256;
  const sha256 = await hashOf(path);
  hashes.set(folder, { stamp, sha256 });
  return sha256;
}

function openFile(path: string) {
  return open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
}

async function hashOf(path: string): Promise<string> {
  const handle = await openFile(path);
  const hash = createHash("sha256");
  await pipeline(handle.createReadStream(), hash);
  return hash.digest("hex");
}
