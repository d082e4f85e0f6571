/** Steps of the nightly sync run one at a time, as the runner would. */
import { randomUUID } from "node:crypto";
import type { ImportId, RunId } from "../server/base/ids.ts";
import type { StepOutcome } from "../server/base/step.ts";
import { inClient } from "../server/db/tx.ts";
import { stageImport } from "../server/imports/stage.ts";
import { storeImport } from "../server/imports/store.ts";
import type { StepName } from "../server/sync/schema.ts";
import { pipeline } from "../server/sync/steps.ts";
import { csvStream, type FileRows } from "./data/daily-file.ts";
import { asOwner, bencher, byOwner, type Ground } from "./ground.ts";
import { countRows, settle, settleProgress } from "./postgres.ts";
import { timed } from "./measure.ts";

const HOUR = 3_600_000;

/** Runs a step in a transaction of its own and commits it. */
export function runStep(ground: Ground, name: StepName, importId: ImportId | null = null): Promise<StepOutcome> {
  const step = pipeline.find((candidate) => candidate.name === name)!;
  return inClient(
    ground.db,
    ground.client,
    (tx) =>
      step.run(
        tx,
        {
          settings: ground.settings,
          runId: randomUUID() as string as RunId,
          actor: { kind: "job", name: "Nightly sync", clientId: ground.client },
          now: ground.now,
        },
        importId,
      ),
    { timeoutMs: HOUR },
  );
}

/** Takes all rows of the client away and forgets what was kept about them, as after a restore of an old backup. */
export async function unseed(ground: Ground): Promise<void> {
  await removeRows(ground);
  await byOwner(ground, "delete from seeding_marks where client_id = $1", [ground.client]);
  await byOwner(ground, "select recount_eligibility($1), recount_progress($1)", [ground.client]);
  await settleProgress(ground);
}

async function removeRows(ground: Ground): Promise<void> {
  const { rows } = await byOwner(ground, "select count(*)::int as clients from clients");
  if (rows[0].clients === 1) return void (await byOwner(ground, "truncate mission_progress, redemptions"));
  await byOwner(ground, "delete from redemptions where client_id = $1", [ground.client]);
  await byOwner(ground, "delete from mission_progress where client_id = $1", [ground.client]);
  await settleProgress(ground);
}

/** Milliseconds of a first seed; the rows stay. */
export async function firstSeed(ground: Ground): Promise<number> {
  await unseed(ground);
  const { ms } = await timed(() => runStep(ground, "seed"));
  ground.firstSeedMs ??= ms;
  await settleProgress(ground);
  return ms;
}

/** Makes sure that everybody has their rows, sums and ranks, and answers what a first seed takes. */
export async function seeded(ground: Ground): Promise<number> {
  if (!ground.hasSums) {
    await runStep(ground, "totals");
    await settle(ground, "users", "creator_ranks", "totals_queue");
    ground.hasSums = true;
  }
  if (ground.firstSeedMs === null) await firstSeed(ground);
  if ((await countRows(ground, "mission_progress")) === 0) await firstSeed(ground);
  return ground.firstSeedMs!;
}

/** Takes a file in as an upload would: spooled, judged, stored. */
export function storeFile(ground: Ground, rows: FileRows): Promise<ImportId> {
  return asOwner(ground, async (owner) => {
    const file = { name: `bench-${randomUUID()}.csv`, source: "cli", stream: csvStream(owner, rows) } as const;
    const options = { now: ground.now, limitBytes: Number.MAX_SAFE_INTEGER };
    const { importId } = await storeImport(ground.db, bencher, ground.client, file, options);
    return importId;
  });
}

/** A whole import, without a clock. */
export async function importFile(ground: Ground, rows: FileRows): Promise<void> {
  const importId = await storeFile(ground, rows);
  await stageImport(ground.db, ground.client, importId, { now: ground.now });
  await runStep(ground, "import", importId);
  await settle(ground, "videos");
}
