/** Two runs held against each other, step by step and count by count; no database, no clock. */
import type { StepDto } from "../schema.ts";
import type { ComparedFigure, ComparedStep } from "./schema.ts";

/** Every step of the two runs with all figures that either of them has, in the order in which the later run names them. */
export function compareSteps(before: readonly StepDto[], after: readonly StepDto[]): ComparedStep[] {
  return after.map((step) => {
    const other = before.find((one) => one.position === step.position);
    return {
      position: step.position,
      name: step.name,
      status: { before: other?.status ?? "waiting", after: step.status },
      figures: figuresOf(other, step),
    };
  });
}

function figuresOf(before: StepDto | undefined, after: StepDto): ComparedFigure[] {
  const figure = (kind: ComparedFigure["kind"], name: string, of: (step: StepDto) => number | null) => ({
    kind,
    name,
    before: before !== undefined && hasRun(before) ? of(before) : null,
    after: hasRun(after) ? of(after) : null,
  });
  const named = (kind: "count" | "skipped", of: (step: StepDto) => Record<string, number>) =>
    [...new Set([...Object.keys(of(after)), ...(before === undefined ? [] : Object.keys(of(before)))])].map((name) =>
      // A reason that is not named skipped nothing; a count that is not named was not counted.
      figure(kind, name, (step) => of(step)[name] ?? (kind === "skipped" ? 0 : null)),
    );
  return [
    figure("rows", "in", (step) => step.rowsIn),
    figure("rows", "out", (step) => step.rowsOut),
    ...named("count", (step) => step.counts),
    ...named("skipped", (step) => step.skipped),
    figure("time", "milliseconds", lengthOf),
  ];
}

function hasRun(step: StepDto): boolean {
  return step.status === "succeeded";
}

function lengthOf({ startedAt, endedAt }: StepDto): number | null {
  return startedAt === null || endedAt === null ? null : endedAt.getTime() - startedAt.getTime();
}
