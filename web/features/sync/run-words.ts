import { keptWords } from "../../../server/sync/schema.ts";
import type { RunDto, RunTotals, StepDto } from "../../../server/sync/schema.ts";
import { formatDuration } from "../../lib/dates.ts";
import { countOf, formatCount } from "../../lib/numbers.ts";
import { hasSucceeded } from "../../lib/runs.ts";

/** A piece of a sentence; the strong ones carry its numbers. */
export interface Piece {
  text: string;
  strong?: boolean;
}

/** The step a run stands at: the one running or failed; null when none has begun or all are done. */
export function stepAt(steps: readonly StepDto[]): StepDto | null {
  return steps.find((step) => step.status !== "succeeded" && step.status !== "waiting") ?? null;
}

/** "9 promoted, 2 demoted, 236 seeded, 31 completed". */
export function changeWords(totals: RunTotals): string {
  const { promoted, demoted, seeded, completed } = totals;
  const words = [
    [promoted, "promoted"],
    [demoted, "demoted"],
    [seeded, "seeded"],
    [completed, "completed"],
  ] as const;
  return words.map(([count, word]) => `${formatCount(count)} ${word}`).join(", ");
}

/** Rows of the file that were set aside, as a sentence; empty when there were none. */
export function setAsideWords(rejected: number): string {
  if (rejected === 0) {
    return "";
  }
  return rejected === 1
    ? "1 row of the file was set aside."
    : `${formatCount(rejected)} rows of the file were set aside.`;
}

export interface RunMoment {
  /** When it was started, as the page writes times: "10:32:41 New York". */
  startedAt: string;
  /** Its length in milliseconds; null before it began. */
  length: number | null;
}

/** The one sentence over a run: where it stands, or what it did and what was kept. */
export function runSentence(run: RunDto, moment: RunMoment): Piece[] {
  if (run.status === "queued") {
    return [
      { text: `Asked for by ${run.byName} at ${moment.startedAt}. ` },
      { text: "It starts as soon as the engine is free.", strong: true },
      { text: " You can leave this page." },
    ];
  }
  if (run.status === "running") {
    return runningPieces(run, moment);
  }
  if (run.status === "held") {
    return heldPieces(run, moment);
  }
  return hasSucceeded(run.status) ? donePieces(run, moment) : stoppedPieces(run, moment);
}

function runningPieces(run: RunDto, moment: RunMoment): Piece[] {
  const done = run.steps.filter((step) => step.status === "succeeded").length;
  const position = Math.min(run.steps.length, stepAt(run.steps)?.position ?? done + 1);
  return [
    { text: `Step ${position} of ${run.steps.length}, started by ${run.byName} at ${moment.startedAt}. ` },
    { text: `${countOf(done, "step")} done, nothing failed.`, strong: true },
    { text: " You can leave this page." },
  ];
}

function heldPieces(run: RunDto, moment: RunMoment): Piece[] {
  const step = run.steps.find(({ status }) => status === "held");
  return [
    { text: `Held before step ${step?.position ?? 1}: ` },
    { text: step?.message ?? "a guard tripped.", strong: true },
    { text: ` ${keptWords(run.steps)} Nothing after was touched. Started by ${run.byName} at ${moment.startedAt}.` },
  ];
}

function donePieces(run: RunDto, moment: RunMoment): Piece[] {
  const { redemptions, rejected } = run.totals;
  const took = moment.length === null ? "" : ` in ${formatDuration(moment.length)}`;
  const aside = setAsideWords(rejected);
  return [
    { text: `Went through${took}: ` },
    { text: changeWords(run.totals), strong: true },
    { text: `, ${countOf(redemptions, "redemption")} made. ${aside === "" ? "" : `${aside} `}` },
    { text: `Started by ${run.byName} at ${moment.startedAt}.` },
  ];
}

function stoppedPieces(run: RunDto, moment: RunMoment): Piece[] {
  const verb = run.status === "failed" ? "Failed" : run.status === "discarded" ? "Discarded" : "Cancelled";
  const hasSaved = run.steps.some((step) => step.status === "succeeded");
  return [
    { text: `${verb} ${stopWords(run.steps)}. ` },
    { text: keptWords(run.steps), strong: true },
    { text: hasSaved ? " Nothing after them was touched. " : " " },
    { text: `Started by ${run.byName} at ${moment.startedAt}.` },
  ];
}

/** Where it stopped: "at step 7, progress". */
function stopWords(steps: readonly StepDto[]): string {
  const step = stepAt(steps);
  if (step === null) {
    return "between two steps";
  }
  if (step.startedAt === null) {
    return step.position === 1
      ? "before it began"
      : `before step ${step.position}, ${STEP_NAMES[step.name].toLowerCase()}`;
  }
  return `at step ${step.position}, ${STEP_NAMES[step.name].toLowerCase()}`;
}

/** The steps by their names on the page. */
export const STEP_NAMES = {
  import: "Import",
  adjustments: "Adjustments",
  totals: "Totals",
  tiers: "Tiers",
  seed: "Seed",
  wake: "Wake",
  progress: "Progress",
  redemptions: "Redemptions",
} as const satisfies Record<StepDto["name"], string>;
