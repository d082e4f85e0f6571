import type { Ground } from "./ground.ts";
import type { Result } from "./result.ts";

/** One row of the README's table: measures, answers figures, and leaves everybody seeded. */
export interface Bench {
  /** what `--only` looks for; its figures are called `name.figure` */
  name: string;
  /** one sentence on what is measured */
  about: string;
  /** measured also for growth: it needs neither minutes nor a process of its own */
  isCheap: boolean;
  run: (ground: Ground) => Promise<Result[]>;
}
