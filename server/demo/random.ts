/** A small seeded generator (mulberry32), so that the demo is the same on every machine. */
export interface Random {
  /** 0 up to, not including, 1 */
  next(): number;
  /** a whole number from `low` to `high`, both included */
  int(low: number, high: number): number;
  /** one of the given things; `things` is not empty */
  pick<T>(things: readonly T[]): T;
  /** a standard normal deviate (Box-Muller) */
  normal(): number;
}

/** Makes the generator for a seed: the same seed gives the same sequence. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
  return {
    next,
    int: (low, high) => low + Math.floor(next() * (high - low + 1)),
    pick: (things) => things[Math.floor(next() * things.length)]!,
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  };
}
