/** What a rehearsal's figures and endings mean; no database, no clock. */
import type { StepOutcome } from "../../base/step.ts";
import { counted, formatCount } from "../../base/text.ts";
import { changeKinds } from "../changes/schema.ts";
import type { ChangeKind } from "../changes/schema.ts";
import type { Failure } from "../rules.ts";
import { totalsOf } from "../rules.ts";
import { stepNames } from "../schema.ts";
import type { StepDto, StepName } from "../schema.ts";
import type { EndCode, RehearsalStatus, RehearsalTotals } from "./schema.ts";

/** A rehearsal holds its rows, and keeps the tables from being cleaned, no longer than this. */
export const LIMIT_MS = 10 * 60_000;
/** Who was blocked by it waits no longer than this, and a moment. */
export const WATCH_MS = 200;
export const BEAT_MS = 5_000;
/** Without a sign of life for this long it is taken for dead; six beats fit in. */
export const SILENT_AFTER_MS = 30_000;
export const KEPT_DAYS = 7;
/** Of created rows so many are named; the others are counted by mission. */
export const NAMED_SEEDED = 10_000;

/** How a rehearsal came to its end. */
export interface Ending {
  status: Exclude<RehearsalStatus, "running">;
  failure: Failure | null;
}

export const finished: Ending = { status: "finished", failure: null };

const SENTENCES: Record<Exclude<EndCode, "person">, string> = {
  write: "Something was written in between, and a rehearsal makes nobody wait. Rehearse again.",
  sync: "A sync was started in between. Rehearse again when it has ended.",
  time_limit: `It took longer than ${LIMIT_MS / 60_000} minutes and was given up.`,
  stopped: "The server was stopped in between. Rehearse again.",
  process_died: "The process that played it stopped in the middle; the database took everything back. Rehearse again.",
  connection_lost: "The connection to the database was lost. Rehearse again.",
  unexpected: "Something went wrong in it that should not have; the log has the cause.",
};

/** A rehearsal that was not played to its end, and why. */
export function ended(code: Exclude<EndCode, "person">): Ending {
  return { status: "ended", failure: { code, message: SENTENCES[code] } };
}

export function endedBy(name: string): Ending {
  return { status: "ended", failure: { code: "person" satisfies EndCode, message: `${name} ended it.` } };
}

/** True for an error that only says that the world moved under a transaction that keeps to its first look at it. */
export function isMovedWorld(sqlState: string | null): boolean {
  return sqlState === "40001" || sqlState === "40P01";
}

/** How an error on the rehearsal's connection ended it; null where it is the step's own failure, which the night would meet too. */
export function endingOfState(sqlState: string | null): Ending | null {
  // 57P01 is what `end_rehearsals` leaves behind.
  if (sqlState === "57P01" || isMovedWorld(sqlState)) return ended("write");
  if (sqlState === "57014") return ended("time_limit");
  if (sqlState?.startsWith("08") === true || sqlState?.startsWith("57P") === true) return ended("connection_lost");
  return null;
}

/** The eight steps before the first is played. */
export function waitingSteps(): StepDto[] {
  return stepNames.map((name, index) => ({
    position: index + 1,
    name,
    status: "waiting",
    startedAt: null,
    endedAt: null,
    rowsIn: 0,
    rowsOut: 0,
    skipped: {},
    counts: {},
    message: "",
  }));
}

/** The steps with one of them changed. */
export function withStep(steps: readonly StepDto[], name: StepName, change: Partial<StepDto>): StepDto[] {
  return steps.map((step) => (step.name === name ? { ...step, ...change } : step));
}

/** What a step that was played says of itself. */
export function playedStep({ rowsIn, rowsOut, skipped, counts, message }: StepOutcome, now: Date): Partial<StepDto> {
  return { status: "succeeded", endedAt: now, rowsIn, rowsOut, skipped, counts, message };
}

/** The steps of a rehearsal that is over: what was under way was taken back, or is what the night would fail at. */
export function stepsAtEnd(steps: readonly StepDto[], { status, failure }: Ending, now: Date): StepDto[] {
  return steps.map((step) => {
    if (step.status !== "running") return step;
    return status === "failed"
      ? { ...step, status: "failed", endedAt: now, message: failure?.message ?? "" }
      : { ...step, status: "cancelled", endedAt: now };
  });
}

/** The figures from the counts of the steps that were played. */
export function rehearsalTotals(
  steps: readonly StepDto[],
  owed: { value: string; withoutPrice: number } = { value: "0", withoutPrice: 0 },
): RehearsalTotals {
  const counts = new Map(steps.map((step) => [step.name, step.counts]));
  const figure = (name: StepName, key: string) => counts.get(name)?.[key] ?? 0;
  return {
    ...totalsOf(steps),
    videosCreated: figure("import", "created"),
    videosUpdated: figure("import", "updated"),
    applied: figure("adjustments", "applied"),
    maintained: figure("tiers", "maintained"),
    redemptionsValue: owed.value,
    redemptionsWithoutPrice: owed.withoutPrice,
  };
}

/** The figures that an audit entry keeps. */
export function auditCounts(totals: RehearsalTotals): Record<string, number> {
  const { rows, creatorsCreated, promoted, demoted, seeded, woken, completed, redemptions } = totals;
  return { rows, creatorsCreated, promoted, demoted, seeded, woken, completed, redemptions };
}

/** No names yet. */
export function noNames(): Record<ChangeKind, number> {
  return Object.fromEntries(changeKinds.map((kind) => [kind, 0])) as Record<ChangeKind, number>;
}

/** "would promote 9, demote 2, create 301 rows, complete 12 missions, owe 12 redemptions" for the shell. */
export function totalsText({ promoted, demoted, seeded, completed, redemptions }: RehearsalTotals): string {
  return [
    `promote ${formatCount(promoted)}`,
    `demote ${formatCount(demoted)}`,
    `create ${counted(seeded, "row")}`,
    `complete ${counted(completed, "mission")}`,
    `owe ${counted(redemptions, "reward")}`,
  ].join(", ");
}
