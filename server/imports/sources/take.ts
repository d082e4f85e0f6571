/** Finds the file of a run: fetched from its address, or the newest of the inbox. What was found is noted for the run and the page. */
import type { Actor } from "../../base/actor.ts";
import type { ClientSettings } from "../../base/client-settings.ts";
import { AppError } from "../../base/errors.ts";
import type { ClientId, ImportId, RunId } from "../../base/ids.ts";
import type { Db } from "../../db/db.ts";
import type { RootDb } from "../../db/pools.ts";
import { inClient } from "../../db/tx.ts";
import { newestInboxFile, takeInboxFile } from "../inbox.ts";
import { findState } from "../sql.ts";
import { type IncomingFile, storeUnlessTaken } from "../store.ts";
import { SourceFailed } from "./fetch.ts";
import { fetching, limitOf, type SourceDeps } from "./fetching.ts";
import * as store from "./sql.ts";
import type { Note, SourceRow } from "./sql.ts";

export interface Taking {
  settings: ClientSettings;
  actor: Actor;
  runId: RunId;
  now: Date;
}

export interface TakeDeps {
  /** the last word before a file is stored: is the run still its process's? */
  end?: ((tx: Db) => Promise<void>) | undefined;
  inboxDir: string;
  uploadLimitBytes: number;
  sources: SourceDeps;
}

/**
 * The import that the run is to take, stored and waiting, or null where there is no new file: `sourceNote` says why. A source that
 * cannot be reached is no failure of the run. A refused file throws its refusal and counts as taken.
 */
export async function takeFromSource(db: RootDb, taking: Taking, deps: TakeDeps): Promise<ImportId | null> {
  const client = taking.settings.id;
  const source = await inClient(db, client, async (tx) => {
    await store.ensureSource(tx, client, taking.now);
    return (await store.findSource(tx, client))!;
  });
  const note = (what: Omit<Note, "runId" | "now">) =>
    inClient(db, client, (tx) => store.updateNote(tx, client, { ...what, runId: taking.runId, now: taking.now }));
  try {
    return source.kind === "https"
      ? await takeFetched(db, taking, deps, source, note)
      : await takeNewest(db, taking, deps, note);
  } catch (error) {
    if (error instanceof SourceFailed) {
      await note({ outcome: "failed", message: error.message });
      return null;
    }
    if (error instanceof AppError && error.code === "file_refused") {
      await note({ outcome: "refused", message: error.message });
    }
    throw error;
  }
}

type Noting = (what: Omit<Note, "runId" | "now">) => Promise<void>;

async function takeNewest(db: RootDb, taking: Taking, deps: TakeDeps, note: Noting): Promise<ImportId | null> {
  const { settings, now, actor } = taking;
  const file = await newestInboxFile(db, settings.id, settings, deps.inboxDir, now);
  if (file === null) return null;
  if (file.isTaken) {
    await note({ outcome: "same", message: `${file.name} ${takenBy(file.runNumber)}.` });
    return null;
  }
  const options = { now, limitBytes: deps.uploadLimitBytes, end: deps.end };
  const { importId } = await takeInboxFile(db, actor, settings.id, file, options);
  await note({ outcome: "new", message: `${file.name} came from the inbox.`, importId });
  return importId;
}

function takenBy(run: number | null): string {
  return run === null ? "was taken before" : `was taken by run ${run}`;
}

async function takeFetched(
  db: RootDb,
  taking: Taking,
  deps: TakeDeps,
  source: SourceRow,
  note: Noting,
): Promise<ImportId | null> {
  const client = taking.settings.id;
  const limitBytes = limitOf(source, deps.uploadLimitBytes);
  let marks: Note["marks"];
  const taken = await fetching(
    client,
    source,
    deps.sources,
    async (fetched) => {
      if (fetched.kind === "unchanged") return { kind: "unchanged" } as const;
      const { name, etag, lastModified } = fetched;
      const file: IncomingFile = { name, source: "https", stream: fetched.stream };
      marks = { etag, lastModified };
      return {
        ...(await storeUnlessTaken(db, taking.actor, client, file, { now: taking.now, limitBytes, end: deps.end })),
        name,
      };
    },
    limitBytes,
  ).catch(async (error: unknown) => {
    // Judged is taken: the same file is not fetched and refused again every night.
    if (marks !== undefined && error instanceof AppError) {
      await note({ outcome: "refused", message: error.message, marks });
    }
    throw error;
  });
  if (taken.kind === "unchanged") return whenUnchanged(db, client, source, note);
  if (taken.kind === "taken") {
    await note({ outcome: "same", message: `${taken.name} ${takenBy(taken.runNumber)}.`, marks });
    return null;
  }
  await note({ outcome: "new", message: `${taken.name} was fetched.`, importId: taken.importId, marks });
  return taken.importId;
}

/** The source has nothing newer; what it sent last may still wait, because its run came to no end. */
async function whenUnchanged(db: RootDb, client: ClientId, source: SourceRow, note: Noting): Promise<ImportId | null> {
  const last = source.lastImportId as ImportId | null;
  const { state, taker } = await inClient(db, client, async (tx) => ({
    state: last === null ? null : await findState(tx, client, last),
    taker: last === null ? null : await store.findTaker(tx, client, last),
  }));
  if (state?.status === "stored") {
    await note({ outcome: "new", message: `${state.fileName} was fetched before and waited.` });
    return last;
  }
  const which = state === null ? "" : `: still ${state.fileName}, which ${takenBy(taker)}`;
  await note({ outcome: "unchanged", message: `The source has no newer file${which}.` });
  return null;
}

/** What the run found where it looked for a file, in a sentence; null where it did not look. */
export function sourceNote(tx: Db, client: ClientId, runId: RunId): Promise<Pick<Note, "outcome" | "message"> | null> {
  return store.findNote(tx, client, runId);
}
