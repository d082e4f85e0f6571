export interface Point {
  creators: number;
  seconds: number;
}

/** Below this, what a call costs whatever the size is all there is to see. */
const SMALLEST = 10_000;

/** k of seconds ~ creators^k: the slope of the straight line through the points on double logarithmic paper; null for fewer than two. */
export function exponentOf(points: readonly Point[]): number | null {
  const large = points.filter(({ creators }) => creators >= SMALLEST);
  const fitted = large.length >= 2 ? large : points;
  if (fitted.length < 2) return null;
  const logs = fitted.map(({ creators, seconds }) => [Math.log(creators), Math.log(seconds)] as const);
  const mean = (place: 0 | 1) => logs.reduce((sum, log) => sum + log[place], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  const above = logs.reduce((sum, log) => sum + (log[0] - x) * (log[1] - y), 0);
  return above / logs.reduce((sum, log) => sum + (log[0] - x) ** 2, 0);
}
