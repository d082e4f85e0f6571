import type { DistributionDto } from "../../../../server/progress/distribution/schema.ts";
import { formatCount } from "../../../lib/numbers.ts";
import type { StepBar } from "../../../ui/step-bars.tsx";

/** The rows of a mission as columns: ten steps up to the target, what has it already, what is completed. */
export function distributionBars({ steps, reached, completed }: DistributionDto): StepBar[] {
  const parts = ({ running, over }: { running: number; over: number }) =>
    [
      { bucket: "active", label: "running or asleep", count: running },
      { bucket: "over", label: "over", count: over },
    ] as const;
  return [
    ...steps.map((step) => ({
      key: String(step.from),
      label: `${step.from * 10} to ${step.to * 10} %`,
      parts: parts(step),
    })),
    { key: "reached", label: "target reached", parts: parts(reached) },
    { key: "completed", label: "completed", parts: [{ bucket: "completed", label: "completed", count: completed }] },
  ];
}

/** The one sentence of the chart: "582 of 1,284 are completed; 41 stand at half the target or more." */
export function distributionSentence({ steps, reached, completed, total }: DistributionDto): string {
  const half = steps.filter((step) => step.from >= 5).reduce((sum, step) => sum + step.running + step.over, 0);
  const has = reached.running + reached.over;
  const reachedText = has === 0 ? "" : ` ${formatCount(has)} have the target and are not completed yet.`;
  return `${formatCount(completed)} of ${formatCount(total)} are completed; ${formatCount(half)} stand at half the target or more.${reachedText}`;
}
