/** One figure of a bench, and whether it is good enough. */

export interface Result {
  /** bench and figure, such as "first_seed.vs_raw_insert" */
  name: string;
  value: number;
  /** ms, s, us, MB, KB, bytes, rows, x (a ratio), % or a count of something */
  unit: string;
  /** the most it may be; null where nothing is asked, or where one size alone cannot tell */
  target: number | null;
  /** null without a target */
  met: boolean | null;
}

/** A figure with at most four significant digits, held against its target as it was measured. */
export function result(name: string, value: number, unit: string, target: number | null = null): Result {
  if (!Number.isFinite(value)) throw new Error(`${name} came to ${value}: it was not measured`);
  return { name, value: Number(value.toPrecision(4)), unit, target, met: target === null ? null : value <= target };
}
