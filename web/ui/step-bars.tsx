import { formatCount } from "../lib/numbers.ts";
import { bucketClass } from "./bucket.tsx";
import type { Bucket } from "./bucket.tsx";
import { cx } from "./cx.ts";
import classes from "./charts.module.css";

export interface StepBar {
  key: string;
  /** "40 to 50 %". */
  label: string;
  /** What the bar is made of, from its foot up. */
  parts: readonly { bucket: Bucket; label: string; count: number }[];
}

/** How many stand on each step: one column a step, its parts in their bucket's pattern. Every step is read out. */
export function StepBars({
  bars,
  label,
  height = 96,
}: {
  bars: readonly StepBar[];
  label: string;
  height?: number | undefined;
}) {
  const totals = bars.map((bar) => bar.parts.reduce((sum, part) => sum + part.count, 0));
  const most = Math.max(1, ...totals);
  return (
    <div>
      <ol className={cx(classes.bars, classes.steps)} style={{ height }} aria-label={label}>
        {bars.map((bar, index) => (
          <li key={bar.key} className={classes.step} aria-label={spoken(bar)} title={spoken(bar)}>
            <span aria-hidden className={classes.stepCount}>
              {totals[index] === 0 ? "" : formatCount(totals[index] ?? 0)}
            </span>
            <span aria-hidden className={classes.column} style={{ height: `${((totals[index] ?? 0) / most) * 75}%` }}>
              {bar.parts
                .filter((part) => part.count > 0)
                .toReversed()
                .map((part) => (
                  <span key={part.bucket} className={bucketClass(part.bucket)} style={{ flexGrow: part.count }} />
                ))}
            </span>
          </li>
        ))}
      </ol>
      <div className={classes.ends} aria-hidden>
        <span>{bars[0]?.label}</span>
        <span>{bars.at(-1)?.label}</span>
      </div>
    </div>
  );
}

/** "40 to 50 %: 12 running, 3 over". */
function spoken({ label, parts }: StepBar): string {
  const some = parts.filter((part) => part.count > 0).map((part) => `${formatCount(part.count)} ${part.label}`);
  return `${label}: ${some.length === 0 ? "nobody" : some.join(", ")}`;
}
