import type { JobOutcome, JobStatus, SeedJobDto } from "../../../../server/seeding/jobs/schema.ts";
import { countOf, formatCount } from "../../../lib/numbers.ts";
import { shortSeedName } from "../../../lib/seed-words.ts";
import type { StatusName } from "../../../ui/status.tsx";

const STATUS: Record<JobStatus, StatusName> = {
  queued: "queued",
  running: "running",
  succeeded: "done",
  failed: "failed",
  cancelled: "cancelled",
};

/** The status that stands for a job's in the console. */
export function statusOfJob(status: JobStatus): StatusName {
  return STATUS[status];
}

/** About so many characters fit a title. */
const TITLE = 80;

/** What it is called: "Seed all missions", "Activate Push for 50", "Seed Push for 50, Raffle". */
export function jobTitle({ kind, name }: Pick<SeedJobDto, "kind" | "name">): string {
  return kind === "activation" ? `Activate ${name}` : `Seed ${shortSeedName(name, TITLE)}`;
}

/** What came of it, as a direct seeding tells it: "Created 240,000 rows (the plan said 240,000)." */
export function jobResult(
  { pairs, planId }: Pick<SeedJobDto, "pairs" | "planId">,
  { created, alreadySeeded, woken, replaced }: JobOutcome,
): string {
  const more = [
    ...((woken ?? 0) > 0 ? [`woke ${countOf(woken ?? 0, "row")}`] : []),
    ...((replaced ?? 0) > 0 ? [`replaced ${countOf(replaced ?? 0, "row")} that were over`] : []),
  ];
  const also = more.length === 0 ? "" : ` Also ${more.join(" and ")}.`;
  if (created === 0) {
    return `0 created, ${formatCount(alreadySeeded)} already there.${also}`;
  }
  return `Created ${countOf(created, "row")} (${planId === null ? "counted were" : "the plan said"} ${formatCount(pairs)}).${also}`;
}

/** After so long in the queue somebody should look whether anything works on it. */
const LONG_MS = 60_000;

/** Why one that waits does so. */
export function waitingText(
  { waitsForRun, attempts, createdAt }: Pick<SeedJobDto, "waitsForRun" | "attempts" | "createdAt">,
  now: Date,
): string {
  if (waitsForRun !== null) {
    return `It begins when run ${formatCount(waitsForRun)} has ended; the two would only get in each other's way.`;
  }
  if (attempts === 0 && now.getTime() - createdAt.getTime() > LONG_MS) {
    return "No worker has taken it so far: all of them have other work, or none is running.";
  }
  return attempts > 0
    ? "The process that worked on it has gone and left nothing behind; another takes it in a moment."
    : "A worker takes it in a moment.";
}

/** What is said while it works; there is nothing to see in between, and no share that could be told honestly. */
export function workingText({ attempts }: Pick<SeedJobDto, "attempts">): string {
  const again = attempts > 1 ? ` Attempt ${attempts}: the process before it has gone and left nothing behind.` : "";
  return `All in one step: either every row is created or none, so none is to be seen before the end. You can leave this page.${again}`;
}
