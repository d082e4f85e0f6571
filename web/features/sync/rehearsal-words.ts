import type { RehearsalDto, RehearsalRow, RehearsalTotals } from "../../../server/sync/rehearsal/schema.ts";
import type { RunStatus } from "../../../server/sync/schema.ts";
import { countOf, formatCount, formatMoney } from "../../lib/numbers.ts";
import type { StatusName } from "../../ui/status.tsx";
import { type Piece, STEP_NAMES, stepAt } from "./run-words.ts";

/** The status that stands for a rehearsal's in the console. */
export const REHEARSAL_STATUS = {
  running: "running",
  finished: "done",
  failed: "failed",
  ended: "cancelled",
} as const satisfies Record<RehearsalRow["status"], StatusName>;

/** Its words where they differ from a run's. */
export const REHEARSAL_WORDS = {
  running: "Running",
  finished: "Done",
  failed: "Would fail",
  ended: "Ended early",
} as const satisfies Record<RehearsalRow["status"], string>;

/** The status of a run whose steps would look like this. */
export const AS_RUN = {
  running: "running",
  finished: "succeeded",
  failed: "failed",
  ended: "cancelled",
} as const satisfies Record<RehearsalRow["status"], RunStatus>;

/** "promote 9, demote 2, create 301 rows, complete 12 rows, owe 12 rewards worth $300.00"; null where nothing would change. */
export function wouldWords(totals: RehearsalTotals, currency: string): string | null {
  const { promoted, demoted, seeded, completed, redemptions } = totals;
  const words = [
    promoted === 0 ? "" : `promote ${formatCount(promoted)}`,
    demoted === 0 ? "" : `demote ${formatCount(demoted)}`,
    seeded === 0 ? "" : `create ${countOf(seeded, "row")}`,
    completed === 0 ? "" : `complete ${countOf(completed, "row")}`,
    redemptions === 0 ? "" : `owe ${countOf(redemptions, "reward")}${worthWords(totals, currency)}`,
  ].filter((part) => part !== "");
  return words.length === 0 ? null : words.join(", ");
}

/** What the rewards come to: " worth $300.00"; of some without a value " (5 worth $210.00, 6 without a money value)". */
function worthWords(totals: RehearsalTotals, currency: string): string {
  const { redemptions, redemptionsValue, redemptionsWithoutPrice } = totals;
  if (redemptionsWithoutPrice === redemptions) {
    return " without a money value";
  }
  const worth = `worth ${formatMoney(redemptionsValue, currency)}`;
  const priced = redemptions - redemptionsWithoutPrice;
  return redemptionsWithoutPrice === 0
    ? ` ${worth}`
    : ` (${formatCount(priced)} ${worth}, ${formatCount(redemptionsWithoutPrice)} without a money value)`;
}

/** What was played with, to begin a sentence: "With day.csv, tonight". */
function subjectWords({ fileName }: Pick<RehearsalRow, "fileName">): string {
  return fileName === null ? "Without a new file, tonight" : `With ${fileName}, tonight`;
}

/** The one sentence over a rehearsal: what the night would do, or where it stands. `startedAt` as the page writes times. */
export function rehearsalSentence(rehearsal: RehearsalDto, currency: string, startedAt: string): Piece[] {
  const by = `${rehearsal.byName} at ${startedAt}`;
  if (rehearsal.status === "running") {
    const done = rehearsal.steps.filter((step) => step.status === "succeeded").length;
    const position = Math.min(rehearsal.steps.length, stepAt(rehearsal.steps)?.position ?? done + 1);
    return [
      { text: `Step ${position} of ${rehearsal.steps.length}, asked for by ${by}. ` },
      { text: "Nothing is written.", strong: true },
      { text: " You can leave this page." },
    ];
  }
  if (rehearsal.status === "finished") {
    const would = wouldWords(rehearsal.totals, currency);
    return [
      { text: `${subjectWords(rehearsal)} would ` },
      { text: would ?? "promote, seed and complete nobody", strong: true },
      { text: `. Asked for by ${by}.` },
    ];
  }
  const step = stepAt(rehearsal.steps);
  const where = step === null ? "" : ` at step ${step.position}, ${STEP_NAMES[step.name].toLowerCase()}`;
  return [
    rehearsal.status === "failed"
      ? { text: `${subjectWords(rehearsal)} would fail${where}.`, strong: true }
      : { text: `Ended early${where}.`, strong: true },
    { text: ` Asked for by ${by}.` },
  ];
}

/** What came in between, as far as the audit log says: "Dana Reyes: mission updated, Gold Sprint." Empty where it says nothing. */
export function meanwhileWords(meanwhile: RehearsalDto["meanwhile"]): string {
  if (meanwhile === null) {
    return "";
  }
  const { byName, action, subject } = meanwhile;
  return `${byName}: ${action.replaceAll(/[._]/g, " ")}${subject === null ? "" : `, ${subject}`}.`;
}
