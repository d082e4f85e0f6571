import type { RunRow, RunStatus } from "../../server/sync/schema.ts";

/** True while a run waits or works: its figures still change. */
export function isLive(status: RunStatus): boolean {
  return status === "queued" || status === "running";
}

/** True when nothing more comes of a run: a held one waits for an owner. */
export function isOver(status: RunStatus): boolean {
  return !isLive(status) && status !== "held";
}

/** True when all eight steps went through. */
export function hasSucceeded(status: RunStatus): boolean {
  return status === "succeeded" || status === "succeeded_with_warnings";
}

/** How a run came about, in words. */
export const SOURCE_WORDS = {
  manual: "by hand",
  schedule: "by the schedule",
  cli: "from the command line",
  demo: "demo",
} as const satisfies Record<RunRow["source"], string>;

/** How long a run took, or has taken so far, in milliseconds; null before it began. */
export function runLength(run: Pick<RunRow, "startedAt" | "endedAt">, now: Date): number | null {
  if (run.startedAt === null) {
    return null;
  }
  return Math.max(0, (run.endedAt ?? now).getTime() - run.startedAt.getTime());
}
