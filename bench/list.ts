/** All benches, in the order in which they leave each other the least to tidy up. */
import { apiLoadBench } from "./benches/api-load.ts";
import { browserBench } from "./benches/browser.ts";
import { consoleBench } from "./benches/console.ts";
import { firstSeedBench } from "./benches/first-seed.ts";
import { changedFileBench, newFileBench } from "./benches/import.ts";
import { neighbourBench } from "./benches/neighbour.ts";
import { quietNightBench, risingNightBench } from "./benches/nightly-seed.ts";
import { nightlySyncBench } from "./benches/nightly-sync.ts";
import { ormLoopBench } from "./benches/orm-loop.ts";
import { pagesBench } from "./benches/pages.ts";
import { previewBench, questionsBench } from "./benches/preview.ts";
import { progressBench } from "./benches/progress.ts";
import { reconcileBench } from "./benches/reconcile.ts";
import { searchBench } from "./benches/search.ts";
import { storageBench } from "./benches/storage.ts";
import type { Bench } from "./bench.ts";
import type { Ground } from "./ground.ts";
import type { Result } from "./result.ts";

export const benches: readonly Bench[] = [
  firstSeedBench,
  storageBench,
  quietNightBench,
  reconcileBench,
  risingNightBench,
  previewBench,
  questionsBench,
  searchBench,
  newFileBench,
  changedFileBench,
  progressBench,
  pagesBench,
  nightlySyncBench,
  apiLoadBench,
  ormLoopBench,
  neighbourBench,
  consoleBench,
  browserBench,
];

/** Hears of each bench as it begins, and of all figures so far as it ends: a run of hours that breaks has not been for nothing. */
export interface Listener {
  begins?: (bench: Bench) => void;
  ended?: (figures: readonly Result[], soFar: readonly Result[]) => void;
  /** without it, what a bench throws ends the run */
  failed?: (bench: Bench, error: unknown) => void;
}

/** Runs them one after the other, also those after one that failed where somebody hears of it. */
export async function runAll(
  ground: Ground,
  chosen: readonly Bench[],
  { begins, ended, failed }: Listener = {},
): Promise<Result[]> {
  const results: Result[] = [];
  for (const bench of chosen) {
    begins?.(bench);
    try {
      const figures = await bench.run(ground);
      results.push(...figures);
      ended?.(figures, results);
    } catch (error) {
      if (failed === undefined) throw error;
      failed(bench, error);
    }
  }
  return results;
}
