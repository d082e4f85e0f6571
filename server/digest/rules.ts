/** A digest in words. */
import { counted, formatDay } from "../base/text.ts";
import type { NamedChange } from "../sync/changes/schema.ts";
import type { DigestKind, DigestRun } from "./schema.ts";
import { digestKinds, NAMES_SHOWN } from "./schema.ts";

const WORDS: Record<DigestKind, string> = {
  promoted: "Promoted",
  demoted: "Demoted",
  created: "New creators",
  completed: "Completed",
  redemption: "Redemptions",
};

/** How many of a kind a run's counts tell. */
export function countOf({ totals }: Pick<DigestRun, "totals">, kind: DigestKind): number {
  const counts: Record<DigestKind, number> = {
    promoted: totals.promoted,
    demoted: totals.demoted,
    created: totals.creatorsCreated,
    completed: totals.completed,
    redemption: totals.redemptions,
  };
  return counts[kind];
}

/** "22 Nov 2026: 3 promoted, 212 rows seeded, 5 completed"; what did not happen is left out. */
export function digestTitle(day: string, runs: readonly DigestRun[]): string {
  if (runs.length === 0) return `${formatDay(day)}: no sync ended`;
  const sum = (of: (run: DigestRun) => number) => runs.reduce((total, run) => total + of(run), 0);
  const parts: [number, (count: number) => string][] = [
    [sum((run) => countOf(run, "promoted")), (count) => `${count} promoted`],
    [sum((run) => countOf(run, "demoted")), (count) => `${count} demoted`],
    [sum((run) => countOf(run, "created")), (count) => counted(count, "new creator")],
    [sum((run) => run.totals.seeded), (count) => `${counted(count, "row")} seeded`],
    [sum((run) => countOf(run, "completed")), (count) => `${count} completed`],
    [sum((run) => countOf(run, "redemption")), (count) => counted(count, "redemption")],
  ];
  const told = parts.filter(([count]) => count > 0).map(([count, words]) => words(count));
  return `${formatDay(day)}: ${told.length === 0 ? "nothing changed" : told.join(", ")}`;
}

/** The digest's lines for a message: each run, and by name what it changed. */
export function digestLines(runs: readonly DigestRun[]): string[] {
  return runs.flatMap((run) => [
    runLine(run),
    ...digestKinds.flatMap((kind) => kindLine(run, kind)),
    ...seededLine(run),
  ]);
}

function runLine({ number, status, warnings, error }: DigestRun): string {
  if (error !== null) return `Run ${number}: ${error.message}`;
  const how = warnings > 0 ? `done, with ${counted(warnings, "warning")}` : status.replaceAll("_", " ");
  return `Run ${number}: ${status.startsWith("succeeded") && warnings === 0 ? "done" : how}.`;
}

function kindLine(run: DigestRun, kind: DigestKind): string[] {
  const count = countOf(run, kind);
  if (count === 0) return [];
  const names = run.named[kind].map((change) => nameOf(kind, change));
  const more = count > names.length ? [`${count - names.length} more`] : [];
  return [`${WORDS[kind]} (${count}): ${[...names, ...more].join(", ")}`];
}

function nameOf(kind: DigestKind, change: NamedChange): string {
  const { handle, missionName, tierBefore, tierAfter, rewardName } = change;
  if (kind === "promoted" || kind === "demoted") return `@${handle} (${tierBefore} to ${tierAfter})`;
  if (kind === "completed") return `@${handle} (${missionName})`;
  return kind === "redemption" ? `@${handle} (${rewardName})` : `@${handle}`;
}

function seededLine({ seeded, totals }: DigestRun): string[] {
  if (totals.seeded === 0) return [];
  const missions = seeded.slice(0, NAMES_SHOWN).map(({ missionName, count }) => `${missionName} ${count}`);
  const more = seeded.length > NAMES_SHOWN ? [`${seeded.length - NAMES_SHOWN} more missions`] : [];
  return [`Seeded (${totals.seeded}): ${[...missions, ...more].join(", ")}`];
}
