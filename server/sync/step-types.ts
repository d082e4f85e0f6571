import type { ImportId } from "../base/ids.ts";
import type { Log } from "../base/log.ts";
import type { SourceDeps } from "../imports/sources/fetching.ts";
import type { StepContext, StepOutcome } from "../base/step.ts";
import type { Db } from "../db/db.ts";
import type { RootDb } from "../db/pools.ts";
import type { GrownTable } from "../db/statistics.ts";
import type { StepName } from "./schema.ts";
import type { ClaimedRun } from "./sql.ts";

/** The run is no longer this process's: what is under way is rolled back. */
export class LeaseLost extends Error {}

export interface PrepareDeps {
  now: () => Date;
  log: Log;
  /** folder that holds one inbox per client */
  inboxDir: string;
  /** a file of the inbox may be as large as an upload */
  uploadLimitBytes: number;
  /** for clients whose file is fetched from an address */
  sources?: SourceDeps | undefined;
}

/** One step of the pipeline. `run` is given an open transaction and never commits: all eight could run in one and be rolled back. */
export interface SyncStep {
  name: StepName;
  /** What cannot happen inside the step's transaction, done before it opens; answers the file to import, if there is one. */
  prepare?: (db: RootDb, step: StepContext, run: ClaimedRun, deps: PrepareDeps) => Promise<ImportId | null>;
  run: (tx: Db, step: StepContext, importId: ImportId | null) => Promise<StepOutcome>;
  /** tables it adds rows to, each with the count that says how many: the steps after it are planned with statistics of them */
  fills?: Readonly<Partial<Record<GrownTable, string>>>;
}
