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

/** Runs them one after the other; `tell` hears of each as it begins. */
export async function runAll(
  ground: Ground,
  chosen: readonly Bench[],
  tell: (bench: Bench) => void,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const bench of chosen) {
    tell(bench);
    results.push(...(await bench.run(ground)));
  }
  return results;
}
