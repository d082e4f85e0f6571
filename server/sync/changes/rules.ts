/** Which figures of the steps are named changes; no database, no clock. */
import type { StepName } from "../schema.ts";
import { keptKinds } from "./schema.ts";
import type { KeptKind, RunChangesDto } from "./schema.ts";

/** For every kind the step that makes it and the count in which that step tells how many there are. */
export const countOfKind = {
  created: ["import", "creatorsCreated"],
  promoted: ["tiers", "promoted"],
  demoted: ["tiers", "demoted"],
  maintained: ["tiers", "maintained"],
  seeded: ["seed", "created"],
  woken: ["wake", "woken"],
  completed: ["progress", "completed"],
  redemption: ["redemptions", "redemptions"],
} as const satisfies Record<KeptKind | "seeded", readonly [step: StepName, count: string]>;

/** The kinds of which a step has something to keep, by what it counted. */
export function keptAfter(step: StepName, counts: Record<string, number>): KeptKind[] {
  return keptKinds.filter((kind) => {
    const [of, count] = countOfKind[kind];
    return of === step && (counts[count] ?? 0) > 0;
  });
}

interface CountedStep {
  name: StepName;
  counts: Record<string, number>;
  skipped: Record<string, number>;
}

/** The figures of a run's changes from the counts of its steps; 0 where a step has not run. */
export function figuresOf(steps: readonly CountedStep[]): Pick<RunChangesDto, "counts" | "videos" | "skipped"> {
  const figure = (name: StepName, key: string) => steps.find((step) => step.name === name)?.counts[key] ?? 0;
  const kinds = Object.entries(countOfKind) as [KeptKind | "seeded", readonly [StepName, string]][];
  return {
    counts: Object.fromEntries(
      kinds.map(([kind, [step, count]]) => [kind, figure(step, count)]),
    ) as RunChangesDto["counts"],
    videos: { created: figure("import", "created"), updated: figure("import", "updated") },
    skipped: steps.flatMap(({ name, skipped }) =>
      Object.entries(skipped).map(([reason, count]) => ({ step: name, reason, count })),
    ),
  };
}

/** The instant that many calendar months before another, by UTC. */
export function monthsBefore(instant: Date, months: number): Date {
  const before = new Date(instant);
  before.setUTCMonth(before.getUTCMonth() - months);
  return before;
}
