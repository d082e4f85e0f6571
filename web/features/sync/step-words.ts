import { stepNames } from "../../../server/sync/schema.ts";
import type { RunStatus, RunStepDto, StepDto } from "../../../server/sync/schema.ts";
import { countOf, formatCount } from "../../lib/numbers.ts";
import { isLive } from "../../lib/runs.ts";
import type { Step } from "../../ui/step-list.tsx";
import { STEP_NAMES } from "./run-words.ts";

/** A step of a run, or of a rehearsal, where none waits for long. */
type ShownStep = StepDto & Partial<Pick<RunStepDto, "waitsFor">>;

interface ShownRun {
  status: RunStatus;
  hasFile: boolean;
  /** It failed and may be retried: its later steps still wait. */
  canGoOn?: boolean;
}

/** A step as its row says it. `now` drives the time of the one that is running. */
export function stepRow(step: ShownStep, run: ShownRun, now: Date): Step {
  const status = shownStatus(step, run);
  const isDone = step.status === "succeeded";
  const isHeld = step.status === "held";
  return {
    number: step.position,
    name: STEP_NAMES[step.name],
    status,
    input: isDone || isHeld ? inputWords(step, run.hasFile) : undefined,
    output: isDone ? outputWords(step) : isHeld ? "nothing written" : undefined,
    message: messageWords(step, status),
    milliseconds: lengthOf(step, now),
  };
}

/** A step that had not begun when its run was over will never come: it was skipped. */
function shownStatus(step: StepDto, run: ShownRun): Step["status"] {
  if (step.status === "succeeded") {
    return "done";
  }
  const canCome = isLive(run.status) || run.canGoOn === true || run.status === "held";
  return step.startedAt === null && !canCome ? "skipped" : step.status;
}

function lengthOf(step: StepDto, now: Date): number | null {
  if (step.startedAt === null) {
    return null;
  }
  const end = step.endedAt ?? (step.status === "running" ? now : null);
  return end === null ? null : Math.max(0, end.getTime() - step.startedAt.getTime());
}

function inputWords(step: StepDto, hasFile: boolean): string {
  const { rowsIn } = step;
  switch (step.name) {
    case "import":
      return hasFile ? countOf(rowsIn, "row") : "no file";
    case "adjustments":
      return `${formatCount(rowsIn)} pending`;
    case "totals":
    case "tiers":
      return countOf(rowsIn, "creator");
    case "seed":
      return countOf(rowsIn, "pair");
    case "wake":
      return `${formatCount(rowsIn)} asleep`;
    case "progress":
      return countOf(rowsIn, "row");
    case "redemptions":
      return `${formatCount(rowsIn)} owed`;
  }
}

function outputWords(step: StepDto): string {
  const { rowsOut, counts } = step;
  switch (step.name) {
    case "tiers":
      return `${formatCount(counts["promoted"] ?? 0)} up, ${formatCount(counts["demoted"] ?? 0)} down`;
    case "adjustments":
      return `${formatCount(rowsOut)} applied`;
    case "totals":
      return `${formatCount(rowsOut)} changed`;
    case "seed":
      return `${formatCount(rowsOut)} created`;
    case "wake":
      return `${formatCount(rowsOut)} woken`;
    case "redemptions":
      return `${formatCount(rowsOut)} made`;
    case "import":
    case "progress":
      return `${formatCount(rowsOut)} written`;
  }
}

/** What the step says of itself, and whom the tiers step could not judge. */
function messageWords(step: ShownStep, shown: Step["status"]): string {
  if (step.status === "running") {
    // A step that is tried again says why.
    return step.message === "" ? "working" : step.message;
  }
  if (shown === "waiting" && step.waitsFor !== undefined && step.waitsFor !== null) {
    const position = stepNames.indexOf(step.waitsFor) + 1;
    return `waits for step ${position}, ${STEP_NAMES[step.waitsFor].toLowerCase()}`;
  }
  const unknown = step.name === "tiers" ? (step.skipped["creator_tier_unknown"] ?? 0) : 0;
  return unknown === 0 ? step.message : `${step.message}; ${countOf(unknown, "creator")} of unknown tier left out`;
}
