import { z } from "zod";
import type { RunRow, StepName, StepStatus } from "../schema.ts";

/** `withRunId`: the run it is measured against, usually an earlier one. */
export const compareInput = z.object({ runId: z.guid(), withRunId: z.guid() });
export type CompareInput = z.infer<typeof compareInput>;

/** One figure of both runs: null where that run's step has not run, or does not count it. */
export interface ComparedFigure {
  /** "in", "out", "milliseconds", the name of a count or the reason of a skip */
  name: string;
  kind: "rows" | "time" | "count" | "skipped";
  before: number | null;
  after: number | null;
}

export interface ComparedStep {
  position: number;
  name: StepName;
  status: { before: StepStatus; after: StepStatus };
  figures: ComparedFigure[];
}

/** `after` is the run of the page, `before` the one it is measured against. */
export interface RunComparison {
  before: RunRow;
  after: RunRow;
  steps: ComparedStep[];
}
