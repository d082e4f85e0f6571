/** Clocks: how long something takes, how two ways compare in one run, and what a hundredth call costs. */
import { MILLION, type Size } from "./options.ts";

const MINUTE = 60_000;
/** A series of calls ends after this long once there are enough of them. */
const SERIES_MS = 5_000;
const ENOUGH_CALLS = 10;

/** Milliseconds that the work took, beside what it answered. */
export async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; answer: T }> {
  const started = performance.now();
  const answer = await work();
  return { ms: performance.now() - started, answer };
}

export interface Side {
  /** what has to be there before the clock starts */
  before?: () => Promise<void>;
  run: () => Promise<unknown>;
}

/**
 * Runs all sides in turn, several rounds, and answers the median milliseconds of each: what disturbs the machine disturbs all. At a
 * million creators one round is enough when a side takes over a minute.
 */
export async function alternate<Name extends string>(
  size: Size,
  sides: Record<Name, Side>,
): Promise<Record<Name, number>> {
  const taken = new Map<Name, number[]>();
  const names = Object.keys(sides) as Name[];
  for (let round = 1; round <= size.rounds; round += 1) {
    for (const name of names) {
      await sides[name].before?.();
      const { ms } = await timed(sides[name].run);
      taken.set(name, [...(taken.get(name) ?? []), ms]);
    }
    if (size.creators >= MILLION && names.some((name) => taken.get(name)!.at(-1)! > MINUTE)) break;
  }
  return Object.fromEntries(names.map((name) => [name, median(taken.get(name)!)])) as Record<Name, number>;
}

/** Measures several times and answers all of it; at a million creators once is enough of what takes over a minute. */
export async function repeated<T>(size: Size, measure: (round: number) => Promise<T>): Promise<T[]> {
  const all: T[] = [];
  for (let round = 1; round <= size.rounds; round += 1) {
    const { ms, answer } = await timed(() => measure(round));
    all.push(answer);
    if (size.creators >= MILLION && ms > MINUTE) break;
  }
  return all;
}

/** Milliseconds of each of many calls, one after the other; the first ones warm up and do not count. */
export async function series(size: Size, call: (index: number) => Promise<unknown>): Promise<number[]> {
  const warmUp = Math.min(3, size.calls - 1);
  for (let index = 0; index < warmUp; index += 1) await call(index);
  const taken: number[] = [];
  const started = performance.now();
  for (let index = 0; index < size.calls; index += 1) {
    taken.push((await timed(() => call(index))).ms);
    if (taken.length >= ENOUGH_CALLS && performance.now() - started > SERIES_MS) break;
  }
  return taken;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export function p95(values: readonly number[]): number {
  return quantile(values, 0.95);
}

/** The smallest value that this share of them does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
