/** Whether a figure is as high at the end as it was after warming up. */
import { median, quantile } from "../measure.ts";
import type { Course } from "./reading.ts";

/** Growth below this share is none: an hour on a shared machine is not quieter. */
export const MOST_GROWTH = 0.1;
/** What is left of a heap after a collection is among its lowest readings, whenever the collector comes. */
const FLOOR = 0.1;

export interface Flatness {
  name: string;
  unit: string;
  /** what it may grow by beside the share: pages, buffers and other people's work; null: it is shown and not judged */
  allowance: number | null;
  /** lowest: a figure that goes up and down by itself, such as a heap, is judged by its floor */
  by?: "median" | "lowest";
}

export interface Verdict {
  name: string;
  unit: string;
  before: number;
  after: number;
  /** the most that `after` may be; null where it is not judged */
  most: number | null;
  isMet: boolean | null;
}

/**
 * Compares the last sixth with the second one; the first is for warming up. Null where one of the two holds no reading, which
 * then says nothing about growth.
 */
export function flatness(course: readonly Course[], rule: Flatness): Verdict | null {
  const [before, after] = [levelIn(course, 1, rule), levelIn(course, 5, rule)];
  if (before === null || after === null) return null;
  return verdict(rule, before, after, rule.allowance === null ? null : before * (1 + MOST_GROWTH) + rule.allowance);
}

/** For a figure that has a most of its own, whatever it was before. */
export function verdict(
  of: { name: string; unit: string },
  before: number,
  after: number,
  most: number | null,
): Verdict {
  return { name: of.name, unit: of.unit, before, after, most, isMet: most === null ? null : after <= most };
}

/** The level of a figure in one of six equal parts of the time. */
export function levelIn(
  course: readonly Course[],
  sixth: number,
  { by = "median" }: Pick<Flatness, "by"> = {},
): number | null {
  const end = Math.max(0, ...course.map(({ second }) => second));
  // The very last reading lies on the end of the last part.
  const part = (second: number) => Math.min(5, Math.floor((6 * second) / end));
  const values = course.filter(({ second }) => part(second) === sixth).map(({ value }) => value);
  if (values.length === 0) return null;
  return by === "lowest" ? quantile(values, FLOOR) : median(values);
}
