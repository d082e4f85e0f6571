/** Step 1 of the sync: the staged rows of one file become creators and videos (domain reference, sections 8 and 9). */
import { noteImport } from "../access/settings.ts";
import { record } from "../audit/record.ts";
import { AppError } from "../base/errors.ts";
import type { ImportId } from "../base/ids.ts";
import type { StepContext, StepOutcome } from "../base/step.ts";
import { insertNewCreators, insertNewVideos, updateChangedVideos } from "../creators/import-sql.ts";
import { inBulk, withSortMemory } from "../db/bulk.ts";
import type { Db } from "../db/db.ts";
import { findPrevious } from "./history/sql.ts";
import { refusal } from "./rules.ts";
import * as store from "./sql.ts";
import type { ImportState, Verdicts } from "./sql.ts";
import { waiting } from "./stage.ts";

/**
 * Merges a staged import in the given transaction, by sets. Call `stageImport` before it. Throws `file_refused` (no_tiers) for a
 * client without tiers, conflict for an import that is not waiting, unavailable where its staged rows are gone.
 */
export async function mergeImport(tx: Db, step: StepContext, importId: ImportId): Promise<StepOutcome> {
  const client = step.settings.id;
  const state = waiting(await store.findState(tx, client, importId, { lock: true }));
  if (state.rows > 0 && !(await store.hasTiers(tx, client))) throw refusal("no_tiers");

  return withSortMemory(tx, () => inBulk(tx, () => merge(tx, step, importId, state)));
}

async function merge(tx: Db, step: StepContext, importId: ImportId, state: ImportState): Promise<StepOutcome> {
  const client = step.settings.id;
  const verdicts = await store.settleStaged(tx, client, importId);
  const rows = totalOf(verdicts);
  const previous = await findPrevious(tx, client, importId);
  if (rows !== state.rows) {
    throw new AppError(
      "unavailable",
      `The staged rows of ${state.fileName} were lost. Start the sync again: they are read anew.`,
    );
  }
  if (state.allOrNothing && verdicts.rejected > 0)
    throw refusal("rows_rejected", { rejected: verdicts.rejected, rows });
  const creatorsCreated = await write(tx, step, importId, verdicts);
  await store.updateImported(tx, client, importId, {
    ...verdicts,
    rows,
    creatorsCreated,
    runId: step.runId,
    now: step.now,
  });
  await store.deleteStaged(tx, client, importId);
  const outcome = withAge(
    outcomeOf(verdicts, rows, creatorsCreated),
    verdicts.newestPost,
    previous?.newestPost ?? null,
  );
  await record(tx, step.actor, client, {
    action: "import.imported",
    subject: { kind: "import", id: importId, name: state.fileName },
    counts: outcome.counts,
  });
  return outcome;
}

async function write(tx: Db, step: StepContext, importId: ImportId, verdicts: Verdicts): Promise<number> {
  const client = step.settings.id;
  const staged = { settings: step.settings, importId, now: step.now };
  if (verdicts.updated + verdicts.unchanged > 0) {
    await updateChangedVideos(tx, staged);
    if (verdicts.created > 0) await store.deleteStagedKnown(tx, client, importId);
  }
  await store.updateAliased(tx, client, importId);
  const creatorsCreated = verdicts.created === 0 ? 0 : await insertNewCreators(tx, staged);
  const created = verdicts.created === 0 ? 0 : await insertNewVideos(tx, staged);
  if (created !== verdicts.created) {
    throw new Error(`import ${importId}: ${verdicts.created} videos were judged new, ${created} were inserted`);
  }
  if (created + verdicts.updated > 0) await noteImport(tx, client);
  return creatorsCreated;
}

function totalOf({ created, updated, unchanged, duplicate, rejected }: Verdicts): number {
  return created + updated + unchanged + duplicate + rejected;
}

function outcomeOf(verdicts: Verdicts, rows: number, creatorsCreated: number): StepOutcome {
  const { created, updated, unchanged, duplicate, rejected } = verdicts;
  const skipped: Record<string, number> = {};
  if (duplicate > 0) skipped["duplicate"] = duplicate;
  if (unchanged > 0) skipped["unchanged"] = unchanged;
  for (const reason of verdicts.byCode) skipped[reason.code] = (skipped[reason.code] ?? 0) + reason.rows;
  return {
    rowsIn: rows,
    rowsOut: created + updated,
    skipped,
    counts: { rows, created, updated, unchanged, duplicate, rejected, creatorsCreated },
    message: rows === 0 ? "The file has no rows." : messageOf(verdicts),
    warnings: rejected > 0 ? 1 : 0,
  };
}

/** Warns of a file whose newest post is older than that of the last file: a stale export puts older figures back. */
function withAge(outcome: StepOutcome, newest: string | null, before: string | null): StepOutcome {
  if (newest === null || before === null || newest >= before) return outcome;
  const message = `${outcome.message}. The file is an older one: its newest post is of ${newest}, the last file had posts up to ${before}`;
  return { ...outcome, message, warnings: outcome.warnings + 1 };
}

function messageOf({ created, updated, unchanged, duplicate, rejected }: Verdicts): string {
  const figures = [
    [created, "new"],
    [updated, "changed"],
    [unchanged, "same"],
    [duplicate, "duplicate"],
    [rejected, "rejected"],
  ] as const;
  return figures.map(([count, word]) => `${count.toLocaleString("en-US")} ${word}`).join(", ");
}
