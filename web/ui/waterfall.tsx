import { Link } from "@tanstack/react-router";
import type { LinkProps } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { formatCount } from "../lib/numbers.ts";
import { bucketClass } from "./bucket.tsx";
import type { Bucket } from "./bucket.tsx";
import { cx } from "./cx.ts";
import classes from "./waterfall.module.css";

export interface WaterfallRow {
  key: string;
  /** "Tiers known". */
  label: string;
  /** How many are left after this gate. */
  remaining: number;
  /** What this gate took away, and into which bucket. */
  dropped?: { count: number; label: string; bucket: Bucket } | undefined;
  /** The list of those it took away; built with the router's `linkOptions`. */
  link?: LinkProps | undefined;
  /** Under what dropped: how it could be loosened. */
  hint?: ReactNode;
  /** Beside the last row: "accept Silver: +331". */
  note?: ReactNode;
}

/** The way from all creators to those who will be seeded: one gate a row, the last one solid. Each row opens its list. */
export function Waterfall({ rows, label }: { rows: readonly WaterfallRow[]; label: string }) {
  const all = rows[0]?.remaining ?? 0;
  return (
    <ol className={classes.waterfall} aria-label={label}>
      {rows.map((row, index) => (
        <WaterfallLine key={row.key} row={row} all={all} isLast={index === rows.length - 1} />
      ))}
    </ol>
  );
}

function percentOf(count: number, all: number): string {
  return all === 0 ? "0%" : `${(count / all) * 100}%`;
}

function WaterfallLine({ row, all, isLast }: { row: WaterfallRow; all: number; isLast: boolean }) {
  const drop = row.dropped ?? { count: 0, label: "", bucket: "not_eligible" as const };
  const name =
    row.link === undefined ? (
      row.label
    ) : (
      <Link {...row.link} className={classes.link}>
        {row.label}
      </Link>
    );
  return (
    <li className={cx(classes.row, isLast && classes.last)}>
      <span className={classes.label}>{name}</span>
      <span className={classes.bars} aria-hidden>
        {row.remaining > 0 ? (
          <span
            className={cx(classes.bar, isLast ? bucketClass("create") : classes.remain)}
            style={{ width: percentOf(row.remaining, all) }}
          />
        ) : null}
        {drop.count > 0 && !isLast ? (
          <span className={cx(classes.bar, bucketClass(drop.bucket))} style={{ width: percentOf(drop.count, all) }} />
        ) : null}
      </span>
      <span className={classes.count}>{formatCount(row.remaining)}</span>
      <span className={classes.drop}>
        {isLast ? row.note : <Drop count={drop.count} label={drop.label} hint={row.hint} />}
      </span>
    </li>
  );
}

function Drop({ count, label, hint }: { count: number; label: string; hint: ReactNode }) {
  if (count === 0) {
    return <span className={classes.dropCount}>0</span>;
  }
  return (
    <>
      <b className={classes.dropCount}>{formatCount(-count)}</b>
      <span className={classes.dropWords}>
        <span>{label}</span>
        {hint}
      </span>
    </>
  );
}
