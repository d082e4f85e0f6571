import { formatCount } from "../lib/numbers.ts";
import classes from "./charts.module.css";

const WIDTH = 120;
const HEIGHT = 28;
const PAD = 3;

/** A line without axes: how one number went. `label` says it in words, because the line itself cannot be read out. */
export function Sparkline({ values, label }: { values: readonly number[]; label: string }) {
  const last = values.at(-1);
  if (last === undefined) {
    return <span className={classes.none}>–</span>;
  }
  const points = sparkPoints(values);
  const [x, y] = points.at(-1) ?? [0, 0];
  return (
    <svg
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`${label}: ${values.map(formatCount).join(", ")}`}
    >
      <line x1={0} x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} className={classes.base} />
      <polyline points={points.map((point) => point.join(",")).join(" ")} className={classes.line} />
      <circle cx={x} cy={y} r={2.5} className={classes.dot} />
    </svg>
  );
}

/** Where each value stands in the picture; the least value lies on the ground. */
export function sparkPoints(values: readonly number[]): [number, number][] {
  const most = Math.max(...values);
  const least = Math.min(...values, most);
  const range = most - least || 1;
  const step = values.length > 1 ? (WIDTH - 2 * PAD) / (values.length - 1) : 0;
  return values.map((value, index) => [
    Math.round((PAD + index * step) * 10) / 10,
    Math.round((HEIGHT - PAD - ((value - least) / range) * (HEIGHT - 2 * PAD)) * 10) / 10,
  ]);
}

interface DayBarsProps {
  /** In time order; the last is today and stands in accent. */
  bars: readonly { label: string; count: number }[];
  /** Names the chart for readers. */
  label: string;
  height?: number | undefined;
}

/** One series by day: the past grey, today in accent, first and last labelled. */
export function DayBars({ bars, label, height = 48 }: DayBarsProps) {
  const most = Math.max(1, ...bars.map((bar) => bar.count));
  const first = bars[0];
  const last = bars.at(-1);
  const spoken = bars.map((bar) => `${bar.label} ${bar.count}`).join(", ");
  return (
    <div>
      <div className={classes.bars} style={{ height }} role="img" aria-label={`${label}: ${spoken}`}>
        {bars.map((bar, index) => (
          <span
            key={bar.label}
            title={`${bar.label}: ${formatCount(bar.count)}`}
            className={index === bars.length - 1 ? classes.today : classes.past}
            style={{ height: bar.count === 0 ? 1 : `max(2px, ${(bar.count / most) * 100}%)` }}
          />
        ))}
      </div>
      {first === undefined || last === undefined ? null : (
        <div className={classes.ends} aria-hidden>
          <span>{first.label}</span>
          <span>
            {last.label}: {formatCount(last.count)}
          </span>
        </div>
      )}
    </div>
  );
}
