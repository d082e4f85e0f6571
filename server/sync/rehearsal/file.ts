/** The file of a rehearsal: a stored one, one of this machine, or what tonight would take from the inbox. Nothing of it is kept. */
import { createReadStream } from "node:fs";
import type { ImportId } from "../../base/ids.ts";
import type { StepContext } from "../../base/step.ts";
import type { RootDb } from "../../db/pools.ts";
import { newestInboxFile, openInboxFile, waitingImport } from "../../imports/inbox.ts";
import { storeWithin } from "../../imports/rehearse-file.ts";
import { sourcesOf } from "../../imports/sources/fetching.ts";
import { sourceForRehearsal } from "../../imports/sources/try.ts";
import { stageImport } from "../../imports/stage.ts";
import type { IncomingFile } from "../../imports/store.ts";
import type { PrepareDeps } from "../step-types.ts";
import type { Line } from "./line.ts";

/** What it is to play with; without either, what tonight would take. */
export interface FileChoice {
  importId?: string | undefined;
  /** a file of this machine, for the command line */
  file?: { path: string; name: string } | undefined;
}

/** `stored` is staged already, outside of the line; `loose` is stored and staged on it. */
export type ReadyFile =
  | { kind: "none" }
  | { kind: "stored"; importId: ImportId; name: string | null }
  | { kind: "loose"; name: string; open: () => Promise<IncomingFile> };

/**
 * Finds the file and stages a stored one, as a check of it does: staging needs the owner's connection and stays. To be done before
 * the line is opened, whose look at the world begins then.
 */
export async function readyFile(
  db: RootDb,
  step: StepContext,
  choice: FileChoice,
  deps: PrepareDeps,
): Promise<ReadyFile> {
  const { settings, now } = step;
  const { file } = choice;
  if (file !== undefined) {
    const open = () =>
      Promise.resolve({ name: file.name, source: "cli" as const, stream: createReadStream(file.path) });
    return { kind: "loose", name: file.name, open };
  }
  if (choice.importId !== undefined) return stored(db, step, choice.importId as ImportId, null);
  const source = await sourceForRehearsal(db, settings.id, { ...deps, sources: sourcesOf(deps) });
  if (source.kind === "none") return { kind: "none" };
  if (source.kind === "waiting") return stored(db, step, source.importId, null);
  if (source.kind === "file") {
    return { kind: "loose", name: source.file.name, open: () => Promise.resolve(source.file) };
  }
  const newest = await newestInboxFile(db, settings.id, settings, deps.inboxDir, now);
  if (newest === null || newest.isTaken) return { kind: "none" };
  const waiting = await waitingImport(db, settings.id, newest.path);
  if (waiting !== null) return stored(db, step, waiting, newest.name);
  return { kind: "loose", name: newest.name, open: () => openInboxFile(newest) };
}

async function stored(db: RootDb, step: StepContext, importId: ImportId, name: string | null): Promise<ReadyFile> {
  await stageImport(db, step.settings.id, importId, { now: step.now });
  return { kind: "stored", importId, name };
}

/** Brings the file into the line's transaction and answers the import to merge; null without a file. A refused file throws. */
export async function bringFile(
  line: Line,
  step: StepContext,
  file: ReadyFile,
  deps: PrepareDeps,
): Promise<ImportId | null> {
  if (file.kind === "none") return null;
  if (file.kind === "stored") return file.importId;
  const options = { now: step.now, limitBytes: deps.uploadLimitBytes };
  const incoming = await file.open();
  return line.asOwner((owner) => storeWithin(owner, step.actor, step.settings, incoming, options));
}
