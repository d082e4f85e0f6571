/** Step 1: the file of the run, or what the client's source has (domain reference, sections 8 and 9). */
import type { ImportId } from "../base/ids.ts";
import type { StepContext, StepOutcome } from "../base/step.ts";
import type { Db } from "../db/db.ts";
import type { RootDb } from "../db/pools.ts";
import { inClient } from "../db/tx.ts";
import { mergeImport } from "../imports/merge.ts";
import { stageImport } from "../imports/stage.ts";
import { sourcesOf } from "../imports/sources/fetching.ts";
import { sourceNote, takeFromSource } from "../imports/sources/take.ts";
import { sweepImportFiles } from "../imports/store.ts";
import type { ClaimedRun } from "./sql.ts";
import { beginWork, hasLease, setRunImport } from "./sql.ts";
import { LeaseLost } from "./step-types.ts";
import type { PrepareDeps } from "./step-types.ts";

/**
 * Finds the run's file and fills its staging rows, which needs the owner's connection and so cannot happen in the step's
 * transaction. Null when there is no file to import. A refused file throws `file_refused` with its sentence.
 */
export async function prepareImport(
  db: RootDb,
  step: StepContext,
  run: ClaimedRun,
  deps: PrepareDeps,
): Promise<ImportId | null> {
  const importId = run.importId ?? (run.takesInbox ? await takeNew(db, step, run, deps) : null);
  // A process that is paused here must not keep the next one from the file, nor bring it a second time when it wakes.
  const begin = async (owner: Db) => {
    await beginWork(owner, run.id);
    await keepLease(owner, step, run);
  };
  if (importId !== null) await stageImport(db, step.settings.id, importId, { now: step.now, begin });
  return importId;
}

async function takeNew(db: RootDb, step: StepContext, run: ClaimedRun, deps: PrepareDeps): Promise<ImportId | null> {
  const client = step.settings.id;
  const { inboxDir, uploadLimitBytes } = deps;
  const end = (tx: Db) => keepLease(tx, step, run);
  const importId = await takeFromSource(db, step, { inboxDir, uploadLimitBytes, sources: sourcesOf(deps), end });
  if (importId !== null) await inClient(db, client, (tx) => setRunImport(tx, client, run, importId));
  return importId;
}

async function keepLease(db: Db, step: StepContext, run: ClaimedRun): Promise<void> {
  if (!(await hasLease(db, step.settings.id, run))) throw new LeaseLost();
}

/** Merges the staged file, if there is one, and lets go of files that were kept long enough. */
export async function importStep(tx: Db, step: StepContext, importId: ImportId | null): Promise<StepOutcome> {
  const outcome = importId === null ? await withoutAny(tx, step) : await mergeImport(tx, step, importId);
  await sweepImportFiles(tx, step.settings.id, step.now);
  return outcome;
}

/** Says why there is no file where the run looked for one; a source that could not be reached is worth a warning. */
async function withoutAny(tx: Db, step: StepContext): Promise<StepOutcome> {
  const note = await sourceNote(tx, step.settings.id, step.runId);
  if (note === null) return withoutFile;
  return {
    ...withoutFile,
    message: `${note.message} The other steps ran on what is there`,
    warnings: note.outcome === "failed" ? 1 : 0,
  };
}

const withoutFile: StepOutcome = {
  rowsIn: 0,
  rowsOut: 0,
  skipped: {},
  counts: { rows: 0, created: 0, updated: 0, unchanged: 0, duplicate: 0, rejected: 0, creatorsCreated: 0 },
  message: "No new file; the other steps ran on what is there",
  warnings: 0,
};
