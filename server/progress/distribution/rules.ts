import type { DistributionDto } from "./schema.ts";

/** Rows of one mission that agree in all three. */
export interface Tenth {
  tenth: number | null;
  isCompleted: boolean;
  isOver: boolean;
  rows: number;
}

/** Lays counted rows out as ten steps up to the target, what has reached it, and what is completed. */
export function distributionOf(target: string, tenths: readonly Tenth[]): DistributionDto {
  const sum = (isMeant: (one: Tenth) => boolean) => tenths.filter(isMeant).reduce((total, { rows }) => total + rows, 0);
  const at = (tenth: number) => ({
    running: sum((one) => one.tenth === tenth && !one.isCompleted && !one.isOver),
    over: sum((one) => one.tenth === tenth && !one.isCompleted && one.isOver),
  });
  const hasTarget = Number(target) > 0;
  const steps = Array.from({ length: hasTarget ? 10 : 0 }, (_, from) => ({ from, to: from + 1, ...at(from) }));
  return { target, steps, reached: at(10), completed: sum((one) => one.isCompleted), total: sum(() => true) };
}
