import { VisuallyHidden } from "@mantine/core";
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
  /** The list of those it took away, of the last row those who are left; where there are none, it leads nowhere. */
  link?: LinkProps | undefined;
  /** Under what dropped: how it could be loosened. */
  hint?: ReactNode;
  /** Beside the last row: "accept Silver: +331". */
  note?: ReactNode;
}

/** The way from all creators to those who will be seeded: one gate a row, the last one solid. A row opens those it took away, the last one those left. */
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
  const opened = isLast ? row.remaining : drop.count;
  const to = opened === 0 ? undefined : row.link;
  return (
    <li className={cx(classes.row, isLast && classes.last)}>
      <span className={classes.label}>{isLast ? <ListLink to={to}>{row.label}</ListLink> : row.label}</span>
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
        {isLast ? row.note : <Drop count={drop.count} label={drop.label} hint={row.hint} to={to} />}
      </span>
    </li>
  );
}

/** A link over the whole row; its words say whom it opens. */
function ListLink({ to, children }: { to: LinkProps | undefined; children: ReactNode }) {
  return to === undefined ? (
    <>{children}</>
  ) : (
    <Link {...to} className={classes.link}>
      {children}
    </Link>
  );
}

interface DropProps {
  count: number;
  label: string;
  hint: ReactNode;
  to: LinkProps | undefined;
}

function Drop({ count, label, hint, to }: DropProps) {
  if (count === 0) {
    return <span className={classes.dropCount}>{label === "" ? "" : "0"}</span>;
  }
  return (
    <>
      <b className={classes.dropCount} aria-hidden>
        {formatCount(-count)}
      </b>
      <span className={classes.dropWords}>
        <ListLink to={to}>
          <VisuallyHidden>{`${formatCount(count)} removed: `}</VisuallyHidden>
          <span className={to === undefined ? undefined : classes.all}>{label}</span>
        </ListLink>
        {hint}
      </span>
    </>
  );
}
