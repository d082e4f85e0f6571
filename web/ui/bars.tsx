import type { ReactNode } from "react";
import { formatCount, shareOf } from "../lib/numbers.ts";
import { cx } from "./cx.ts";
import classes from "./bars.module.css";

export interface BarListItem {
  key: string;
  /** A <TierSwatch>, a name. */
  label: ReactNode;
  count: number;
}

/** One bar a row, all to the same scale: the tiers of those who will be created. */
export function BarList({ items, label }: { items: readonly BarListItem[]; label: string }) {
  const most = Math.max(1, ...items.map((item) => item.count));
  return (
    <ul className={classes.list} aria-label={label}>
      {items.map((item) => (
        <li key={item.key} className={classes.item}>
          <span className={classes.label}>{item.label}</span>
          <span className={classes.track} aria-hidden>
            <span
              className={item.count === 0 ? classes.none : classes.fill}
              style={{ width: item.count === 0 ? 1 : `max(2px, ${(item.count / most) * 100}%)` }}
            />
          </span>
          <span className={item.count === 0 ? classes.zero : classes.number}>{formatCount(item.count)}</span>
        </li>
      ))}
    </ul>
  );
}

interface FunnelProps {
  eligible: number;
  seeded: number;
  completed: number;
}

/** The 3 px bar under a mission's four counts: completed in accent, seeded in grey, eligible without a row pale. */
export function FunnelBar({ eligible, seeded, completed }: FunnelProps) {
  const all = Math.max(eligible, seeded, completed);
  if (all === 0) {
    return <span aria-hidden className={classes.funnel} />;
  }
  return (
    <span aria-hidden className={classes.funnel}>
      <span className={classes.funnelCompleted} style={{ width: `${(completed / all) * 100}%` }} />
      <span className={classes.funnelSeeded} style={{ width: `${(Math.max(0, seeded - completed) / all) * 100}%` }} />
    </span>
  );
}

interface ProgressProps {
  /** 0 to 1. */
  share: number;
  /** What it measures, for readers: "sales towards Gold". */
  label: string;
  tone?: "accent" | "running" | undefined;
  height?: number | undefined;
}

/** How much of one whole is reached. */
export function ProgressBar({ share, label, tone = "accent", height = 4 }: ProgressProps) {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <span
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
      className={classes.progress}
      style={{ height }}
    >
      <span
        className={cx(classes.progressFill, tone === "running" && classes.progressRunning)}
        style={{ width: `${percent}%` }}
      />
    </span>
  );
}

/** A value beside its bar, in a table's cell: "941,208 ▬▬▬". `target` of 0 draws no bar. */
export function ValueBar({
  children,
  value,
  target,
  label,
}: {
  children: ReactNode;
  value: string;
  target: string;
  label: string;
}) {
  return (
    <span className={classes.valueBar}>
      <span>{children}</span>
      {Number(target) > 0 ? (
        <span className={classes.valueTrack}>
          <ProgressBar share={shareOf(value, target)} label={label} height={3} />
        </span>
      ) : (
        <span className={classes.valueTrack} />
      )}
    </span>
  );
}
